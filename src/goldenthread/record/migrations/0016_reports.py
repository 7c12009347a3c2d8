"""Reports as they are drafted, cleared and issued, what bodies said of them, and the council's own templates."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0015_publication'),
    ]

    operations = [
        migrations.AlterField(
            model_name='storedfile',
            name='kind',
            field=models.CharField(choices=[('source', 'source'), ('evidence', 'evidence'), ('return', 'return'), ('report', 'report'), ('template', 'template')], max_length=20),
        ),
        migrations.CreateModel(
            name='ReportRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('number', models.PositiveIntegerField()),
                ('audience', models.CharField(max_length=80)),
                ('reviewer', models.TextField(blank=True, default='')),
                ('title', models.TextField(blank=True, default='')),
                ('cut_off', models.DateField()),
                ('known_at', models.PositiveBigIntegerField()),
                ('compare_on', models.DateField(null=True)),
                ('meeting_on', models.DateField(null=True)),
                ('definition', models.TextField()),
                ('fill', models.JSONField(default=dict)),
                ('written', models.JSONField(default=dict)),
                ('letter', models.JSONField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('issued', 'issued'), ('abandoned', 'abandoned')], default='draft', max_length=10)),
                ('drafted_on', models.DateField()),
                ('drafted_by', models.TextField()),
                ('issued_on', models.DateField(null=True)),
                ('issued_by', models.TextField(blank=True, default='')),
                ('head_hash', models.CharField(blank=True, default='', max_length=64)),
                ('snapshot_hash', models.CharField(blank=True, default='', max_length=64)),
                ('templates', models.JSONField(default=dict)),
                ('release', models.TextField(blank=True, default='')),
                ('abandoned', models.TextField(blank=True, default='')),
                ('published_on', models.DateField(null=True)),
                ('published_by', models.TextField(blank=True, default='')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.planrecord')),
            ],
            options={
                'db_table': 'report',
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('role', models.CharField(choices=[('issued', 'as issued'), ('edited', 'as edited by a reader')], max_length=10)),
                ('ending', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField()),
                ('added_on', models.DateField()),
                ('added_by', models.TextField()),
                ('note', models.TextField(blank=True, default='')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.storedfile')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='record.reportrecord')),
            ],
            options={
                'db_table': 'report_file',
            },
        ),
        migrations.CreateModel(
            name='ReportComment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('met_on', models.DateField()),
                ('text', models.TextField()),
                ('is_recommendation', models.BooleanField(default=False)),
                ('entered_on', models.DateField()),
                ('entered_by', models.TextField()),
                ('response', models.TextField(blank=True, default='')),
                ('responded_on', models.DateField(null=True)),
                ('responded_by', models.TextField(blank=True, default='')),
                ('withdrawn', models.TextField(blank=True, default='')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.bodyrecord')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='record.reportrecord')),
            ],
            options={
                'db_table': 'report_comment',
            },
        ),
        migrations.CreateModel(
            name='ReportClearance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('version', models.PositiveIntegerField()),
                ('stage', models.CharField(max_length=80)),
                ('outcome', models.CharField(choices=[('cleared', 'cleared'), ('sent-back', 'sent back')], max_length=10)),
                ('words', models.TextField(blank=True, default='')),
                ('cleared_by', models.TextField()),
                ('cleared_on', models.DateField()),
                ('recorded_by', models.TextField()),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='record.reportrecord')),
            ],
            options={
                'db_table': 'report_clearance',
            },
        ),
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('kind', models.CharField(choices=[('definition', 'definition'), ('docx', 'docx'), ('odt', 'odt')], max_length=10)),
                ('audience', models.CharField(blank=True, default='', max_length=80)),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True, default='')),
                ('reason', models.TextField()),
                ('adopted_on', models.DateField()),
                ('adopted_by', models.TextField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.storedfile')),
            ],
            options={
                'db_table': 'report_template',
            },
        ),
        migrations.AddConstraint(
            model_name='reportrecord',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='report_number'),
        ),
        migrations.AddConstraint(
            model_name='reporttemplate',
            constraint=models.UniqueConstraint(fields=('council_id', 'kind', 'audience', 'number'), name='report_template_number'),
        ),
        migrations.RunSQL(
            "SELECT govern(each::regclass) FROM unnest(ARRAY["
            "'report', 'report_clearance', 'report_file', 'report_comment', 'report_template']) AS each"
        ),
    ]
