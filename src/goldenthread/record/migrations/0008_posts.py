"""Other names of a post, its last day, and the post that answers for a body as a dated membership."""

import django.db.models.deletion
from django.db import migrations, models

CAPACITIES = [
    ("holder", "holds the post"),
    ("interim", "holds the post for the time being"),
    ("deputy", "stands in for the holder"),
    ("chair", "chairs it"),
    ("member", "member"),
    ("observer", "observes"),
    ("accountable", "answers for it"),
]


class Migration(migrations.Migration):
    dependencies = [("record", "0006_dropped_mail")]

    operations = [
        migrations.AddField(
            model_name="postrecord",
            name="same_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="other_names",
                to="record.postrecord",
            ),
        ),
        migrations.AddField(
            model_name="postrecord",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.RemoveField(model_name="bodyrecord", name="accountable"),
        migrations.AlterField(
            model_name="holding",
            name="capacity",
            field=models.CharField(choices=CAPACITIES, default="holder", max_length=20),
        ),
        migrations.AlterField(
            model_name="bodymembership",
            name="capacity",
            field=models.CharField(choices=CAPACITIES, default="member", max_length=20),
        ),
    ]
