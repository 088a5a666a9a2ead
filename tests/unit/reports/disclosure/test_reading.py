"""What is not a release is refused with the place and what to give there; what is, comes out in the form it came in."""

import json
from copy import deepcopy
from typing import Any

import pytest

from reports.disclosure.reading import as_json, read
from reports.disclosure.release import BadReleaseError, Method

GIVEN: dict[str, Any] = {
    "threshold": 5,
    "method": "suppression",
    "base": 5,
    "reference": "2026-1",
    "tables": [
        {
            "id": "2.7",
            "population": "base",
            "dims": ["year", "form"],
            "filter": {"sex": "f"},
            "cells": [{"year": "2019", "form": "AU", "value": 3}, {"year": "2019", "form": "Total", "value": 9}],
            "incomplete": ["form"],
        }
    ],
    "groups": {"form": {"sexual": ["BL", "GO"]}, "region": {"of": "nationality", "codes": {"Africa": ["NG"]}}},
    "populations": [{"subset": "base", "superset": "registered"}, {"subset": "b", "superset": "c", "rest": {"emm": "only"}}],
}


def test_release_comes_out_as_it_came_in():
    assert as_json(read(GIVEN)) == GIVEN
    assert read(json.loads(json.dumps(as_json(read(GIVEN))))) == read(GIVEN)


def test_thresholds_have_defaults():
    found = read({"tables": GIVEN["tables"]})
    assert (found.threshold, found.base, found.method, found.groups) == (5, 5, Method.ROUNDING, ())


def test_filter_of_several_codes_is_the_group_of_these():
    given = deepcopy(GIVEN)
    given["tables"][0]["filter"] = {"sex": ["m", "f"], "region": "Total"}
    assert read(given).tables[0].filter == {"sex": "f | m"}


WRONG: list[tuple[list[Any], Any, str]] = [
    ([], [], "The file: must be an object"),
    (["tables"], {}, "tables: must be a list"),
    (["tables"], [], "tables: there is none"),
    (["tables", 0, "id"], "", r"tables\[0\].id: must be a text"),
    (["tables", 0, "dims"], "year", r"tables\[0\].dims: must be a list"),
    (["tables", 0, "dims"], ["year", "year"], r"tables\[0\].dims: a code stands there twice"),
    (["tables", 0, "dims"], ["year", "value"], r"tables\[0\]"),
    (["tables", 0, "filter"], {"year": "2019"}, r"tables\[0\].dims: a dimension is called value or stands in the filter too"),
    (["tables", 0, "incomplete"], ["sex"], r"tables\[0\].incomplete: names a dimension"),
    (["tables", 0, "cells", 0, "value"], 3.5, r"tables\[0\].cells\[0\].value: must be a whole number"),
    (["tables", 0, "cells", 0, "value"], True, r"tables\[0\].cells\[0\].value: must be a whole number"),
    (["tables", 0, "cells", 0, "value"], -1, r"tables\[0\].cells\[0\].value: must be a whole number"),
    (["tables", 0, "cells", 0, "form"], None, r"tables\[0\].cells\[0\].form: must be a text"),
    (["tables", 0, "cells", 0], {"year": "2019", "form": "AU"}, r"tables\[0\].cells\[0\]: has no \"value\""),
    (["tables", 0, "cells", 0, "form"], "Total", r"tables\[0\].cells\[1\]: the same codes stand there twice"),
    (["tables", 0, "cells", 0, "structural"], True, r"tables\[0\].cells\[0\].structural: true is for a cell"),
    (["tables", 0, "rounding"], {"base": 5, "mode": "random"}, r"tables\[0\].rounding.mode: only adjacent"),
    (["tables", 0, "rounding"], {"base": 1, "mode": "adjacent"}, r"tables\[0\].rounding.base: must be a whole number from 2"),
    (["threshold"], "5", "threshold: must be a whole number"),
    (["base"], 1, "base: must be a whole number from 2"),
    (["method"], "none", "method: must be one of rounding, suppression"),
    (["method"], ["rounding"], "method: must be one of"),
    (["groups"], {"form": {"sexual": ["sexual"]}}, "groups.form: a group has itself as a member"),
    (["groups"], {"form": {"sexual": "BL"}}, "groups.form.sexual: must be a list"),
    (["populations", 0], {"subset": "base"}, r"populations\[0\].superset: must be a text"),
]


@pytest.mark.parametrize(("path", "value", "problem"), WRONG)
def test_wrong_place_is_named_with_what_to_give(path, value, problem):
    given = deepcopy(GIVEN)
    if path:
        *way, last = path
        place = given
        for step in way:
            place = place[step]
        place[last] = value
    else:
        given = value
    with pytest.raises(BadReleaseError, match=problem):
        read(given)


def test_table_of_one_id_twice_is_refused():
    given = deepcopy(GIVEN)
    given["tables"] *= 2
    with pytest.raises(BadReleaseError, match="tables: an id stands there twice"):
        read(given)
