"""What the lists of the desk read of a turn, kept beside it; how each came to its end is read from opinions and trail."""

import reviews.models.listed
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


TERMS = r"""
CREATE FUNCTION reviews_terms(document text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
DECLARE
    terms text[] := '{}';
    one text;
    last text := '';
BEGIN
    FOREACH one IN ARRAY string_to_array(document || ' ', NULL) LOOP
        IF one > E'\x7f' COLLATE "C" THEN
            IF last <> '' THEN
                terms := array_append(terms, last || one);
            END IF;
            last := one;
        ELSIF last <> '' THEN
            terms := array_append(terms, last);
            last := '';
        END IF;
    END LOOP;
    FOREACH one IN ARRAY regexp_split_to_array(document, '[^a-z0-9]+') LOOP
        IF one <> '' THEN
            terms := array_append(terms, left(one, 60));
            IF one ~ '^[a-z]+[0-9]+$' THEN
                terms := array_append(terms, left(ltrim(one, 'abcdefghijklmnopqrstuvwxyz'), 60));
            END IF;
        END IF;
    END LOOP;
    RETURN array_to_tsvector(terms);
END $$;
"""
ENDED = """
UPDATE reviews_turn turn SET lies = 'done', ended_by = coalesce(
    (SELECT verdict FROM reviews_opinion said WHERE said.turn_id = turn.id ORDER BY said.at DESC, said.id DESC LIMIT 1),
    (SELECT step FROM records_event line
      WHERE line.case_type_id = turn.case_type_id AND line.case_id = turn.case_id
        AND (line.step = 'transfer' OR (line.from_state = turn.state AND line.to_state <> line.from_state))
      ORDER BY abs(extract(epoch FROM line.at - turn.closed_at)), line.sequence LIMIT 1),
    '')
 WHERE closed_at IS NOT NULL;
UPDATE reviews_turn turn SET lies = 'returned'
 WHERE ended_by IN ('send_back', 'return_form')
   AND NOT EXISTS (SELECT FROM reviews_turn later WHERE later.case_type_id = turn.case_type_id
                      AND later.case_id = turn.case_id AND later.id > turn.id)
   AND (SELECT step FROM records_event line
         WHERE line.case_type_id = turn.case_type_id AND line.case_id = turn.case_id AND line.to_state <> line.from_state
         ORDER BY line.sequence DESC LIMIT 1) = ended_by;
UPDATE reviews_turn turn SET lies = 'experts'
 WHERE closed_at IS NULL
   AND EXISTS (SELECT FROM reviews_panelseat seat
                WHERE seat.turn_id = turn.id AND seat.recused_at IS NULL AND seat.given_at IS NULL)
   AND NOT EXISTS (SELECT FROM reviews_panelseat seat
                    WHERE seat.turn_id = turn.id AND seat.recused_at IS NOT NULL
                      AND NOT EXISTS (SELECT FROM reviews_panelseat other WHERE other.replaces_id = seat.id));
"""
INDEX = "CREATE INDEX turn_terms ON reviews_turn USING gin (reviews_terms(search_text));"


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('contenttypes', '0002_remove_content_type_name'),
        ('records', '0002_append_only'),
        ("reviews", "0008_receipts"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='turn',
            name='turn_done',
        ),
        migrations.AddField(
            model_name='turn',
            name='amount',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='金额（元）'),
        ),
        migrations.AddField(
            model_name='turn',
            name='category',
            field=models.CharField(blank=True, max_length=40, verbose_name='服务类别'),
        ),
        migrations.AddField(
            model_name='turn',
            name='district',
            field=models.CharField(blank=True, max_length=40, verbose_name='区'),
        ),
        migrations.AddField(
            model_name='turn',
            name='ended_by',
            field=models.CharField(blank=True, max_length=40, verbose_name='办结方式'),
        ),
        migrations.AddField(
            model_name='turn',
            name='lies',
            field=models.CharField(choices=[('desk', '待办'), ('experts', '等专家'), ('returned', '等待补正'), ('done', '已办')], default='desk', max_length=10, verbose_name='所在'),
        ),
        migrations.AddField(
            model_name='turn',
            name='search_text',
            field=reviews.models.listed.Told(blank=True, default='', verbose_name='检索内容'),
        ),
        migrations.RunSQL(TERMS, "DROP FUNCTION reviews_terms(text)"),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
        migrations.RunSQL(INDEX, "DROP INDEX turn_terms"),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'due_on', 'id'], name='turn_by_dueon'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'opened_at', 'id'], name='turn_by_openedat'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'closed_at', 'id'], name='turn_by_closedat'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'amount', 'id'], name='turn_by_amount'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'number', 'id'], name='turn_by_number'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'title', 'id'], name='turn_by_title'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'unit_name', 'id'], name='turn_by_unitname'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'case_type', 'id'], name='turn_by_casetype'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'stage', 'id'], name='turn_by_stage'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'round', 'id'], name='turn_by_round'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'district', 'id'], name='turn_by_district'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'category', 'id'], name='turn_by_category'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['office', 'lies', 'ended_by', 'id'], name='turn_by_endedby'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['lies', 'due_on', 'id'], name='turn_any_dueon'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['lies', 'opened_at', 'id'], name='turn_any_openedat'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['lies', 'amount', 'id'], name='turn_any_amount'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['lies', 'number', 'id'], name='turn_any_number'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['lies', 'unit_name', 'id'], name='turn_any_unitname'),
        ),
        migrations.CreateModel(
            name='ListColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=40, verbose_name='列表')),
                ('columns', models.JSONField(default=list, verbose_name='列')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_columns', to=settings.AUTH_USER_MODEL, verbose_name='所属人员')),
            ],
            options={
                'verbose_name': '列表的列',
                'verbose_name_plural': '列表的列',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('user', 'page'), name='list_columns_once_per_list')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('page', models.CharField(max_length=40, verbose_name='列表')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='条件')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='保存时间')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='所属人员')),
            ],
            options={
                'verbose_name': '列表视图',
                'verbose_name_plural': '列表视图',
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='saved_view_one_per_name')],
            },
        ),
    ]
