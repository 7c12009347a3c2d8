"""A mail may put a question of the challenge desk to a lead."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0012_evidence")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="question",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mail",
                to="record.challenge",
            ),
        ),
    ]
