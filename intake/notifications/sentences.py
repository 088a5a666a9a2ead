"""What each field is called and what each broken rule says to a person. No sentence can hold a value that somebody typed."""

from collections.abc import Mapping

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consent import gate
from intake.codes.lists import PHASE_CODES, PHASE_FIELDS
from intake.notifications.inputs import Problem

Text = str | Promise


def _label_of_phase(code: str) -> str:
    return PHASE_CODES[code].label("nl" if get_language() == "nl" else "en")


_phase_label = lazy(_label_of_phase, str)

LABELS: Mapping[str, Text] = {
    "date": _("Date of the report"),
    "own_reference": _("Your own reference"),
    "answer": _("Consent"),
    "reason": _("Why consent was not asked (this is not kept)"),
    "capacity": _("How old is the person"),
    "judged_how": _("What that judgement rests on"),
    "signer": _("Who gave consent"),
    "proof": _("Proof of the authority to sign"),
    "method": _("How consent was given"),
    "notice_version": _("Version of the text that was signed"),
    "language": _("Language of the text"),
    "signed_on": _("Day of signing"),
    "requested_on": _("Day on which consent was asked"),
    "interpreter": _("Did somebody interpret"),
    "view_of_person": _("What the person thinks of it"),
    "representative_independent": _("Is the representative a suspect, or is there a conflict of interest"),
    "witness": _("Who else heard it"),
    "help": _("Consent to arranging help"),
    "research_extract": _("Consent to use of the data for research"),
    "given_names": _("Given names"),
    "prefix": _("Prefix of the family name"),
    "family_name": _("Family name"),
    "aliases": _("Other names"),
    "birth": _("Date of birth"),
    "birth_estimated": _("The date of birth is estimated"),
    "year": _("Year of birth"),
    "month": _("Month of birth"),
    "day": _("Day of birth"),
    "estimated": _("The date of birth is estimated"),
    "age_band": _("Age group"),
    "sex": _("Sex"),
    "nationalities": _("Nationality"),
    "bsn": _("BSN"),
    "v_number": _("V-number"),
    "document_number": _("Document number"),
    "contact": _("Contact details"),
    "narrative": _("Explanation"),
    "exploitation_types": _("Types of exploitation"),
    "prostitution_sectors": _("Prostitution sectors"),
    "labour_sectors": _("Labour sectors"),
    "criminal_kinds": _("Kinds of criminal exploitation"),
    "organ_removal": _("Forced removal of organs"),
    "exploitation_countries": _("Countries of exploitation"),
    "exploitation_places": _("Places of exploitation"),
    "exploitation_from": _("Start of the exploitation"),
    "exploitation_to": _("End of the exploitation"),
    "platforms": _("Where victim and offender met"),
    "municipality_of_exploitation": _("Municipality of exploitation"),
    "municipality_of_residence": _("Municipality of residence"),
    "further": _("Further questions"),
    "phases": _("Steps with a date"),
    "missing": _("What is missing, and why"),
    "indication": _("Is there an indication of trafficking"),
    "reflection-period": _("Reflection period"),
    "technology-role": _("Role of technology"),
    "technology-control": _("Control by technology"),
    "demand-channel": _("How demand was found"),
    "money-flow": _("How money moved"),
    "help-state": _("Help and shelter"),
    "statement-unit": _("Police unit that took the statement"),
    "residence-route": _("Residence procedure"),
    "first-asylum-country": _("Country of the first asylum request"),
    "score-pay": _("Hardly or not paid"),
    "score-conditions": _("Bad or very bad working conditions"),
    "score-coercion": _("A form of coercion: the person could not leave"),
    "investigative-leads": _("Leads for an investigation"),
    "dismissal-reason": _("Reason of the dismissal"),
    "police-region": _("Police region of the exploitation"),
    "withdraw": _("Withdraw the report that was sent earlier"),
    "section": _("This section"),
} | {field: _phase_label(code) for field, code in PHASE_FIELDS.items()}

_OF_FIELD: Mapping[tuple[str, str], Text] = {
    ("date", "required"): _("Enter the date of the report."),
    ("date", "in-future"): _("The date of the report lies in the future."),
    ("date", "too-long-ago"): _("The report is of twenty years ago or longer; what is so old is not kept."),
    ("answer", "required"): _("Say first what came of asking for consent."),
    ("answer", "changed-after-report"): _("This report was stored before. If consent is taken back, ask for a withdrawal."),
    ("answer", "statement-decided"): _(
        "The statement of consent of this report was reviewed already and cannot be changed by a file."
    ),
    ("signed_on", "consent-withdrawn"): _(
        "The consent under this reference ended; what was signed before does not bring the report back. Take it out; "
        "with new consent, send a new report under a new reference."
    ),
    ("family_name", "required"): _("Enter a family name or at least one given name."),
    ("birth", "birth-after-report"): _("The date of birth lies after the date of the report."),
    ("birth", "impossible-date"): _("This date of birth does not exist."),
    ("birth", "wrong-date"): _("Write the date of birth as 31-12-1990, or 12-1990, or 1990."),
    ("birth", "too-long-ago"): _("The date of birth lies too long ago."),
    ("birth", "parts-without-year"): _("A date of birth without a year cannot be used."),
    ("birth", "day-without-month"): _("A date of birth with a day needs the month as well."),
    ("bsn", "not-allowed"): _("Your organisation may not use the BSN; leave it out."),
    ("bsn", "wrong-format"): _("A BSN has nine digits."),
    ("bsn", "wrong-check-digit"): _("This BSN does not exist; check the digits."),
    ("v_number", "not-allowed"): _("Your organisation may not use the V-number; leave it out."),
    ("v_number", "wrong-format"): _("A V-number has ten digits."),
    ("document_number", "not-allowed"): _("Your organisation may not use the document number; leave it out."),
    ("document_number", "wrong-format"): _("A document number has five to twenty letters and digits."),
    ("own_reference", "already-used"): _(
        "You used this reference for another report, or changed a report that was sent already."
    ),
    ("own_reference", "has-another"): _(
        "This report has another reference, and keeps it. Leave the reference empty; for another person, send a new report."
    ),
    ("own_reference", "erased-at-request"): _(
        "What you sent under this reference was erased because the person has a right to that, and does not come back. "
        "Take it out; a new report, with new consent where that is needed, has a new reference."
    ),
    ("own_reference", "restricted"): _(
        "This report is restricted at the person's request: until that ends it can be neither changed nor withdrawn. "
        "The person can withdraw consent with the code of the receipt."
    ),
    ("own_reference", "unknown-reference"): _("You sent no report under this reference; there is nothing to withdraw."),
    ("own_reference", "twice-in-file"): _("This reference stands in an earlier row of the file."),
    ("indication", "needed-of-iszw-do"): _("A report of the inspectorate needs an indication of trafficking."),
    ("municipality_of_exploitation", "only-abroad"): _(
        "Who was exploited only abroad has no Dutch municipality of exploitation: leave it out, or add the Netherlands."
    ),
    ("exploitation_from", "before-birth"): _("The exploitation starts before the date of birth."),
    ("exploitation_to", "before-birth"): _("The exploitation ends before the date of birth."),
    ("exploitation_to", "before-start"): _("The exploitation ends before it starts."),
    ("age_band", "contradicts-birth"): _("The age group does not fit the date of birth; leave one of the two out."),
    ("police-region", "only-without-consent"): _(
        "The police region is for reports without consent alone; fill in the municipality of exploitation instead."
    ),
    ("reflection-period", "needed-of-iszw-do"): _("A report of the inspectorate needs an accepted reflection period."),
}

_OF_RULE: Mapping[str, Text] = {
    "required": _("Fill in: %(field)s."),
    "answered-and-missing": _("%(field)s: there is an answer, and also that it is missing. Leave one of the two out."),
    "in-future": _("%(field)s: this date lies in the future."),
    "after-report": _("%(field)s: this lies after the date of the report."),
    "before-start": _("%(field)s: this lies before the step that it follows on."),
    "only-fairwork": _("%(field)s: only FairWork has this score list; leave it out."),
    "score-says-no": _("All three items of the score list say no; then this is no report of labour exploitation."),
    "score-needs-labour": _("The score list says labour exploitation; choose that as type of exploitation."),
    "impossible-date": _("%(field)s: this date does not exist."),
    "unknown-code": _("%(field)s: choose from the list."),
    "known-already": _("%(field)s: something else is known of this already. Correct the report if that is wrong."),
    "too-many": _("%(field)s: these are too many."),
    "too-long": _("%(field)s: this is too long."),
    "name-too-long": _("%(field)s: a name has at most 150 characters. Put several names apart."),
    "no-letter": _("%(field)s: a name has at least one letter. Leave it empty if it is not known."),
    "holds-bsn": _(
        "%(field)s: this looks like a BSN, and your organisation may not send one. Leave it out. If it is another number, "
        "put a letter directly in front of it; a telephone number starts with 0 or +31."
    ),
    "forbidden-character": _(
        "%(field)s: there is a character in it that cannot be used, often an invisible one. Type it again."
    ),
    "wrong-date": _("%(field)s: write the date as 31-12-2019."),
    "before-begin": _("%(field)s: this lies before the day on which it begins."),
    "outside-validity": _("%(field)s: this lies outside the days on which the record was valid in its register."),
    "not-yes-or-no": _("%(field)s: write yes or no."),
    "wrong-type": _("%(field)s: this is not the kind of value that is asked for."),
    "wrong-format": _("%(field)s: this is not written as it should be."),
    "unknown-member": _("There is a member that is not known here."),
    "answered-twice": _("%(field)s: the same question is answered twice."),
    "too-many-cells": _("The row has more cells than there are headers."),
    "row-too-long": _("The row holds more text than a report can."),
    "cut-off": _("The file ends in the middle of this row; it was probably cut off."),
    "empty": _("There is no report in the file."),
    "too-large": _("The file is too large."),
    "too-much-text": _("Up to this row the file holds more text than can be taken in at once; send it in parts."),
    "too-many-rows": _("The file has too many rows; send it in parts."),
    "not-text": _("This is not a file that can be read here. Send a workbook (.xlsx), CSV or JSON."),
    "is-xls": _("This is a workbook in an older or binary form. Save it as Excel workbook (.xlsx)."),
    "is-xlsm": _("The workbook holds macros, which are refused. Save it as Excel workbook (.xlsx)."),
    "is-ods": _("This is an OpenDocument spreadsheet. Save it as Excel workbook (.xlsx) or as CSV."),
    "is-docx": _("This is a text document. Copy the rows into the template and send that."),
    "is-pdf": _("This is a PDF. Copy the rows into the template and send that."),
    "is-zip": _("This is a zip file. Unpack it and send the file that is in it."),
    "encrypted": _("The file has a password. Save it without one; it is encrypted as soon as it arrives here."),
    "external-links": _("The workbook refers to other files. Copy the rows, as values, into an empty template."),
    "unpacks-too-large": _("Unpacked, the workbook is too large. Copy the rows into an empty template, or send it in parts."),
    "too-many-parts": _("The workbook holds too many sheets or other parts. Copy the rows into an empty template."),
    "broken-workbook": _("The workbook is damaged. Open it, save it anew and send that."),
    "other-version": _("This template is of another version. Download the template again and copy the rows into it."),
    "json-form": _("Send an array of reports, an object with that array in meldingen, or one report a line (JSON Lines)."),
    "error-cell": _("%(field)s: the spreadsheet shows an error here. Type the value."),
    "formula-without-value": _("%(field)s: a formula without a result. Type the value."),
    "encoding": _("The letters of the file cannot be read. Save it as CSV (UTF-8)."),
    "cell-too-long": _("A cell holds too much text, or a quotation mark is not closed. Look in this row."),
    "unreadable": _("The file could not be read. Save it anew, or copy the rows into the template."),
    "too-slow": _("Reading this file takes too long. Copy the rows into an empty template and send that."),
    "gone": _("This file is not kept any more. Send it again."),
    "quotes": _("The quotation marks in the file do not match. Save it as CSV again."),
    "headers": _("The first row holds no header of the template."),
    "wrong-template": _("Most headers are not in the template. Was another template used? Download the template again."),
    "unknown-column": _("The first row holds a header that is not in the template."),
    "column-twice": _("The first row holds a header twice."),
    "missing-column": _("A column that is needed is missing: the date of the report."),
    "too-deep": _("The document is nested too deeply."),
    "not-json": _("The document is not JSON."),
    "not-utf-8": _("The document is not in UTF-8."),
    "member-twice": _("The document has a member twice."),
    "too-large-attachment": _("This file is larger than 10 MB."),
    "no-attachment": _("Choose a file first."),
    "empty-attachment": _("This file is empty."),
    "wrong-kind-attachment": _("Only PDF, JPEG and PNG files are taken; this is another kind of file."),
    "too-many-scans": _("There are three files of the statement already; take one out first."),
    "script-in-scan": _(
        "This file holds more than pages or a picture: a script, a link or another file. Take a photo of the paper."
    ),
    "unclear-scan": _("This PDF cannot be looked through. Take a photo of the paper."),
    "locked-scan": _("This PDF is locked with a password. Save it without one, or take a photo of the paper."),
    "too-many-attachments": _("There are five files already; take one out first."),
    "too-large-attachments": _("The files of one report may be 50 MB together. Take one out first, or send a smaller one."),
    "too-large-by-link": _(
        "The files of all reports that you began with this link may be 25 MB together. Send a report first, or take a file out."
    ),
    "too-many-open": _(
        "Twenty files of your organisation are not finished yet. Confirm or cancel one of them, then send this one."
    ),
    "not-a-number": _("The document holds a number that is none."),
}


def label(field: str) -> Text:
    return LABELS.get(field, field)


def sentence(problem: Problem, *, name: str = "") -> str:
    """The field's own sentence, else the rule's with the field's name (or the given one: a column, a JSON member)."""
    found = _OF_FIELD.get((problem.field, problem.code)) or gate.PROBLEM_SENTENCES.get(problem.code)
    if found:
        return str(found)
    return str(_OF_RULE[problem.code]) % {"field": name or label(problem.field)}
