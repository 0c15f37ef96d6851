"""No more bookings meet at one moment than the instrument has places."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION orders_booking_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    room integer;
    met integer;
BEGIN
    SELECT places INTO room FROM orders_timetable WHERE product_id = NEW.product_id FOR NO KEY UPDATE;
    IF NOT NEW.live OR room IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT max(at_once) INTO met FROM (
        SELECT (
            SELECT count(*) FROM orders_booking other WHERE other.product_id = NEW.product_id AND other.live
                AND other.id <> NEW.id AND other.starts_at <= moment.at AND other.ends_at > moment.at
        ) AS at_once
        FROM (
            SELECT NEW.starts_at AS at
            UNION SELECT starts_at FROM orders_booking
                WHERE product_id = NEW.product_id AND live AND starts_at > NEW.starts_at AND starts_at < NEW.ends_at
        ) moment
    ) counted;
    IF met >= room THEN
        RAISE EXCEPTION 'booking_fits_places: no place is free at this time'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_fits_places';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER orders_booking_fits BEFORE INSERT OR UPDATE OF starts_at, ends_at, live, product_id ON orders_booking
    FOR EACH ROW EXECUTE FUNCTION orders_booking_fits();
"""
BACK = """
DROP TRIGGER orders_booking_fits ON orders_booking;
DROP FUNCTION orders_booking_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_booking")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
