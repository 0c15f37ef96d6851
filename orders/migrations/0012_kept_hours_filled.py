"""Hours that were kept before: nobody wrote down the earlier ones, so that those of today hold for the past as well."""

from django.db import migrations

FORWARD = """
INSERT INTO orders_kepthours (timetable_id, since, is_open, weekdays, opens_at, closes_at, places)
SELECT product_id, DATE '2026-01-01', is_open, weekdays, opens_at, closes_at, places FROM orders_timetable;
"""
BACK = "DELETE FROM orders_kepthours WHERE since = DATE '2026-01-01';"


class Migration(migrations.Migration):
    dependencies = [("orders", "0011_kept_hours")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
