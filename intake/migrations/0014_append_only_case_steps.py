"""The log of a case of the rights of a person cannot be changed in the database."""

from django.db import migrations

from safeguards.immutability import protect


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_rights_of_persons")]

    operations = [protect("intake_casestep", "id")]
