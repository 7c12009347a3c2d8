"""Accepted findings, settled contradictions, notes on forecast accuracy, and meetings of bodies."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0013_question_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='AcceptedFinding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('rule', models.CharField(max_length=10)),
                ('about', models.TextField(blank=True, default='')),
                ('message', models.TextField()),
                ('reason', models.TextField()),
                ('accepted_on', models.DateField()),
                ('accepted_by', models.TextField()),
                ('expires_on', models.DateField()),
                ('withdrawn', models.TextField(blank=True, default='')),
                ('withdrawn_on', models.DateField(null=True)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.item')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.postrecord')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.planrecord')),
            ],
            options={
                'db_table': 'accepted_finding',
            },
        ),
        migrations.CreateModel(
            name='AccuracyNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('text', models.TextField()),
                ('written_on', models.DateField()),
                ('written_by', models.TextField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.postrecord')),
            ],
            options={
                'db_table': 'accuracy_note',
            },
        ),
        migrations.CreateModel(
            name='SettledContradiction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('first_key', models.TextField()),
                ('second_key', models.TextField()),
                ('said', models.JSONField()),
                ('outcome', models.CharField(max_length=20)),
                ('resolution', models.TextField()),
                ('basis', models.TextField()),
                ('decided_by', models.TextField()),
                ('decided_on', models.DateField()),
                ('recorded_by', models.TextField()),
                ('recorded_on', models.DateField()),
                ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.item')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.postrecord')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.planrecord')),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.item')),
            ],
            options={
                'db_table': 'settled_contradiction',
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('council_id', models.UUIDField(editable=False)),
                ('held_on', models.DateField()),
                ('title', models.TextField(blank=True, default='')),
                ('cancelled', models.TextField(blank=True, default='')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='record.bodyrecord')),
            ],
            options={
                'db_table': 'meeting',
                'constraints': [models.UniqueConstraint(fields=('body', 'held_on'), name='meeting_once_a_day')],
            },
        ),
        migrations.RunSQL(
            """
            SELECT govern(owned) FROM unnest(ARRAY[
                'accepted_finding', 'settled_contradiction', 'accuracy_note', 'meeting'
            ]::regclass[]) AS owned
            """
        ),
    ]
