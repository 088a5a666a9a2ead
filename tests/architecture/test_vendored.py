"""The files of others in the repository are the listed ones, unaltered and with their licence."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("config/static/vendor", "tests/vendor")
REFERENCE = re.compile(r"url\((?P<quote>[\"']?)(?P<target>[^)\"']+)(?P=quote)\)")


def listed(folder: str) -> dict[str, str]:
    lines = (ROOT / folder / "VENDORED").read_text(encoding="utf-8").splitlines()
    return {line.split("  ")[3]: line.split("  ")[4] for line in lines if not line.startswith("#")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_vendored_files_are_the_listed_ones(folder: str) -> None:
    base = ROOT / folder
    present = {
        str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in base.rglob("*")
        if path.is_file() and path.name != "VENDORED"
    }
    assert present == listed(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_package_brings_its_licence(folder: str) -> None:
    lines = [line.split("  ") for line in (ROOT / folder / "VENDORED").read_text(encoding="utf-8").splitlines()[1:]]
    packages = {line[0] for line in lines}
    assert packages == {line[0] for line in lines if line[3].startswith("licences/")}
    assert all(line[2] for line in lines)


def test_stylesheet_refers_to_files_that_exist() -> None:
    folder = ROOT / "config/static/vendor"
    targets = {match["target"] for match in REFERENCE.finditer((folder / "baken.css").read_text(encoding="utf-8"))}
    assert {target for target in targets if not (folder / target).is_file()} == set()
    assert targets


@pytest.mark.parametrize("word", ["GDS Transport", "crown", "sourceMappingURL", "govuk-header__"])
def test_stylesheet_holds_nothing_that_is_not_ours_to_use(word: str) -> None:
    assert word not in (ROOT / "config/static/vendor/baken.css").read_text(encoding="utf-8")


def test_scripts_name_no_source_maps() -> None:
    for path in (ROOT / "config/static").rglob("*.js"):
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def test_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)


def test_packages_are_needed_by_developers_only() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    assert [version for version in package["devDependencies"].values() if not version[0].isdigit()] == []
