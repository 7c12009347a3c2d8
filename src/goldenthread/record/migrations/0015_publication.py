"""The decision to publish a plan."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0014_assurance")]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("council_id", models.UUIDField(editable=False)),
                ("number", models.PositiveIntegerField()),
                ("cut_off", models.DateField()),
                ("known_at", models.PositiveBigIntegerField()),
                ("hold", models.JSONField(default=list)),
                ("release", models.JSONField(default=list)),
                ("reason", models.TextField()),
                ("decided_on", models.DateField()),
                ("decided_by", models.TextField()),
                ("withdrawn", models.TextField(blank=True, default="")),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="record.planrecord",
                    ),
                ),
            ],
            options={"db_table": "publication"},
        ),
        migrations.AddConstraint(
            "publication", models.UniqueConstraint(fields=["plan", "number"], name="publication_number")
        ),
        migrations.RunSQL("SELECT govern('publication'::regclass)"),
    ]
