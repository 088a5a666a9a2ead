"""How good and how fast linkage is: `python -m benchmarks.linkage [PART ...]` writes benchmarks/linkage.md. It tests nothing.

Without names of parts all are measured; with them, the others stay as they are in the file. Splink is measured beside the
engine in the same run where it is installed.
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import linkage_quality as quality
from benchmarks import linkage_scale as scale
from benchmarks import one_sizes, relinking
from benchmarks.febrl import SETS, VARIANTS, Febrl, febrl, fetched
from benchmarks.linkage_quality import NO_SPLINK, SPLINK, Measured
from benchmarks.people import look_alikes
from benchmarks.registers import make_register
from intake.linkage import engine, files
from intake.linkage.evaluation import evaluate
from intake.linkage.features import one_by_one
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.linking import OF_FILES

REPORT = Path(__file__).parent / "linkage.md"
# Others than the weights were fitted on, chosen by or described with.
SEEDS = {5_000: (501, 502, 503), 20_000: (511,), 65_000: (521,)}
SCALES = {"hundred": (65_000, 521), "million": (650_000, 522)}
RUN = "from benchmarks import {0}; {0}.main()"
COLUMNS = "| precision | recall | F1 | B-cubed F1 | persons too many | look-alikes joined |"
ITSELF, ALONE, SPLINK_ITSELF = "Baken by itself", "Baken, no labels", f"Splink 5, p >= {quality.LIKELY}"


def ways(persons: int) -> dict[str, tuple[str, Callable[..., engine.Linked[str]]]]:
    """What is measured, by name: who links, and when it is looked at."""
    found = {ITSELF: ("engine", quality.by_itself), ALONE: ("alone", quality.by_itself)}
    rounds = [(5, 1), (5, 4), (10, 1), (10, 4)] if persons <= 5_000 else [(10, 4)]
    for who, name in (("engine", "Baken"), ("splink", "Splink 5")):
        for per_hundred, times in rounds:
            way = partial(quality.after_questions, per_hundred=per_hundred, rounds=times)
            found[f"{name}, {per_hundred} answers per 100 reports in {times} round{'s' * (times > 1)}"] = (who, way)
    found[SPLINK_ITSELF] = ("splink", quality.by_itself)
    return {name: way for name, way in found.items() if SPLINK or way[0] != "splink"}


def measured(persons: int) -> dict[str, Measured]:
    found = {name: Measured() for name in ways(persons)}
    for seed in SEEDS[persons]:
        register = make_register(persons, seed=seed)
        links = {
            "engine": quality.of_engine(register.rows),
            "alone": quality.of_engine(register.rows, on_this_file_alone=True),
        }
        if SPLINK:
            links["splink"] = quality.of_splink(register.rows)
        for name, (who, way) in ways(persons).items():
            found[name].add(register, way(links[who], register.truth))
    return found


def registers(persons: int) -> Iterator[str]:
    found = measured(persons)
    first = found[ITSELF].evaluations[0]
    seeds = ", ".join(map(str, SEEDS[persons]))
    yield f"Seeds {seeds} (of several, their means); {persons:,} persons and some {first.pairs_true:,} true pairs each;"
    yield f"weights {shipped(OF_FILES).version}. Questions are the most useful ones, answered by the truth and followed."
    yield "Splink's pairs are clustered, and its questions chosen, as the engine's are."
    yield NO_SPLINK + "\n" if not SPLINK else ""
    yield f"| way {COLUMNS}\n| {' | '.join(['---'] * 7)} |"
    for name, one in found.items():
        figures = " | ".join(f"{one.mean(figure):.3f}" for figure in ("precision", "recall", "f1", "bcubed_f1"))
        joined = one.joined.total() / one.look_alikes.total()
        yield f"| {name} | {figures} | {one.mean('person_count_error'):+.1%} | {joined:.1%} |"
    yield ""
    by_itself = [name for name in (ITSELF, SPLINK_ITSELF) if name in found]
    for name in by_itself:
        worst, ratio = found[name].worst_nationality()
        alike = ", ".join(f"{kind} {found[name].joined[kind]} of {number}" for kind, number in found[name].look_alikes.items())
        yield f"- {name}: worst nationality {worst} with {ratio:.2f} of the recall of all; look-alikes joined: {alike}."
    yield from _nationalities(found)
    if persons in KINDS_OF:
        yield from _kinds([found[name] for name in by_itself])


FEWEST_PAIRS = 100
LAST_ROUNDS = "10 answers per 100 reports in 4 rounds"


def _nationalities(found: dict[str, Measured]) -> Iterator[str]:
    """Recall of those who have so many true pairs, the one that the engine finds least by itself first."""
    shown = [name for name in found if name in (ITSELF, SPLINK_ITSELF) or name.endswith(LAST_ROUNDS)]
    first = found[ITSELF]
    labels = [label for label, pairs in first.pairs.items() if label.startswith("nationality ") and pairs >= FEWEST_PAIRS]
    yield f"\nRecall by nationality, of those with {FEWEST_PAIRS} true pairs at least.\n"
    yield f"| nationality | true pairs | {' | '.join(shown)} |\n|{' --- |' * (len(shown) + 2)}"
    for label in sorted(labels, key=first.recall):
        recalls = " | ".join(f"{found[name].recall(label):.2f}" for name in shown)
        yield f"| {label.removeprefix('nationality ')} | {first.pairs[label]:,} | {recalls} |"
    recalls = " | ".join(f"{found[name].mean('recall'):.2f}" for name in shown)
    yield f"| all | {first.pairs_in_all():,} | {recalls} |"


KINDS_OF = (5_000,)


def _kinds(found: list[Measured]) -> Iterator[str]:
    first = found[0]
    kinds = sorted((kind for kind in first.pairs if not kind.startswith("nationality ")), key=first.recall)
    yield "\nRecall by kind of error, before any question; a pair with several errors counts for each.\n"
    yield f"| error | true pairs | Baken |{' Splink 5 |' * (len(found) - 1)}\n| --- | --- | --- |{' --- |' * (len(found) - 1)}"
    for kind in kinds:
        recalls = " | ".join(f"{one.recall(kind):.2f}" for one in found)
        yield f"| {kind.replace('_', ' ')} | {first.pairs[kind]:,} | {recalls} |"


AFTER_TEN = partial(quality.after_questions, per_hundred=10, rounds=1)
FEBRL_WAYS = {
    "Baken, no labels, weights alone": (partial(quality.by_weight_alone, on_this_file_alone=True), quality.by_itself),
    "Baken, weights alone": (quality.by_weight_alone, quality.by_itself),
    ITSELF: (quality.of_engine, quality.by_itself),
    "Baken, 10 answers per 100 reports in 1 round": (quality.of_engine, AFTER_TEN),
    SPLINK_ITSELF: (quality.of_splink, quality.by_itself),
}


def febrl_sets() -> Iterator[str]:
    yield "F1 at the bound fixed beforehand, in brackets precision and recall: 'full' with address and the number that all"
    yield "have, 'id' with names, date of birth, suburb and state. The shipped weights were not fitted on these; without labels"
    yield "they are estimated on each set, as other engines do. *Weights alone* leaves the cautions out, as other engines have"
    yield "none. FEBRL gives many duplicates the given name of somebody else, which is a caution here, and a question."
    yield NO_SPLINK + "\n" if not SPLINK else ""
    heads = [f"{number} {variant}" for variant in VARIANTS for number in SETS]
    yield f"| way | {' | '.join(heads)} |\n|{' --- |' * (len(heads) + 1)}"
    with fetched() as folder:
        data = [febrl(number, variant, folder) for variant in VARIANTS for number in SETS]
    for name, (link, way) in FEBRL_WAYS.items():
        if SPLINK or link is not quality.of_splink:
            yield f"| {name} | {' | '.join(_febrl_cell(one, way(link(one.rows), one.truth)) for one in data)} |"


def _febrl_cell(data: Febrl, linked: engine.Linked[str]) -> str:
    cluster_of = {report: place for place, group in enumerate(linked.clusters.groups) for report in group}
    found = evaluate(cluster_of, data.truth)
    return f"{found.f1:.3f} ({found.precision:.3f}, {found.recall:.3f})"


def look_alikes_joined() -> Iterator[str]:
    reports = look_alikes()
    records = {report.id: engine.make_record(report.details, one_by_one(files.throw_away_digests())) for report in reports}
    joined = sum(len(group) - 1 for group in engine.link(records).clusters.groups)
    yield f"Twins, sisters, namesakes, a boat of 1 January, all different persons: {joined} of {len(reports)} joined."


def at_scale(name: str) -> Iterator[str]:
    persons, seed = SCALES[name]
    with scale.written(persons, seed) as folder:
        for way in ("engine", "splink") if SPLINK and name == "hundred" else ("engine",):
            found = scale.measured(way, folder)
            counts = ", ".join(f"{number:,} {what}" for what, number in found.counts.items())
            yield f"{way.capitalize()}: {counts or 'stopped before a step was counted'}.\n"
            yield "| step | wall s | processor s | peak MB so far |\n| --- | --- | --- | --- |"
            for step, seconds in found.seconds.items():
                yield f"| {step} | {seconds:.1f} | {found.processor[step]:.1f} | {found.megabytes[step]:,} |"
            if found.f1:
                yield f"\nPrecision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}.\n"
            else:
                yield f"\nStopped after {scale.LIMIT} s; the step after the last one above was not finished.\n"


def through_the_database(module: str) -> Iterator[str]:
    """In a process of its own, on a fresh SQLite file and with throw-away keys."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{folder}/keys",
            "DATABASE_URL": f"sqlite://{folder}/baken.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (
            ("manage.py", "create_keys"),
            ("manage.py", "migrate", "--verbosity", "0"),
            ("manage.py", "createcachetable"),
        ):
            subprocess.run((sys.executable, *command), env=environment, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run(
            (sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", RUN.format(module)),
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    yield done.stdout.strip()


PARTS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "5k": ("Made-up registers of 5,000 persons", partial(registers, 5_000)),
    "20k": ("Made-up register of 20,000 persons", partial(registers, 20_000)),
    "100k": ("Made-up register of 65,000 persons, 100,000 reports", partial(registers, 65_000)),
    "febrl": ("FEBRL", febrl_sets),
    "alike": ("Look-alikes", look_alikes_joined),
    "hundred": ("A file of 100,000 reports", partial(at_scale, "hundred")),
    "million": ("A file of a million reports", partial(at_scale, "million")),
    "one": ("One new report against a register", one_sizes.lines),
    "relink": ("A full relink by each engine", relinking.lines),
    "database": ("The register of the demonstration through the database", partial(through_the_database, "linking")),
    "proof": ("The nightly proof, and the time of an answer", partial(through_the_database, "proving")),
}
INTRODUCTION = """# Linkage, measured

Written by `python -m benchmarks.linkage`, or part by part. The machine was shared: read processor seconds, and walls with
the load beside them. Truth is known because everybody here is made up; nothing here is a test.
"""


def section(part: str) -> str:
    title, lines = PARTS[part]
    load, wall, processor = os.getloadavg()[0], time.perf_counter(), time.process_time()
    text = "\n".join(lines())
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return (
        f"## {title}\n\n`python -m benchmarks.linkage {part}` on {datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, load "
        f"{load:.1f} before and {os.getloadavg()[0]:.1f} after, Python {platform.python_version()}; {wall:.0f} s of wall, "
        f"{processor:.0f} s of processor in this process.\n\n{text}\n"
    )


def main() -> None:
    kept = REPORT.read_text(encoding="utf-8").split("\n## ")[1:] if REPORT.exists() else []
    found = {text.partition("\n")[0]: f"## {text.rstrip()}\n" for text in kept}
    for part in sys.argv[1:] or PARTS:
        found[PARTS[part][0]] = section(part)
        titles = [title for title, _ in PARTS.values()]
        whole = [found[title] for title in [*titles, *sorted(found.keys() - set(titles))] if title in found]
        REPORT.write_text("\n".join([INTRODUCTION, *whole]), encoding="utf-8")


if __name__ == "__main__":
    main()
