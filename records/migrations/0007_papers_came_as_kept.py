from django.db import migrations

FORWARD = "UPDATE records_document SET received_sha256 = sha256 WHERE received_sha256 IS NULL"


class Migration(migrations.Migration):
    """Until now every paper was kept as it came."""

    dependencies = [("records", "0006_papers_say_more")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
