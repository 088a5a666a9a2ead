"""The record of an extract for a catalogue, by DCAT-AP 3 as JSON-LD, with what DCAT-AP-NL asks beside it."""

import json
from collections.abc import Mapping
from typing import Any

from reports.extracts.contents import Content
from reports.figures.rows import Text

_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLISHER = Text("Registratie van mogelijke slachtoffers van mensenhandel", "Register of presumed victims of human trafficking")
_OPEN = "http://creativecommons.org/licenses/by/4.0/"
_CLOSED = "http://standaarden.overheid.nl/owms/terms/geslotenlicentie"
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "dta": "application/x-stata-dta",
}


def record(content: Content, digests: Mapping[str, str], sizes: Mapping[str, int]) -> bytes:
    """digests and sizes: of each file, by its name. Only formats of the data are distributions."""
    about = content.about
    agent = {"@id": f"urn:uuid:{about.id}#publisher", "@type": "foaf:Agent", "foaf:name": _both(PUBLISHER)}
    found = {
        "@context": _CONTEXT,
        "@id": f"urn:uuid:{about.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": str(about.id),
        "dct:title": _both(about.title),
        "dct:description": [one for note in about.notes for one in _both(note)],
        "dct:accessRights": {"@id": _RIGHTS + ("PUBLIC" if about.open else "NON_PUBLIC")},
        "dct:publisher": agent,
        "dct:creator": {"@id": agent["@id"]},
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": PUBLISHER.nl},
        "dcat:theme": {"@id": _THEME + "JUST"},
        "dct:issued": {"@type": "xsd:dateTime", "@value": about.made.isoformat(timespec="seconds")},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:gYear", "@value": str(about.years[0])},
            "dcat:endDate": {"@type": "xsd:gYear", "@value": str(about.years[1])},
        },
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": about.watermark},
        "dcat:distribution": [
            _distribution(name, digest, sizes[name], _OPEN if about.open else _CLOSED)
            for name, digest in digests.items()
            if name.startswith("data.")
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _distribution(name: str, digest: str, size: int, licence: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dct:license": {"@id": licence},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{_MEDIA[name.rpartition('.')[2]]}"},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(size)},
        "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": "SHA-256", "spdx:checksumValue": digest},
    }


def _both(text: Text) -> list[dict[str, str]]:
    return [{"@language": "nl", "@value": text.nl}, {"@language": "en", "@value": text.en}]
