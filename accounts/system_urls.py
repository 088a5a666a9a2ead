"""Addresses of the pages about systems. Only where tokens can be made and verified: the keys for that are the intake's."""

from django.urls import path

from accounts.web import systems, webhooks

app_name = "systems"

ONE = "systems/<uuid:organisation>"
CLIENT = f"{ONE}/clients/<uuid:client>"
WEBHOOK = f"{ONE}/webhooks/<uuid:webhook>"

urlpatterns = [
    path("systems", systems.own, name="own"),
    path(ONE, systems.overview, name="overview"),
    path(f"{ONE}/tokens/new", systems.new_token, name="new-token"),
    path(f"{ONE}/tokens/<uuid:token>/revoke", systems.revoke_token, name="revoke-token"),
    path(f"{ONE}/clients/new", systems.new_client, name="new-client"),
    path(f"{CLIENT}/revoke", systems.revoke_client, name="revoke-client"),
    path(f"{CLIENT}/keys/new", systems.new_key, name="new-key"),
    path(f"{CLIENT}/keys/<uuid:key>/revoke", systems.revoke_key, name="revoke-key"),
    path(f"{ONE}/webhooks/new", webhooks.new_webhook, name="new-webhook"),
    path(WEBHOOK, webhooks.webhook, name="webhook"),
    path(f"{WEBHOOK}/test", webhooks.send_test, name="test-webhook"),
    path(f"{WEBHOOK}/enable", webhooks.enable, name="enable-webhook"),
    path(f"{WEBHOOK}/remove", webhooks.remove, name="remove-webhook"),
]
