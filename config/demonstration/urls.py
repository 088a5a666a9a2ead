"""Addresses that only the demonstration has; mounted where its app is installed."""

from django.urls import path

from config.demonstration import outbox

urlpatterns = [path("demonstration/mail", outbox.outbox, name="demonstration-mail")]
