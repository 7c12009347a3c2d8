"""What councils say of the headings and status words of their documents."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_plan_kinds")]

    operations = [
        migrations.CreateModel(
            name="ReadingRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("council_id", models.UUIDField(editable=False)),
                ("kind", models.CharField(choices=[("column", "Column"), ("value", "Value")], max_length=20)),
                ("words", models.TextField()),
                ("printed", models.TextField()),
                ("meaning", models.TextField(null=True)),
            ],
            options={
                "db_table": "reading_rule",
                "constraints": [
                    models.UniqueConstraint(fields=("council_id", "kind", "words"), name="reading_rule_once")
                ],
            },
        ),
        migrations.RunSQL("SELECT govern('reading_rule')", migrations.RunSQL.noop),
    ]
