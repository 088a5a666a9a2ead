"""What happened to a statement cannot be changed in the database."""

from django.db import migrations

from safeguards.immutability import protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [protect("consent_statementevent", "id")]
