"""The change log, its triggers, and row level security on every council-owned table."""

from django.db import migrations

from goldenthread.record.history.sql_files import sql_file


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunSQL(sql_file(name)) for name in ("log", "seal", "dated_fact", "govern")]
