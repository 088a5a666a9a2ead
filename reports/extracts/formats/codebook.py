"""The description of an extract as DDI Codebook 2.5: what it is, who may have it, and each variable with its categories."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reports.extracts.contents import BLANK_CODE, Content, OutColumn, used
from reports.figures.rows import Text

NAMESPACE = "ddi:codebook:2_5"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def codebook(content: Content, file_name: str) -> bytes:
    about = content.about
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
    study = SubElement(root, "stdyDscr")
    title = SubElement(SubElement(study, "citation"), "titlStmt")
    SubElement(title, "titl").text = about.title.en
    SubElement(title, "parTitl", {_LANGUAGE: "nl"}).text = about.title.nl
    SubElement(title, "IDNo", {"agency": "Baken"}).text = str(about.id)
    described = SubElement(study, "stdyInfo")
    for note in about.notes:
        _both(described, "abstract", note)
    summary = SubElement(described, "sumDscr")
    for event, year in zip(("start", "end"), about.years, strict=True):
        SubElement(summary, "timePrd", {"event": event, "date": str(year)}).text = str(year)
    SubElement(summary, "nation", {"abbr": "NL"}).text = "Netherlands"
    SubElement(summary, "anlyUnit").text = "a person in a year"
    access = SubElement(SubElement(study, "dataAccs"), "useStmt")
    SubElement(access, "restrctn").text = f"{about.purpose.en}; {about.recipient}; until {about.until.isoformat()}"
    SubElement(study, "notes", {"type": "watermark"}).text = about.watermark
    text = SubElement(SubElement(root, "fileDscr", {"ID": "F1"}), "fileTxt")
    SubElement(text, "fileName").text = file_name
    sizes = SubElement(text, "dimensns")
    SubElement(sizes, "caseQnty").text = str(len(content.rows))
    SubElement(sizes, "varQnty").text = str(len(content.columns))
    variables = SubElement(root, "dataDscr")
    for number, column in enumerate(content.columns, start=1):
        _variable(variables, column, content, number)
    indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _variable(parent: Element, column: OutColumn, content: Content, number: int) -> None:
    found = SubElement(parent, "var", {"ID": f"V{number}", "name": column.name, "files": "F1"})
    _both(found, "labl", column.title)
    for code, text in used(column, content).items():
        category = SubElement(found, "catgry", {"missing": "Y"} if code == BLANK_CODE else {})
        SubElement(category, "catValu").text = code
        _both(category, "labl", text)
    SubElement(found, "varFormat", {"type": "character"})


def _both(parent: Element, name: str, text: Text) -> None:
    SubElement(parent, name, {_LANGUAGE: "nl"}).text = text.nl
    SubElement(parent, name, {_LANGUAGE: "en"}).text = text.en
