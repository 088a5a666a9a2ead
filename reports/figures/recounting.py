"""Makes stored person-years and counters what the contributions say now, of a few by difference: private to the services.

Whoever calls holds the lock of progress, in a transaction. The cost does not grow with the register.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from intake import facts
from reports.figures import compute, storage
from reports.figures.cells import Cell
from reports.figures.storage import Key, StoredPersonYear
from reports.personyears.derive import derive
from reports.personyears.merge import merge

PersonYears = Mapping[Key, StoredPersonYear]


def recompute(keys: Set[Key]) -> int:
    """Merge and count these person-years again; returns how many were not as stored."""
    stored = storage.person_years_of(person for person, _ in keys)
    kept = {key: row for key, row in stored.items() if key not in keys}
    return _replace(stored, kept | from_facts(keys))


def from_facts(keys: Iterable[Key]) -> dict[Key, StoredPersonYear]:
    found = {}
    for key, contributions in facts.contributions_of(keys).items():
        merged = merge(contributions)
        found[key] = StoredPersonYear(derive(merged).to_text(), merged.differs)
    return found


def _replace(before: PersonYears, after: PersonYears) -> int:
    """Make the stored rows and counters those of after; both hold all years of the same persons. Returns how many differ."""
    gone = before.keys() - after.keys()
    changed = {key: row for key, row in after.items() if before.get(key) != row}
    storage.delete_person_years(gone)
    storage.save_person_years(changed)
    difference = counters_of(after)
    difference.subtract(counters_of(before))
    storage.add_to_counters({cell: amount for cell, amount in difference.items() if amount})
    return len(changed) + len(gone)


def counters_of(rows: PersonYears) -> Counter[Cell]:
    """The counters of all years of some persons."""
    found = compute.counters_of((year, row.counted) for (_, year), row in rows.items())
    found.update(compute.persons_of((person, row.counted) for (person, _), row in rows.items()))
    return found
