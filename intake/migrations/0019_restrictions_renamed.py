"""The table of restrictions by case takes the place of the one that held a single case for each report."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_restrictions_by_case")]

    operations = [
        migrations.DeleteModel(name="Restriction"),
        migrations.RenameModel(old_name="RestrictionByCase", new_name="Restriction"),
    ]
