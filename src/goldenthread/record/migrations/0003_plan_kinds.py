"""Plans that are logs, reports, returns or trackers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0002_history")]

    operations = [
        migrations.AlterField(
            model_name="planrecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("improvement", "improvement"),
                    ("corporate", "corporate"),
                    ("recovery", "recovery"),
                    ("project", "project"),
                    ("continuous_improvement", "continuous improvement"),
                    ("action_log", "action log"),
                    ("commitments", "commitments"),
                    ("return", "return"),
                    ("tracker", "tracker"),
                ],
                max_length=30,
            ),
        )
    ]
