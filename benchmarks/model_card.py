"""Writes docs/linkage-model.md: what the shipped weights are, what they were fitted on and how good they are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from intake.linkage.evaluation import Evaluation
from intake.linkage.fellegi_sunter import Parameters

CARD = Path(__file__).parent.parent / "docs" / "linkage-model.md"

INTRODUCTION = """# Model card: the weights of linkage, version {version}

Written by `python -m benchmarks.fit_linkage {version}`; do not edit by hand.

**Use.** Says how likely two reports are about one person, from keyed comparison features. It links automatically from
{upper} bits on if nothing else stands in the way, asks a person from {lower} bits on, and leaves the rest. It is for this
register and for files with the same columns, not for finding a person.

**Fitted on** {fitted_on}, by logistic regression near weights set by hand; on no real person's data. The register links
at four to one or better; for files the bounds are those that found most at the wanted precision on other registers.
Frequencies of names come from public tables; the
weights for files ({version}-file) are fitted with frequencies counted in the file.

**Limits.** Made-up errors are not real ones: watch the dashboard of reviewed pairs, and fit anew from reviewers' decisions.
Short and few names (China, Vietnam, Syria, Eritrea) are harder. Namesakes of one year, of whom one report gives only that year,
cannot be told apart.

## Measured on registers that it was not fitted on

| weights | register | precision | recall | F1 | B-cubed F1 | persons too many | look-alikes joined |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def write_card(parameters: Parameters, measured: Mapping[str, Sequence[tuple[Evaluation, float]]]) -> None:
    text = INTRODUCTION.format(**vars(parameters))
    for name, registers in measured.items():
        for number, (found, joined) in enumerate(registers, start=1):
            text += (
                f"| {name} | {number} | {found.precision:.4f} | {found.recall:.4f} | {found.f1:.4f} | {found.bcubed_f1:.4f} "
                f"| {found.person_count_error:+.1%} | {joined:.1%} |\n"
            )
    text += "\n## Weights\n\nBits of evidence of a level; per bit: for every bit of rarity of what is shared.\n\n"
    text += "| field | level | weight | per bit |\n| --- | --- | --- | --- |\n"
    for field, levels in parameters.weights.items():
        for level, weight in levels.items():
            text += f"| {field.value} | {level.value} | {weight.base:+.1f} | {weight.per_bit:.2f} |\n"
    CARD.write_text(text, encoding="utf-8")
