"""Answers about pairs become rows; what was decided before is the first of them, with a reason that was not asked then."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def carry_over(apps, _editor):
    """The queue begins by how unsure a link is; the persons' part follows at the next change of either of the two."""
    pairs, decisions = apps.get_model("intake", "Pair"), apps.get_model("intake", "LinkDecision")
    for row in pairs.objects.exclude(decision="").iterator():
        decisions.objects.create(
            first_id=row.first_id, second_id=row.second_id, pair=row.id, reading="first", answer=row.decision,
            reason="not-asked", by=row.decided_by, at=row.decided, weight=row.weight, parameters=row.parameters,
        )
        row.waits, row.read_by = "done", row.decided_by
        row.save(update_fields=["waits", "read_by"])
    for row in pairs.objects.filter(band="question", waits="first").iterator():
        row.usefulness = 2 / (1 + 2 ** min(abs(row.weight), 500))
        row.save(update_fields=["usefulness"])


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0022_uses_to_be_told_of'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pair', models.UUIDField(help_text='The row it was asked by: after a correction the same two may be asked about anew.')),
                ('reading', models.CharField(choices=[('first', 'First'), ('second', 'Second'), ('settling', 'Settling')], max_length=8)),
                ('answer', models.CharField(choices=[('same', 'Same'), ('different', 'Different'), ('cannot-tell', 'Cannot Tell'), ('taken-back', 'Taken Back')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('by', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('weight', models.FloatField(help_text='Match weight of the pair at that moment.')),
                ('parameters', models.CharField(max_length=16)),
                ('drawn', models.BooleanField(default=False, help_text='Read twice because the sample says so, whatever the first answer was.')),
            ],
        ),
        migrations.RemoveIndex(
            model_name='pair',
            name='open_questions',
        ),
        migrations.AddField(
            model_name='pair',
            name='draw',
            field=models.PositiveIntegerField(help_text='Its place in the draw for samples; matching.sampling says how.', null=True),
        ),
        migrations.AddField(
            model_name='pair',
            name='read_by',
            field=models.CharField(blank=True, help_text='The first reader: the second is somebody else.', max_length=64),
        ),
        migrations.AddField(
            model_name='pair',
            name='usefulness',
            field=models.FloatField(default=0.0, help_text='How much an answer helps the monitor; matching.usefulness says how.'),
        ),
        migrations.AddField(
            model_name='pair',
            name='waits',
            field=models.CharField(choices=[('first', 'First'), ('second', 'Second'), ('disputed', 'Disputed'), ('done', 'Done')], default='first', max_length=8),
        ),
        migrations.AddField(
            model_name='unlock',
            name='pair',
            field=models.ForeignKey(help_text='Opened beside the other one.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.pair'),
        ),
        migrations.AlterField(
            model_name='pair',
            name='band',
            field=models.CharField(choices=[('automatic', 'Automatic'), ('question', 'Question'), ('below', 'Below')], max_length=12),
        ),
        migrations.AlterField(
            model_name='unlock',
            name='motive',
            field=models.CharField(choices=[('compare-name', 'Compare Name'), ('compare-birth', 'Compare Birth'), ('compare-representative', 'Compare Representative'), ('pair-details', 'Pair Details'), ('pair-relatives', 'Pair Relatives'), ('pair-contradicts', 'Pair Contradicts'), ('rights-of-person', 'Rights Of Person'), ('incident', 'Incident'), ('supervisor', 'Supervisor')], max_length=24),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['waits', '-usefulness', 'id'], name='pairs_that_wait'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(fields=['band', 'draw'], name='pairs_by_draw'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(condition=models.Q(('decision', ''), _negated=True), fields=['id'], name='decided_pairs'),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='about',
            field=models.ForeignKey(help_text='What it was compared with, or takes back.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='later', to='intake.linkdecision'),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.contribution'),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.contribution'),
        ),
        migrations.AddIndex(
            model_name='linkdecision',
            index=models.Index(fields=['pair', 'id'], name='decisions_of_pair'),
        ),
        migrations.AddIndex(
            model_name='linkdecision',
            index=models.Index(fields=['reading', 'answer'], name='decisions_by_reading'),
        ),
        migrations.AddConstraint(
            model_name='linkdecision',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='decision_about_two_in_order'),
        ),
        migrations.AddConstraint(
            model_name='linkdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', False), ('answer', 'taken-back'), ('reason', '')), models.Q(models.Q(('answer', 'taken-back'), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='answer_has_a_reason'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
