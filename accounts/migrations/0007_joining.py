"""Until when a unit answers who asks to join; and a unit with members keeps an administrator, whoever writes."""

from django.db import migrations, models
from django.utils import timezone

from policy.working_days import add_working_days

GUARD = """
CREATE FUNCTION accounts_keep_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts_unit WHERE id = OLD.unit_id FOR NO KEY UPDATE; -- two who step down at once wait for each other
    IF EXISTS (SELECT 1 FROM accounts_unitmember WHERE unit_id = OLD.unit_id)
       AND NOT EXISTS (SELECT 1 FROM accounts_unitmember WHERE unit_id = OLD.unit_id AND role = 'admin') THEN
        RAISE EXCEPTION 'unit_keeps_an_administrator: unit %', OLD.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_keeps_an_administrator';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER unit_keeps_an_administrator
    AFTER UPDATE OF role, unit_id OR DELETE ON accounts_unitmember
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.role = 'admin') EXECUTE FUNCTION accounts_keep_administrator();
"""
NO_GUARD = """
DROP TRIGGER unit_keeps_an_administrator ON accounts_unitmember;
DROP FUNCTION accounts_keep_administrator();
"""


def in_three_working_days():
    """The term as it stood then: the model's default reads a policy version, whose columns come later."""
    return add_working_days(timezone.now(), 3)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_snapshots_kept"), ("policy", "0001_initial")]  # its default reads the calendar

    operations = [
        migrations.AddField(
            model_name="joinrequest",
            name="due_on",
            field=models.DateField(default=in_three_working_days, verbose_name="答复期限"),
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
