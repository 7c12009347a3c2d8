"""A mail may turn out not to be needed any more, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0005_cycle")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail", name="dropped", field=models.TextField(blank=True, default="")
        ),
    ]
