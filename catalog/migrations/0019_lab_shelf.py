"""The list of open laboratories as its pages read it, and how many there are in each place and batch."""

import catalog.models.shelf
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0018_refusals_in_words"),
    ]

    operations = [
        migrations.CreateModel(
            name='LabCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(choices=[('beijing', '北京'), ('tianjin', '天津'), ('hebei', '河北')], max_length=10, verbose_name='地区')),
                ('area', models.CharField(max_length=20, verbose_name='城市或区')),
                ('named', models.IntegerField(verbose_name='在册和暂停')),
                ('listed', models.IntegerField(verbose_name='在册')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.labbatch', verbose_name='批次')),
            ],
            options={
                'verbose_name': '实验室家数',
                'verbose_name_plural': '实验室家数',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('region', 'area', 'batch'), name='lab_count_once_per_place')],
            },
        ),
        migrations.CreateModel(
            name='LabShelf',
            fields=[
                ('laboratory', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='catalog.laboratory')),
                ('region', models.CharField(choices=[('beijing', '北京'), ('tianjin', '天津'), ('hebei', '河北')], max_length=10, verbose_name='地区')),
                ('area', models.CharField(max_length=20, verbose_name='城市或区')),
                ('kind', models.CharField(choices=[('national', '国家级重点实验室'), ('provincial', '省部级重点实验室'), ('engineering', '工程技术中心'), ('enterprise', '企业技术中心'), ('collaborative', '协同创新中心'), ('industry', '省部级产业技术研究院'), ('new_research', '新型研发组织')], max_length=16, verbose_name='类型')),
                ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None, verbose_name='领域')),
                ('is_listed', models.BooleanField(verbose_name='在册')),
                ('place', models.BigIntegerField(unique=True, verbose_name='次序')),
                ('institution', catalog.models.shelf.Document(verbose_name='机构文本')),
                ('services', catalog.models.shelf.Document(verbose_name='服务文本')),
                ('instruments', catalog.models.shelf.Document(verbose_name='仪器文本')),
                ('document', catalog.models.shelf.Document(verbose_name='检索文本')),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='catalog.labbatch', verbose_name='批次')),
            ],
            options={
                'verbose_name': '在册实验室',
                'verbose_name_plural': '在册实验室',
                'default_permissions': (),
                'indexes': [models.Index(fields=['batch', 'place'], name='labs_batch'), models.Index(condition=models.Q(('is_listed', True)), fields=['place'], name='labs_listed'), models.Index(condition=models.Q(('is_listed', True)), fields=['region', 'place'], name='labs_region'), models.Index(condition=models.Q(('is_listed', True)), fields=['region', 'area', 'place'], name='labs_area'), models.Index(condition=models.Q(('is_listed', True)), fields=['kind', 'place'], name='labs_kind'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('is_listed', True)), fields=['fields'], name='labs_fields')],
            },
        ),
        migrations.AddIndex(
            model_name='provider',
            index=models.Index(condition=models.Q(('is_active', True), ('is_admitted', True)), fields=['id'], name='provider_admitted'),
        ),
    ]
