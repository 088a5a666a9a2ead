"""How roles and kinds of organisations are named on pages. Stored and compared are the codes, never these."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role
from accounts.scopes import Scope
from accounts.selectors import OrganisationView
from accounts.webhooks import Topic

ROLES: dict[Role, str | Promise] = {
    Role.REPORTER: _("Reporter"),
    Role.BATCH_SUBMITTER: _("Batch submitter"),
    Role.SYSTEMS_KEEPER: _("Keeper of own systems"),
    Role.CARE_COORDINATOR: _("Calls people who asked for it"),
    Role.PRIVATE_PERSON: _("Private person"),
    Role.CONSENT_ADMINISTRATOR: _("Consent administrator"),
    Role.LINKAGE_REVIEWER: _("Linkage reviewer"),
    Role.LINKAGE_SUPERVISOR: _("Linkage supervisor"),
    Role.ANALYST: _("Analyst"),
    Role.RELEASE_APPROVER: _("Release approver"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.FEED: _("Feed"),
    Role.SYSTEM: _("System"),
}
SCOPES: dict[Scope, str | Promise] = {
    Scope.SUBMIT_REPORTS: _("Send reports, correct and withdraw them"),
    Scope.READ_REPORTS: _("Ask for the state of own reports"),
    Scope.SUBMIT_BATCHES: _("Send batches"),
    Scope.DELIVER_EMM: _("Deliver records of EMM"),
    Scope.DELIVER_OM: _("Deliver letters of the OM"),
}
TOPICS: dict[Topic, str | Promise] = {
    Topic.REPORT: _("Reports: their state has changed"),
    Topic.BATCH: _("Batches: checked, stored or ended"),
    Topic.DELIVERY: _("Deliveries of a feed: received or stored"),
    Topic.TEST: _("Test"),
}
DELIVERY_STATES: dict[str, str | Promise] = {
    "waiting": _("not arrived yet"),
    "delivered": _("arrived"),
    "failed": _("given up"),
}
# What an act in the audit trail was done to.
OBJECTS: dict[str, str | Promise] = {
    "audit-trail": _("audit trail"),
    "batch": _("batch"),
    "callback": _("request for a call"),
    "client": _("system"),
    "consent.statement": _("statement of consent"),
    "contribution": _("report"),
    "draft": _("draft"),
    "feed": _("feed"),
    "invitation": _("link by mail"),
    "job": _("work"),
    "organisation": _("organisation"),
    "pair": _("pair of reports"),
    "person": _("person"),
    "person-search": _("search for a person"),
    "release": _("release"),
    "rights-case": _("request of a person"),
    "sealing-key": _("sealing key"),
    "token": _("token"),
    "user": _("user"),
    "webhook": _("address for messages"),
}
SYSTEM_EVENTS: dict[str, str | Promise] = {
    events.SYSTEM_ADMITTED: _("Token made"),
    events.SYSTEM_EXCLUDED: _("Token withdrawn"),
    events.SYSTEM_REFUSED: _("Token refused"),
    events.CLIENT_REGISTERED: _("System registered"),
    events.CLIENT_REVOKED: _("System withdrawn"),
    events.CLIENT_SIGNED_IN: _("Signed in"),
    events.CLIENT_REFUSED: _("Sign-in refused"),
    events.KEY_REGISTERED: _("Key registered"),
    events.KEY_REVOKED: _("Key withdrawn"),
    events.WEBHOOK_ADDED: _("Address added"),
    events.WEBHOOK_REMOVED: _("Address removed"),
    events.WEBHOOK_TESTED: _("Test sent"),
    events.WEBHOOK_ENABLED: _("Address opened again"),
    events.WEBHOOK_DISABLED: _("Address ended: nothing arrived for five days"),
}
GROUPS: dict[ReporterGroup, str | Promise] = {
    ReporterGroup.POLICE: _("Police"),
    ReporterGroup.KMAR: _("Royal Marechaussee"),
    ReporterGroup.ISZW_DO: _("Labour inspectorate, investigation"),
    ReporterGroup.CARE_COORDINATORS: _("Care coordinator"),
    ReporterGroup.FAIRWORK: _("FairWork"),
    ReporterGroup.OTHER: _("Other reporter"),
}
OTHER_KINDS: dict[OtherReporter, str | Promise] = {
    OtherReporter.SHELTER: _("Shelter"),
    OtherReporter.NGO: _("Aid organisation"),
    OtherReporter.GOVERNMENT: _("Government body"),
    OtherReporter.LEGAL_SERVICE: _("Legal service"),
    OtherReporter.PRIVATE_PERSON: _("Private persons"),
}
# Names of the units themselves, the same in every language.
POLICE_UNITS: dict[PoliceUnit, str] = {
    PoliceUnit.NOORD_NEDERLAND: "Noord-Nederland",
    PoliceUnit.OOST_NEDERLAND: "Oost-Nederland",
    PoliceUnit.MIDDEN_NEDERLAND: "Midden-Nederland",
    PoliceUnit.NOORD_HOLLAND: "Noord-Holland",
    PoliceUnit.AMSTERDAM: "Amsterdam",
    PoliceUnit.DEN_HAAG: "Den Haag",
    PoliceUnit.ROTTERDAM: "Rotterdam",
    PoliceUnit.ZEELAND_WEST_BRABANT: "Zeeland-West-Brabant",
    PoliceUnit.OOST_BRABANT: "Oost-Brabant",
    PoliceUnit.LIMBURG: "Limburg",
    PoliceUnit.LANDELIJK: "Landelijke Eenheid",
}
REGISTRY = _("Registry")
FACTORS: dict[str, str | Promise] = {
    "password": _("password"),
    "totp": _("code from the app"),
    "recovery-code": _("recovery code"),
    "passkey": _("passkey"),
    "demonstration": _("demonstration sign-in"),
}


def kind_of(organisation: OrganisationView) -> str | Promise:
    if organisation.other_kind is not None:
        return OTHER_KINDS[organisation.other_kind]
    if organisation.group is not None:
        return GROUPS[organisation.group]
    return ROLES[Role.FEED] if organisation.feed else REGISTRY
