"""Tokens tell their kind in their first byte, and which two are compared is decided by kinds.

The key is not here, so all tokens go, and whoever had some is linked anew: from the identity, or from the kept features where
that is erased.
"""

import django.db.models.deletion
from django.db import migrations, models


def link_anew(apps, _editor):
    contributions, tokens = apps.get_model("intake", "Contribution"), apps.get_model("intake", "Token")
    contributions.objects.filter(id__in=tokens.objects.values("contribution"), leaving=False).update(needs_linking=True)
    tokens.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0026_events_of_persons'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='token',
            name='tokens_by_digest',
        ),
        migrations.AddIndex(
            model_name='token',
            index=models.Index(fields=['digest', 'contribution'], name='tokens_with_holders'),
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='intake.contribution')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.contribution')),
            ],
        ),
        migrations.RunPython(link_anew, migrations.RunPython.noop, elidable=True),
    ]
