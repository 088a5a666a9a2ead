"""What was withdrawn and still has its stub does not come back when the stub goes: it has an ending from now on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def leave(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    withdrawn = apps.get_model("intake", "Stub").objects.filter(state="withdrawn", own_reference_digest__isnull=False)
    ending = apps.get_model("intake", "Ending")
    ending.objects.bulk_create(
        ending(
            organisation_id=stub.organisation_id,
            own_reference_digest=stub.own_reference_digest,
            source="report",
            rule="consent-withdrawn",
            day=stub.day,
        )
        for stub in withdrawn.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_endings_and_skipped_records")]

    operations = [migrations.RunPython(leave, migrations.RunPython.noop)]
