"""Addresses of the review desk. The legal-basis table is mounted for every process with pages, in config.urls."""

from django.urls import path

from consent.web import confirmations, desk, exports, invalidations, withdrawals

app_name = "consent"

urlpatterns = [
    path("consent", desk.queue, name="queue"),
    path("consent/withdrawals", withdrawals.find, name="withdrawals"),
    path("consent/<uuid:statement>", desk.statement, name="statement"),
    path("consent/<uuid:statement>/withdraw", withdrawals.withdraw, name="withdraw"),
    path("consent/<uuid:statement>/certificate", withdrawals.certificate, name="certificate"),
    path("consent/<uuid:statement>/invalidate", invalidations.invalidate, name="invalidate"),
    path("consent/<uuid:statement>/clear", invalidations.clear, name="clear"),
    path("consent/<uuid:statement>/confirmation", confirmations.confirmation, name="confirmation"),
    path("consent/<uuid:statement>/confirmation/accept", confirmations.accept, name="confirmation-accept"),
    path("consent/<uuid:statement>/confirmation/refuse", confirmations.refuse, name="confirmation-refuse"),
    path("consent/<uuid:statement>/approve", desk.approve, name="approve"),
    path("consent/<uuid:statement>/record.jsonld", exports.record, name="record"),
    path("consent/<uuid:statement>/receipt.jsonld", exports.receipt, name="receipt"),
    path("consent/documents/<uuid:document>", desk.document, name="document"),
    path("consent/<uuid:statement>/ask-back", desk.ask_back, name="ask-back"),
    path("consent/<uuid:statement>/later", desk.later, name="later"),
    path("consent/<uuid:statement>/reject", desk.reject, name="reject"),
]
