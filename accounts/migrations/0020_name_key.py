"""A person has a key by which names are sorted by pinyin."""

import ui.pinyin
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0019_form_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='name_key',
            field=ui.pinyin.PinyinField(blank=True, db_collation='C', default='', editable=False, max_length=400, person=True, verbose_name='拼音'),
        ),
    ]
