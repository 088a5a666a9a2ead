"""How long the demonstration register takes to load through a running house, and the most memory that each process held."""

import re
import subprocess
from dataclasses import dataclass
from time import monotonic

from benchmarks.house import MANAGE, ROOT, House

TIMES = re.compile(r"Time: sending ([\d.]+) s, linking ([\d.]+) s, counting ([\d.]+) s, .*; peak memory (\d+) MB")


@dataclass(frozen=True)
class Loaded:
    seconds: float
    sending: float
    linking: float
    counting: float
    megabytes: dict[str, int]


def measure(house: House) -> Loaded:
    begun = monotonic()
    told = subprocess.run(
        (*MANAGE, "load_reference"), env=house.environment, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    elapsed = monotonic() - begun
    found = TIMES.search(told)
    if found is None:
        raise SystemExit("load_reference did not say how long it took.")
    sending, linking, counting = (float(value) for value in found.group(1, 2, 3))
    memory = {"loader": int(found.group(4)), "web": house.megabytes("web"), "runner": house.megabytes("runner")}
    return Loaded(elapsed, sending, linking, counting, memory)
