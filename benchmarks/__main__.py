"""make bench: loads the demonstration and sends it reports, and writes what was seen to benchmarks/demonstration.md."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import loading, serving
from benchmarks.house import demonstration
from benchmarks.loading import Loaded
from benchmarks.serving import HASTE, SECONDS, USERS, Served

REPORT = Path(__file__).with_name("demonstration.md")


def write(loaded: Loaded, served: Sequence[Served]) -> str:
    memory = ", ".join(f"{name} {megabytes} MB" for name, megabytes in loaded.megabytes.items())
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"""# The demonstration, measured

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, SQLite, {os.cpu_count()} cores,
load {load} (other work included). One run each; nothing here is a test.

| loading the register (7,656 reports) | |
| --- | --- |
| wall time | {loaded.seconds:.1f} s |
| of which sending and sealing | {loaded.sending:.1f} s |
| of which linking | {loaded.linking:.1f} s |
| of which counting | {loaded.counting:.1f} s |
| peak memory by process | {memory} |

{chr(10).join(_form(one) for one in served)}"""


def _form(served: Served) -> str:
    pause = "with pauses of {} to {} s".format(*served.rhythm) if any(served.rhythm) else "without a pause"
    return f"""| the form, {USERS} people at once for {SECONDS} s {pause} | number | median | 95th percentile |
| --- | --- | --- | --- |
| a section posted | {served.sections.number} | {served.sections.median_ms:.0f} ms | {served.sections.p95_ms:.0f} ms |
| a report sent | {served.sendings.number} | {served.sendings.median_ms:.0f} ms | {served.sendings.p95_ms:.0f} ms |
| a page asked for | {served.pages.number} | {served.pages.median_ms:.0f} ms | {served.pages.p95_ms:.0f} ms |

{served.per_second:.1f} whole reports a second; {served.refused} posts refused.
"""


def main() -> None:
    with demonstration() as house:
        loaded = loading.measure(house)
        served = [serving.measure(house, rhythm) for rhythm in (HASTE, (0.0, 0.0))]
    text = write(loaded, served)
    REPORT.write_text(text)
    sys.stdout.write(text)


main()
