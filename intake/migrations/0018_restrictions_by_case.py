"""Two cases can restrict one report. The rows move to a table with a key of its own, which the next migration renames."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    by_case = apps.get_model("intake", "RestrictionByCase")
    rows = apps.get_model("intake", "Restriction").objects.all().values("contribution_id", "case_id", "since")
    by_case.objects.bulk_create(by_case(**row) for row in rows.iterator())


class Migration(migrations.Migration):
    dependencies = [("intake", "0017_endings_of_stubs")]

    operations = [
        migrations.CreateModel(
            name="RestrictionByCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contribution",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="intake.contribution"),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.rightscase"),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("contribution", "case"), name="one_restriction_per_case")],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
