"""python3 -m config.starting ...: what the Makefile and the containers call."""

import sys
from pathlib import Path

from config.starting import environment, secret_files, site
from config.starting.problems import CannotStartError
from config.starting.terminal import say

USE = "Use: python3 -m config.starting run | environment [LOCK] | secrets FOLDER | healthy\n"


def main(arguments: list[str]) -> int:
    try:
        return act(arguments)
    except CannotStartError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        say("\nEnded.")
        return 0


def act(arguments: list[str]) -> int:
    match arguments:
        case ["run"]:
            return site.run()
        case ["environment", *lock]:
            environment.ensure(*lock[:1])
        case ["secrets", folder]:
            secret_files.make(Path(folder))
        case ["healthy"]:
            return 0 if site.healthy() else 1
        case _:
            sys.stderr.write(USE)
            return 2
    return 0


sys.exit(main(sys.argv[1:]))
