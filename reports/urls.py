"""Addresses of the pages with figures."""

from django.urls import path

from reports.web import aggregates, dashboard, deliveries, differences, editions, extracts, figure, offenders, releases

app_name = "reports"

urlpatterns = [
    path("figures", dashboard.dashboard, name="dashboard"),
    path("figures/published", editions.editions, name="editions"),
    path("figures/published/new", editions.new_edition, name="new-edition"),
    path("figures/published/<int:number>", editions.edition, name="edition"),
    path("figures/published/<int:number>/json", editions.download, name="edition-json"),
    path("figures/published/<int:number>/publish", editions.publish, name="publish-edition"),
    path("figures/published/<int:number>/withdraw", editions.withdraw, name="withdraw-edition"),
    path("figures/published/trends/<str:identifier>", editions.trend, name="trend"),
    path("figures/differences", differences.differences, name="differences"),
    path("figures/differences/<uuid:person>/<int:year>", differences.person_year, name="person-year"),
    path("figures/offenders", offenders.chain, name="offenders"),
    path("figures/offenders/chain.<str:ending>", offenders.chain_file, name="offenders-file"),
    path("figures/years/<str:kind>", offenders.years, name="years"),
    path("figures/years/<str:kind>/values.<str:ending>", offenders.years_file, name="years-file"),
    path("figures/sources", aggregates.deliveries, name="aggregates"),
    path("figures/sources/new", aggregates.new, name="aggregates-new"),
    path("figures/sources/columns", aggregates.explained, name="aggregates-columns"),
    path("figures/sources/template.csv", aggregates.template, name="aggregates-template"),
    path("figures/sources/<uuid:delivery>", aggregates.delivery, name="aggregate"),
    path("figures/sources/<uuid:delivery>/accept", aggregates.accept, name="aggregate-accept"),
    path("figures/sources/<uuid:delivery>/reject", aggregates.reject, name="aggregate-reject"),
    path("figures/sources/<uuid:delivery>/take-back", aggregates.take_back, name="aggregate-take-back"),
    path("figures/sources/<uuid:delivery>/delivery.<str:ending>", aggregates.file, name="aggregate-file"),
    path("figures/deliveries", deliveries.deliveries, name="deliveries"),
    path("figures/deliveries/order", deliveries.order, name="delivery-order"),
    path("figures/deliveries/<uuid:delivery>/figures.<str:ending>", deliveries.file, name="delivery-file"),
    path("figures/extracts", extracts.extracts, name="extracts"),
    path("figures/extracts/new/<slug:product>", extracts.new, name="extract-new"),
    path("figures/extracts/fetch/<str:token>", extracts.fetch, name="extract-fetch"),
    path("figures/extracts/<uuid:extract>", extracts.extract, name="extract"),
    path("figures/extracts/<uuid:extract>/progress", extracts.progress, name="extract-progress"),
    path("figures/extracts/<uuid:extract>/ask", extracts.ask, name="extract-ask"),
    path("figures/extracts/<uuid:extract>/take-back", extracts.take_back, name="extract-take-back"),
    path("figures/extracts/<uuid:extract>/link", extracts.link, name="extract-link"),
    path("figures/releases", releases.releases, name="releases"),
    path("figures/releases/<uuid:extract>", releases.release, name="release"),
    path("figures/releases/<uuid:extract>/approve", releases.approve, name="release-approve"),
    path("figures/releases/<uuid:extract>/refuse", releases.refuse, name="release-refuse"),
    path("figures/<str:identifier>", figure.figure, name="figure"),
    path("figures/<str:identifier>/files/<str:name>", figure.figure_file, name="figure-file"),
]
