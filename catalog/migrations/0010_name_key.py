"""A provider has a key by which names are sorted by pinyin, and stands in that order."""

import ui.pinyin
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0009_submitted_exactly'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='provider',
            options={'ordering': ('name_key', 'pk'), 'verbose_name': '服务机构', 'verbose_name_plural': '服务机构'},
        ),
        migrations.AddField(
            model_name='provider',
            name='name_key',
            field=ui.pinyin.PinyinField(blank=True, db_collation='C', default='', editable=False, max_length=400, verbose_name='拼音'),
        ),
    ]
