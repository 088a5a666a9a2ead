"""Every merge and split of persons is a row from now on; who is one person now is where they begin."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


# What brought together who is one person already was not written down.
BEGIN = "INSERT INTO intake_personmove (contribution_id, person) SELECT contribution_id, person_id FROM intake_personcontribution"


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0025_bounded_searches'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Merge'), ('split', 'Split')], max_length=5)),
                ('person', models.UUIDField(help_text='The one that they came to, or that they left.')),
                ('other', models.UUIDField(help_text='The one that ended, or that they went to; none where they were new.', null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, help_text='Of a removal the day alone.')),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_id', models.CharField(max_length=64)),
                ('reason', models.CharField(choices=[('linked', 'Linked'), ('linked-anew', 'Linked Anew'), ('same', 'Same'), ('different', 'Different'), ('cannot-tell', 'Cannot Tell'), ('taken-back', 'Taken Back'), ('removed', 'Removed'), ('set-aside', 'Set Aside'), ('brought-back', 'Brought Back')], max_length=16)),
                ('reading', models.CharField(blank=True, help_text='Which look at the pair the answer was given at.', max_length=8)),
                ('pair', models.UUIDField(help_text='What it rests on: the heaviest link, or what keeps them apart.', null=True)),
                ('weight', models.SmallIntegerField(help_text='Match weight of that pair in bits, down to the step below it.', null=True)),
                ('parameters', models.CharField(max_length=16)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.linkdecision')),
                ('undoes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.personevent')),
            ],
        ),
        migrations.CreateModel(
            name='PersonMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(null=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.contribution')),
                ('event', models.ForeignKey(help_text='None where it began a person or left.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='intake.personevent')),
            ],
        ),
        migrations.AddIndex(
            model_name='personevent',
            index=models.Index(fields=['person', '-id'], name='events_of_person'),
        ),
        migrations.AddIndex(
            model_name='personevent',
            index=models.Index(condition=models.Q(('other__isnull', False)), fields=['other', '-id'], name='events_of_other_person'),
        ),
        migrations.AddConstraint(
            model_name='personevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'merge'), ('other__isnull', False), _connector='OR'), name='split_into_two'),
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
