"""专家库, and a word that was given is not changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


SEAL = """
CREATE FUNCTION reviews_refuse_unsealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seat_word_is_sealed: word of seat % refused', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER reviews_seat_word_is_sealed BEFORE UPDATE ON reviews_panelseat FOR EACH ROW
    WHEN (OLD.given_at IS NOT NULL AND (OLD.turn_id, OLD.expert_id, OLD.word, OLD.amount, OLD.text, OLD.given_at)
          IS DISTINCT FROM (NEW.turn_id, NEW.expert_id, NEW.word, NEW.amount, NEW.text, NEW.given_at))
    EXECUTE FUNCTION reviews_refuse_unsealing();
"""
UNSEAL = """
DROP TRIGGER reviews_seat_word_is_sealed ON reviews_panelseat;
DROP FUNCTION reviews_refuse_unsealing();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0018_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpertProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('specialties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('electronics', '电子信息'), ('biomedicine', '生物医药'), ('materials', '新材料'), ('manufacturing', '先进制造'), ('energy', '新能源与节能'), ('environment', '资源环境'), ('agriculture', '现代农业'), ('aerospace', '航空航天'), ('services', '现代服务')], max_length=16), default=list, size=None, verbose_name='领域')),
                ('employer', models.CharField(max_length=120, verbose_name='工作单位')),
                ('employer_key', models.CharField(db_index=True, editable=False, max_length=120, verbose_name='比对用名称')),
                ('employer_uscc', models.CharField(blank=True, db_index=True, max_length=18, verbose_name='工作单位统一社会信用代码')),
                ('title', models.CharField(blank=True, max_length=40, verbose_name='职称或职务')),
                ('is_resting', models.BooleanField(default=False, verbose_name='暂不接受评审邀请')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
            ],
            options={
                'verbose_name': '专家资料',
                'verbose_name_plural': '专家资料',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ExpertTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('key', models.CharField(db_index=True, editable=False, max_length=120, verbose_name='比对用名称')),
                ('uscc', models.CharField(blank=True, db_index=True, max_length=18, verbose_name='统一社会信用代码')),
                ('kind', models.CharField(choices=[('employed', '曾任职或兼职'), ('advises', '担任顾问或有合作'), ('owns', '持有股份或收益'), ('kin', '近亲属任职或持股'), ('other', '其他利害关系')], max_length=10, verbose_name='关系')),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='声明时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
            ],
            options={
                'verbose_name': '利害关系',
                'verbose_name_plural': '利害关系',
                'ordering': ('-declared_at', '-pk'),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='panelseat',
            name='leaving',
            field=models.CharField(choices=[('recused', '回避'), ('left', '退出'), ('unheard', '未提交')], default='recused', max_length=8, verbose_name='离席原因'),
        ),
        migrations.AlterField(
            model_name='panelseat',
            name='recused_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='离席时间'),
        ),
        migrations.AddIndex(
            model_name='panelseat',
            index=models.Index(condition=models.Q(('recused_at__isnull', False)), fields=['turn'], name='seat_left'),
        ),
        migrations.AddField(
            model_name='expertprofile',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='expert_profile', to=settings.AUTH_USER_MODEL, verbose_name='专家'),
        ),
        migrations.AddField(
            model_name='experttie',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared_ties', to=settings.AUTH_USER_MODEL, verbose_name='专家'),
        ),
        migrations.AddConstraint(
            model_name='expertprofile',
            constraint=models.CheckConstraint(condition=models.Q(('employer_key', ''), _negated=True), name='expert_profile_has_an_employer'),
        ),
        migrations.AddConstraint(
            model_name='experttie',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('expert', 'key'), name='expert_tie_once'),
        ),
        migrations.AddConstraint(
            model_name='experttie',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('declared_at')), _connector='OR'), name='expert_tie_ends_after_it_begins'),
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]
