"""Who reports: reporter groups, kinds of other reporters, police units, sources and purposes. Used by every package above."""

from enum import StrEnum


class ReporterGroup(StrEnum):
    """Rows of Figure 2.11 (domain, section 1)."""

    POLICE = "police"
    KMAR = "kmar"
    ISZW_DO = "iszw-do"
    CARE_COORDINATORS = "care-coordinators"
    FAIRWORK = "fairwork"
    OTHER = "other-reporters"


class OtherReporter(StrEnum):
    SHELTER = "shelter"
    NGO = "ngo"
    GOVERNMENT = "government"
    LEGAL_SERVICE = "legal-service"
    PRIVATE_PERSON = "private-person"


class PoliceUnit(StrEnum):
    """Rows of Figure 2.12."""

    NOORD_NEDERLAND = "noord-nederland"
    OOST_NEDERLAND = "oost-nederland"
    MIDDEN_NEDERLAND = "midden-nederland"
    NOORD_HOLLAND = "noord-holland"
    AMSTERDAM = "amsterdam"
    DEN_HAAG = "den-haag"
    ROTTERDAM = "rotterdam"
    ZEELAND_WEST_BRABANT = "zeeland-west-brabant"
    OOST_BRABANT = "oost-brabant"
    LIMBURG = "limburg"
    LANDELIJK = "landelijk"


class Source(StrEnum):
    """A report is by a reporter; an EMM record and an OM letter enrich and never count as a report."""

    REPORT = "report"
    EMM = "emm"
    OM = "om"


class Purpose(StrEnum):
    REGISTRATION = "registration"
    HELP = "help"
    RESEARCH_EXTRACT = "research-extract"
    STATISTICS_NETHERLANDS = "statistics-netherlands"
