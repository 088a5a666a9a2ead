"""A freeze can end refused; its name is free again then."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0015_told_in_a_table_of_its_own'),
    ]

    operations = [
        migrations.AlterField(
            model_name='freeze',
            name='name',
            field=models.CharField(max_length=16),
        ),
        migrations.AlterField(
            model_name='freeze',
            name='state',
            field=models.CharField(choices=[('collecting', 'Collecting'), ('catching-up', 'Catching Up'), ('counting', 'Counting'), ('comparing', 'Comparing'), ('frozen', 'Frozen'), ('refused', 'Refused')], default='collecting', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='freeze',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('name',), name='one_edition_of_each_name'),
        ),
    ]
