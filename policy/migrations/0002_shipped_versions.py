"""Ship the two versions the manual and the 2019 text speak of; undone by name while no case uses them."""

from django.db import migrations

VERSIONS = (
    {"name": "2019 版", "effective_from": "2019-01-01", "annual_cap": "100000.00"},
    {"name": "2025 版", "effective_from": "2025-01-01", "annual_cap": "150000.00"},
)


def ship(apps, schema_editor):
    """Create the published versions with the defaults of the table."""
    version = apps.get_model("policy", "PolicyVersion")
    version.objects.using(schema_editor.connection.alias).bulk_create(
        version(published=True, **fields) for fields in VERSIONS
    )


def withdraw(apps, schema_editor):
    """Remove what was shipped."""
    names = [fields["name"] for fields in VERSIONS]
    apps.get_model("policy", "PolicyVersion").objects.using(schema_editor.connection.alias).filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [migrations.RunPython(ship, withdraw)]
