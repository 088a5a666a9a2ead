"""The addresses of the interface below /api/v1/: Dutch nouns, no slash at the end. Views say what may be done there."""

from django.urls import URLPattern, path

from intake.api import batches, codes, deliveries, document, later, notifications, workbooks

urlpatterns: list[URLPattern] = [
    path("openapi.json", document.Document.as_view(), name="api-document"),
    path("codelijsten", codes.CodeLists.as_view(), name="api-code-lists"),
    path("codelijsten/<str:naam>", codes.OneCodeList.as_view(), name="api-code-list"),
    path("meldingen", notifications.Notifications.as_view(), name="api-notifications"),
    path("meldingen/zoekopdrachten", notifications.Search.as_view(), name="api-search"),
    path("meldingen/<str:kenmerk>", later.SentNotification.as_view(), name="api-notification"),
    path("meldingen/<str:kenmerk>/aanvullingen", later.Supplements.as_view(), name="api-supplements"),
    path("meldingen/<str:kenmerk>/intrekkingen", later.Withdrawals.as_view(), name="api-withdrawals"),
    path("aanleveringen", batches.Batches.as_view(), name="api-batches"),
    path("aanleveringen/<uuid:aanlevering>", batches.Batch.as_view(), name="api-batch"),
    path("aanleveringen/<uuid:aanlevering>/regels", batches.Rows.as_view(), name="api-batch-rows"),
    path("aanleveringen/<uuid:aanlevering>/foutrapport", workbooks.ErrorReport.as_view(), name="api-error-report"),
    path("aanleversjabloon", workbooks.Template.as_view(), name="api-template"),
    path("aanleveringen/<uuid:aanlevering>/bevestigingen", batches.Confirmations.as_view(), name="api-confirmations"),
    path("aanleveringen/<uuid:aanlevering>/annuleringen", batches.Cancellations.as_view(), name="api-cancellations"),
    path("aanleveringen/<uuid:aanlevering>/pauzes", batches.Pauses.as_view(), name="api-pauses"),
    path("aanleveringen/<uuid:aanlevering>/hervattingen", batches.Resumptions.as_view(), name="api-resumptions"),
    path("emm-leveringen", deliveries.EmmDeliveries.as_view(), name="api-emm-deliveries"),
    path("emm-leveringen/<uuid:levering>", deliveries.EmmDelivery.as_view(), name="api-emm-delivery"),
    path("om-leveringen", deliveries.OmDeliveries.as_view(), name="api-om-deliveries"),
    path("om-leveringen/<uuid:levering>", deliveries.OmDelivery.as_view(), name="api-om-delivery"),
]
