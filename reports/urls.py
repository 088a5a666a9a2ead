"""Addresses of the pages with figures."""

from django.urls import path

from reports.web import dashboard, differences

app_name = "reports"

urlpatterns = [
    path("figures", dashboard.dashboard, name="dashboard"),
    path("figures/published", dashboard.editions, name="editions"),
    path("figures/differences", differences.differences, name="differences"),
    path("figures/differences/<uuid:person>/<int:year>", differences.person_year, name="person-year"),
    path("figures/<str:identifier>", dashboard.figure, name="figure"),
]
