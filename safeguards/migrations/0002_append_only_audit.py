"""The audit trail cannot be changed in the database, and starts with its head."""

from django.db import migrations

from safeguards.immutability import protect


def start_chain(apps, schema_editor):
    apps.get_model("safeguards", "AuditHead").objects.create(id=1)


class Migration(migrations.Migration):
    dependencies = [("safeguards", "0001_initial")]

    operations = [
        migrations.RunPython(start_chain, migrations.RunPython.noop),
        protect("safeguards_auditentry", "sequence"),
    ]
