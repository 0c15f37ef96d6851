"""Time stamps of checkpoints, which are only added."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER seals_stamp_append_only BEFORE UPDATE OR DELETE ON seals_stamp FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER seals_stamp_kept_whole BEFORE TRUNCATE ON seals_stamp FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
NO_GUARDS = """
DROP TRIGGER seals_stamp_append_only ON seals_stamp;
DROP TRIGGER seals_stamp_kept_whole ON seals_stamp;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('seals', '0003_decided_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间戳的时间')),
                ('authority', models.CharField(max_length=200, verbose_name='签发者')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='请求时间')),
                ('reply', models.BinaryField(verbose_name='时间戳')),
                ('checkpoint', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stamp', to='seals.checkpoint', verbose_name='检查点')),
            ],
            options={
                'verbose_name': '时间戳',
                'verbose_name_plural': '时间戳',
                'ordering': ('-pk',),
            },
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
