from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_webhooks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='apitoken',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('batch-submitter', 'batch-submitter'), ('systems-keeper', 'systems-keeper'), ('care-coordinator', 'care-coordinator'), ('private-person', 'private-person'), ('consent-administrator', 'consent-administrator'), ('linkage-reviewer', 'linkage-reviewer'), ('linkage-supervisor', 'linkage-supervisor'), ('analyst', 'analyst'), ('release-approver', 'release-approver'), ('privacy-officer', 'privacy-officer'), ('system-administrator', 'system-administrator'), ('feed', 'feed'), ('system', 'system')], max_length=32),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('batch-submitter', 'batch-submitter'), ('systems-keeper', 'systems-keeper'), ('care-coordinator', 'care-coordinator'), ('private-person', 'private-person'), ('consent-administrator', 'consent-administrator'), ('linkage-reviewer', 'linkage-reviewer'), ('linkage-supervisor', 'linkage-supervisor'), ('analyst', 'analyst'), ('release-approver', 'release-approver'), ('privacy-officer', 'privacy-officer'), ('system-administrator', 'system-administrator'), ('feed', 'feed'), ('system', 'system')], max_length=32),
        ),
        migrations.AlterField(
            model_name='systemclient',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('batch-submitter', 'batch-submitter'), ('systems-keeper', 'systems-keeper'), ('care-coordinator', 'care-coordinator'), ('private-person', 'private-person'), ('consent-administrator', 'consent-administrator'), ('linkage-reviewer', 'linkage-reviewer'), ('linkage-supervisor', 'linkage-supervisor'), ('analyst', 'analyst'), ('release-approver', 'release-approver'), ('privacy-officer', 'privacy-officer'), ('system-administrator', 'system-administrator'), ('feed', 'feed'), ('system', 'system')], max_length=32),
        ),
    ]
