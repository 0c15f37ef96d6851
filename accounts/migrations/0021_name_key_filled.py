"""Every person of before is sorted by pinyin, too."""

from django.db import migrations

from ui.pinyin import sort_key


def fill(apps, _editor):
    rows = apps.get_model("accounts", "User")._default_manager
    for pk, name in rows.values_list("pk", "name").iterator():
        rows.filter(pk=pk).update(name_key=sort_key(name, person=True))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_name_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
