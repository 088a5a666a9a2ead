"""The start of a process that does jobs."""

import gc

from jobs.starting import settle


def test_what_is_loaded_at_the_start_is_not_collected_again_and_again():
    before = gc.get_freeze_count()
    settle()
    try:
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
