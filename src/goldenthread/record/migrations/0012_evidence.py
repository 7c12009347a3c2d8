"""When evidence was taken back, which check is the last, links that nobody can look at, and how a sample was drawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0008_posts")]

    operations = [
        migrations.AddField("evidence", "withdrawn_on", models.DateField(null=True)),
        migrations.AddField("evidencesupport", "added_on", models.DateField(null=True)),
        migrations.AddField("evidencecheck", "number", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            "evidencecheck", models.UniqueConstraint(fields=["support", "number"], name="check_number")
        ),
        migrations.AlterField("linkvisit", "reached", models.BooleanField(null=True)),
        migrations.AddField(
            "auditsample",
            "among",
            models.CharField(
                choices=[
                    ("done", "actions that are said to be complete, verified or embedded"),
                    ("all", "all actions"),
                ],
                default="done",
                max_length=20,
            ),
        ),
        migrations.AddField("auditsample", "by_theme", models.BooleanField(default=False)),
    ]
