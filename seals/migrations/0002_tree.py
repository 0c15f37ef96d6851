"""The tree over trail, ledger and opinions, what was signed of it, and what was found; rows that are only added."""

import django.utils.timezone
from django.db import migrations, models


TABLES = ("seals_leaf", "seals_node", "seals_checkpoint", "seals_audit")
GUARDS = "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION records_refuse_change();\n"
    f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();\n"
    for table in TABLES
)
NO_GUARDS = "".join(
    f"DROP TRIGGER {table}_append_only ON {table};\nDROP TRIGGER {table}_kept_whole ON {table};\n" for table in TABLES
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('seals', '0001_nobody_rewrites'),
    ]

    operations = [
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='完成时间')),
                ('lines', models.BigIntegerField(default=0, verbose_name='记录数')),
                ('papers', models.BigIntegerField(default=0, verbose_name='材料数')),
                ('findings', models.JSONField(default=list, verbose_name='不符之处')),
            ],
            options={
                'verbose_name': '核对记录',
                'verbose_name_plural': '核对记录',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(verbose_name='记录数')),
                ('root', models.BinaryField(verbose_name='根摘要')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='时间')),
                ('seen', models.JSONField(default=dict, verbose_name='最大编号')),
                ('text', models.TextField(verbose_name='签名文本')),
            ],
            options={
                'verbose_name': '检查点',
                'verbose_name_plural': '检查点',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, '操作留痕'), (2, '额度流水'), (3, '审核意见')], verbose_name='类别')),
                ('line', models.BigIntegerField(verbose_name='记录编号')),
                ('hash', models.BinaryField(verbose_name='摘要')),
            ],
            options={
                'verbose_name': '封存的记录',
                'verbose_name_plural': '封存的记录',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('kind', 'line'), name='leaf_one_per_line')],
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(verbose_name='层')),
                ('index', models.BigIntegerField(verbose_name='位置')),
                ('hash', models.BinaryField(verbose_name='摘要')),
            ],
            options={
                'verbose_name': '封存的节点',
                'verbose_name_plural': '封存的节点',
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='node_one_per_place')],
            },
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
