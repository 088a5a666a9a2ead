"""The days on which consent stands, for statements from before they were kept beside the events."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from consent.workflow import Event, Kind, period


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    statements = apps.get_model("consent", "Statement")
    for row in statements.objects.exclude(state="superseded").iterator():
        events = [Event(Kind(found.kind), found.legal_date, found.recorded, found.pk) for found in row.events.all()]
        if stands := period(events):
            statements.objects.filter(pk=row.pk).update(stands_from=stands.first, stands_until=stands.until)


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_ledger_of_every_answer")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
