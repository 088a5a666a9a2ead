"""Aggregates of other sources cannot be changed in the database: a correction is a delivery of its own."""

from django.db import migrations

from safeguards.immutability import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_aggregates_of_other_sources")]

    operations = [
        protect("reports_aggregatedelivery", "id"),
        protect("reports_aggregatevalue", "id"),
        protect("reports_aggregatenote", "id"),
        protect("reports_aggregatedecision", "delivery_id"),
    ]
