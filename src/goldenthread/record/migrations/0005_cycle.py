"""The reporting cycle: posts and people, periods and updates, evidence, change control, rating rules."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0004_reading_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("name", models.TextField()),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("user", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "officer",
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ownership",
            },
        ),
        migrations.AlterField(
            model_name="datedfact",
            name="series",
            field=models.CharField(
                choices=[
                    ("status", "status"),
                    ("start", "start"),
                    ("original", "original"),
                    ("approved", "approved"),
                    ("forecast", "forecast"),
                    ("actual", "actual"),
                    ("leads", "leads"),
                    ("report", "report"),
                    ("assessment", "assessment"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[("source", "source"), ("evidence", "evidence"), ("return", "return")], max_length=20
            ),
        ),
        migrations.CreateModel(
            name="AuditSample",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("drawn_on", models.DateField()),
                ("by", models.TextField()),
                ("seed", models.TextField()),
                ("as_at", models.DateField()),
                ("revision", models.BigIntegerField()),
                ("asked", models.PositiveIntegerField()),
                ("items", models.JSONField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={
                "db_table": "audit_sample",
            },
        ),
        migrations.CreateModel(
            name="CouncilSettings",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("body", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "council_settings",
                "constraints": [models.UniqueConstraint(fields=("council_id",), name="settings_once")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("title", models.TextField()),
                ("shows", models.TextField()),
                ("url", models.URLField(blank=True, default="", max_length=2000)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("dated_on", models.DateField()),
                ("lapses_on", models.DateField(null=True)),
                ("added_on", models.DateField()),
                ("added_by", models.TextField()),
                ("withdrawn", models.TextField(blank=True, default="")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="record.storedfile",
                    ),
                ),
            ],
            options={
                "db_table": "evidence",
            },
        ),
        migrations.CreateModel(
            name="EvidenceSupport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="record.evidence",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="record.item"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.planrecord"
                    ),
                ),
            ],
            options={
                "db_table": "evidence_support",
            },
        ),
        migrations.CreateModel(
            name="EvidenceCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("checked_on", models.DateField()),
                ("by", models.TextField()),
                ("sufficient", models.BooleanField()),
                ("note", models.TextField(blank=True, default="")),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="record.evidencesupport",
                    ),
                ),
            ],
            options={
                "db_table": "evidence_check",
            },
        ),
        migrations.CreateModel(
            name="HeldUpdate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("values", models.JSONField()),
                (
                    "door",
                    models.CharField(
                        choices=[("page", "page"), ("email", "email"), ("workbook", "workbook")],
                        max_length=20,
                    ),
                ),
                ("by", models.TextField()),
                ("as_at", models.DateField()),
                ("seen_revision", models.BigIntegerField()),
                ("settled", models.JSONField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_updates",
                        to="record.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_updates",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={
                "db_table": "held_update",
            },
        ),
        migrations.CreateModel(
            name="LinkVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("visited_on", models.DateField()),
                ("reached", models.BooleanField()),
                ("said", models.TextField(blank=True, default="")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="record.evidence",
                    ),
                ),
            ],
            options={
                "db_table": "link_visit",
            },
        ),
        migrations.CreateModel(
            name="ChallengeNote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("noted_on", models.DateField()),
                ("by", models.TextField()),
                ("text", models.TextField()),
                (
                    "ownership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="record.ownership",
                    ),
                ),
            ],
            options={
                "db_table": "challenge_note",
            },
        ),
        migrations.CreateModel(
            name="PostRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("slug", models.SlugField(max_length=120)),
                ("name", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("officer", "officer’s post"), ("portfolio", "Cabinet portfolio")],
                        default="officer",
                        max_length=20,
                    ),
                ),
                (
                    "reports_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="record.postrecord",
                    ),
                ),
            ],
            options={
                "db_table": "post",
            },
        ),
        migrations.AddField(
            model_name="ownership",
            name="challenger",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="record.postrecord",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="portfolio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="owns_with", to="record.postrecord"
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="owned_with", to="record.postrecord"
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("holder", "holds the post"),
                            ("interim", "holds the post for the time being"),
                            ("deputy", "stands in for the holder"),
                            ("chair", "chairs it"),
                            ("member", "member"),
                            ("observer", "observes"),
                        ],
                        default="holder",
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="record.officer",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="record.postrecord",
                    ),
                ),
            ],
            options={
                "db_table": "holding",
            },
        ),
        migrations.CreateModel(
            name="BodyRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("slug", models.SlugField(max_length=120)),
                ("name", models.TextField()),
                ("cadence", models.TextField(blank=True, default="")),
                (
                    "accountable",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_for",
                        to="record.postrecord",
                    ),
                ),
            ],
            options={
                "db_table": "body",
            },
        ),
        migrations.CreateModel(
            name="BodyMembership",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("holder", "holds the post"),
                            ("interim", "holds the post for the time being"),
                            ("deputy", "stands in for the holder"),
                            ("chair", "chairs it"),
                            ("member", "member"),
                            ("observer", "observes"),
                        ],
                        default="member",
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="record.bodyrecord",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="record.postrecord",
                    ),
                ),
            ],
            options={
                "db_table": "body_membership",
            },
        ),
        migrations.CreateModel(
            name="RatingRuleRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("number", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("adopted_on", models.DateField()),
                ("note", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "rating_rule",
                "constraints": [
                    models.UniqueConstraint(fields=("council_id", "number"), name="rating_rule_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open for updates"),
                            ("challenge", "being challenged"),
                            ("closed", "closed"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("closed_revision", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={
                "db_table": "reporting_period",
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("made_on", models.DateField()),
                ("by", models.TextField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("asked", "asked back"),
                            ("rated", "rated differently"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_by", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="record.item",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="record.planrecord",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="record.reportingperiod",
                    ),
                ),
            ],
            options={
                "db_table": "challenge",
            },
        ),
        migrations.CreateModel(
            name="UpdateRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("asked_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("stopped", models.BooleanField(default=False)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="record.reportingperiod",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="record.postrecord",
                    ),
                ),
            ],
            options={
                "db_table": "update_request",
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("key", models.TextField()),
                ("subject", models.TextField()),
                ("body", models.TextField()),
                ("due_on", models.DateField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True, default="")),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mail", to="record.officer"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail",
                        to="record.updaterequest",
                    ),
                ),
            ],
            options={
                "db_table": "outgoing_mail",
            },
        ),
        migrations.CreateModel(
            name="WorkbookReturn",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("name", models.TextField()),
                ("seen_revision", models.BigIntegerField()),
                ("result", models.JSONField(default=dict)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="record.storedfile",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={
                "db_table": "workbook_return",
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("content", models.JSONField()),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "operational"),
                            (2, "an end date or a measure of success is affected"),
                            (3, "scope, a new action or a closure"),
                        ]
                    ),
                ),
                ("reason", models.TextField()),
                ("proposed_on", models.DateField()),
                ("proposed_by", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("decided_by", models.TextField(blank=True, default="")),
                ("decision_reference", models.TextField(blank=True, default="")),
                ("decision_link", models.URLField(blank=True, default="", max_length=2000)),
                ("decided_on", models.DateField(null=True)),
                ("decision_note", models.TextField(blank=True, default="")),
                ("applied_revision", models.BigIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={
                "db_table": "change_request",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="change_request_number")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("file", None), ("url", ""), _connector="XOR"),
                name="evidence_is_file_or_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencesupport",
            constraint=models.UniqueConstraint(fields=("evidence", "item"), name="support_once"),
        ),
        migrations.AddIndex(
            model_name="heldupdate",
            index=models.Index(
                condition=models.Q(("settled__isnull", True)),
                fields=["plan", "item"],
                name="held_update_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkvisit",
            constraint=models.UniqueConstraint(fields=("evidence", "visited_on"), name="visit_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="postrecord",
            constraint=models.UniqueConstraint(fields=("council_id", "slug"), name="post_once"),
        ),
        migrations.AddConstraint(
            model_name="bodyrecord",
            constraint=models.UniqueConstraint(fields=("council_id", "slug"), name="body_once"),
        ),
        migrations.AddConstraint(
            model_name="reportingperiod",
            constraint=models.UniqueConstraint(fields=("plan", "starts_on"), name="period_once"),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.UniqueConstraint(fields=("period", "post"), name="request_once"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.UniqueConstraint(fields=("council_id", "key"), name="mail_once"),
        ),
        migrations.AddConstraint(
            model_name="workbookreturn",
            constraint=models.UniqueConstraint(fields=("plan", "file"), name="return_once"),
        ),
        migrations.RunSQL(
            """
            SELECT govern(owned) FROM unnest(ARRAY[
                'post', 'officer', 'holding', 'body', 'body_membership', 'ownership', 'challenge_note',
                'council_settings', 'reporting_period', 'update_request', 'outgoing_mail', 'workbook_return',
                'held_update', 'challenge', 'evidence', 'evidence_support', 'evidence_check', 'link_visit',
                'audit_sample', 'change_request', 'rating_rule'
            ]::regclass[]) AS owned
            """
        ),
    ]
