"""From when on another server writes: marks, which are only added and are lines of the tree."""

import django.utils.timezone
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER seals_takeover_append_only BEFORE UPDATE OR DELETE ON seals_takeover FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER seals_takeover_kept_whole BEFORE TRUNCATE ON seals_takeover FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""
NO_GUARDS = """
DROP TRIGGER seals_takeover_append_only ON seals_takeover;
DROP TRIGGER seals_takeover_kept_whole ON seals_takeover;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('seals', '0004_stamps'),
    ]

    operations = [
        migrations.AlterField(
            model_name='leaf',
            name='kind',
            field=models.PositiveSmallIntegerField(choices=[(1, '操作留痕'), (2, '额度流水'), (3, '审核意见'), (4, '接管记录')], verbose_name='类别'),
        ),
        migrations.CreateModel(
            name='Takeover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('system', models.CharField(max_length=40, verbose_name='数据库标识')),
                ('timeline', models.PositiveIntegerField(verbose_name='时间线')),
                ('position', models.CharField(max_length=40, verbose_name='日志位置')),
                ('lost', models.BigIntegerField(default=0, verbose_name='丢失的封存记录')),
                ('size', models.BigIntegerField(verbose_name='此前的记录数')),
                ('root', models.BinaryField(verbose_name='此前的根摘要')),
                ('numbers', models.JSONField(default=dict, verbose_name='序列的起点')),
                ('why', models.CharField(max_length=500, verbose_name='原因')),
            ],
            options={
                'verbose_name': '接管记录',
                'verbose_name_plural': '接管记录',
                'ordering': ('-pk',),
            },
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
