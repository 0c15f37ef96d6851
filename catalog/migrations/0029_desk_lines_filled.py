"""What was kept with an act as values becomes a row each."""

from django.db import migrations

LINES = """
INSERT INTO catalog_deskline (act_id, key, number, name, url, was, now, said, done)
SELECT act.id, line->>'key', coalesce(line->>'number', ''), line->>'name', coalesce(line->>'url', ''),
       line->>'was', line->>'now', coalesce(line->>'said', ''), (line->>'done')::boolean
  FROM catalog_deskact act, jsonb_array_elements(act.lines) WITH ORDINALITY AS one(line, place)
 ORDER BY act.id, place
    ON CONFLICT DO NOTHING
"""
COUNTS = """
UPDATE catalog_deskact act
   SET total = (SELECT count(*) FROM catalog_deskline line WHERE line.act_id = act.id),
       done = (SELECT count(*) FROM catalog_deskline line WHERE line.act_id = act.id AND line.done),
       "left" = (SELECT count(*) FROM catalog_deskline line WHERE line.act_id = act.id AND NOT line.done),
       of_platform = EXISTS (SELECT FROM accounts_user person WHERE person.id = act.by_id AND person.duty = 'catalog')
"""
BACK = """
UPDATE catalog_deskact act
   SET lines = coalesce((
       SELECT jsonb_agg(jsonb_build_object('key', key, 'number', number, 'name', name, 'url', url, 'was', was, 'now', now,
                                           'said', said, 'done', coalesce(line.done, false)) ORDER BY line.id)
         FROM catalog_deskline line WHERE line.act_id = act.id), '[]'::jsonb)
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0028_desk_lines")]

    operations = [
        migrations.RunSQL(LINES, "DELETE FROM catalog_deskline"),
        migrations.RunSQL(COUNTS, BACK),
    ]
