"""What was issued never changes, whoever writes to the table."""

from django.db import migrations

from goldenthread.record.history.sql_files import sql_file


class Migration(migrations.Migration):
    dependencies = [("record", "0016_reports")]

    operations = [migrations.RunSQL(sql_file("issued_report"))]
