"""Writes countries.csv (names from Unicode CLDR, regions from UN M49 and region-policy.csv) and municipalities.csv.

For developers: `python -m intake.codes.generate countries` or `municipalities <table 33>`, then review the difference.
The register itself never imports this module or Babel.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from intake.codes import brp
from intake.codes.lists import COMMON_COLUMNS

DATA = Path(__file__).parent / "data"
VERSION = "1"
VERSION_OF_MUNICIPALITIES = "2"
COUNTRY_COLUMNS = (*COMMON_COLUMNS, "nationality_of", "m49_region", "note", "reason_nl", "reason_en")
NOTE = "country based, not BRP"

# ISO 3166-1 alpha-2 by UN M49 region: 150 Europe, 002 Africa, 142 Asia, 419 Latin America and the Caribbean, and other for
# 021 Northern America, 009 Oceania and Antarctica. Taiwan and Kosovo are not in M49; region-policy.csv decides them.
M49 = {
    "europe": (
        "AX AL AD AT BY BE BA BG HR CZ DK EE FO FI FR DE GI GR GG VA HU IS IE IM IT JE LV LI LT LU MT MD MC ME NL MK NO PL PT "
        "RO RU SM RS SK SI ES SJ SE CH UA GB"
    ),
    "africa": (
        "DZ AO BJ BW IO BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET TF GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ "
        "NA NE NG RE RW SH ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW"
    ),
    "asia": (
        "AF AM AZ BH BD BT BN KH CN CY GE HK IN ID IR IQ IL JP JO KZ KP KR KW KG LA LB MO MY MV MN MM NP OM PK PS PH QA SA SG "
        "LK SY TJ TH TL TR TM AE UZ VN YE"
    ),
    "latin-america": (
        "AI AG AR AW BS BB BZ BO BQ BV BR VG KY CL CO CR CU CW DM DO EC SV FK GF GD GP GT GY HT HN JM MQ MX MS NI PA PY PE PR "
        "BL KN LC MF VC SX GS SR TT TC VI UY VE"
    ),
    "other": "AQ AS AU BM CA CC CK CX FJ FM GL GU HM KI MH MP NC NF NR NU NZ PF PG PM PN PW SB TK TO TV UM US VU WF WS",
    "": "TW XK",
}


def policy() -> dict[str, dict[str, str]]:
    with (DATA / "region-policy.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def police_regions() -> dict[str, str]:
    """Of the municipalities that are known already."""
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["region"] for row in csv.DictReader(file)}


def countries() -> Iterator[dict[str, str]]:
    """One row a country, in the order of its code."""
    dutch, english = Locale("nl").territories, Locale("en").territories
    decided = policy()
    region_of = {code: region for region, codes in M49.items() for code in codes.split()}
    for code, m49_region in sorted(region_of.items()):
        decision = decided.get(code, {})
        yield {
            "scheme": "countries",
            "version": VERSION,
            "code": code,
            "label_nl": dutch[code],
            "label_en": english[code],
            "region": decision.get("region", m49_region),
            "valid_from": "",
            "valid_to": "",
            "nationality_of": decision.get("nationality_of", ""),
            "m49_region": m49_region,
            "note": NOTE,
            "reason_nl": decision.get("reason_nl", ""),
            "reason_en": decision.get("reason_en", ""),
        }


def write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: list[str]) -> None:
    match arguments:
        case ["countries"]:
            write(DATA / "countries.csv", COUNTRY_COLUMNS, countries())
        case ["municipalities", table, *encoding]:
            with Path(table).open(encoding=next(iter(encoding), "utf-16"), newline="") as file:
                found = brp.municipalities(file, version=VERSION_OF_MUNICIPALITIES, regions=police_regions())
                write(DATA / "municipalities.csv", COMMON_COLUMNS, list(found))
        case _:
            raise SystemExit("Say what to generate: countries, or municipalities <file of BRP table 33> [encoding].")


if __name__ == "__main__":
    main(sys.argv[1:])
