"""Says how far the loading is, so that the web can show it and answer 503 until all is there. Loads nothing itself."""

from dataclasses import dataclass

from config.demonstration.models import Loading


@dataclass(frozen=True)
class Progress:
    """step is a name of the loader's; percentage is of that step."""

    step: str
    percentage: int
    complete: bool


def report(step: str, done: int, total: int) -> None:
    Loading.objects.update_or_create(id=1, defaults={"step": step, "done": done, "total": total, "complete": False})


def finish() -> None:
    Loading.objects.update_or_create(id=1, defaults={"step": "", "done": 1, "total": 1, "complete": True})


def progress() -> Progress:
    row = Loading.objects.filter(id=1).first() or Loading()
    return Progress(row.step, 100 * row.done // row.total if row.total else 0, row.complete)
