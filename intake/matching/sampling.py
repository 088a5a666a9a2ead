"""Which pairs are read to measure the linkage, and which answers are read twice: by a draw that always falls the same.

It depends on the two contributions and the installation alone: not on the order of arrival, nor on who looks.
"""

from intake.linkage.fellegi_sunter import shipped
from intake.models.matching import Two
from safeguards import draws

PLACES = draws.PLACES
# Of the pairs that are too unlike to be asked about, one in so many is kept, down to so many bits under the bound.
KEPT_BELOW = 8
BITS_BELOW = 6.0
READ_TWICE = 10


def place(pair: Two) -> int:
    """The pair's place in the draw: a sample is those with the lowest places."""
    return draws.place("linkage-sample", *pair)


def kept_below(pair: Two, weight: float) -> bool:
    """Of what linkage passes over, so much that how much it misses just under its lower bound can be estimated."""
    lower = shipped().lower
    return lower - BITS_BELOW <= weight < lower and place(pair) % KEPT_BELOW == 0


def read_twice(pair: Two) -> bool:
    """Whether a second person reads it whatever the first answers."""
    return draws.place("second-reading", *pair) % READ_TWICE == 0
