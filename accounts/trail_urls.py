"""The address of the audit trail, where the back office serves it."""

from django.urls import path

from accounts.web import trail

app_name = "trail"

urlpatterns = [path("audit", trail.read, name="read")]
