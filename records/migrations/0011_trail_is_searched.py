"""The trail is read in time, by person, by act and by its words; an index over pairs of characters finds the usual word of two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = r"""
CREATE FUNCTION records_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(low, place, 2)), '{}')
      FROM (SELECT lower(words) AS low) folded, generate_series(1, length(low) - 1) place
$$;
CREATE INDEX event_words ON records_event USING gin (records_pairs(text)) WHERE text <> '';
"""
BACK = "DROP INDEX event_words; DROP FUNCTION records_pairs(text);"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["at", "id"], name="event_in_time")),
        migrations.AddIndex("event", models.Index(fields=["actor", "at", "id"], name="event_of_actor")),
        migrations.AddIndex("event", models.Index(fields=["step", "at", "id"], name="event_of_step")),
        migrations.AlterField(
            "event",
            "actor",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                verbose_name="操作人",
                db_index=False,
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
