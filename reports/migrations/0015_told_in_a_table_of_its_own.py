"""What extracts told leaves their rows for a table of its own, and comes back where this is undone."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = "INSERT INTO reports_extracttold (extract_id, content) SELECT id, told FROM reports_extract WHERE told <> ''"
MOVE_BACK = """
    UPDATE reports_extract SET told = (SELECT content FROM reports_extracttold WHERE extract_id = reports_extract.id)
    WHERE id IN (SELECT extract_id FROM reports_extracttold)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0014_extracts_attacked_with_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExtractTold',
            fields=[
                ('extract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='told_in_its_table', serialize=False, to='reports.extract')),
                ('content', models.TextField(help_text='Sealed.')),
            ],
        ),
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RemoveField(
            model_name='extract',
            name='told',
        ),
        migrations.AlterField(
            model_name='extracttold',
            name='extract',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='told', serialize=False, to='reports.extract'),
        ),
    ]
