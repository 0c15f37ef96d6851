"""Every version has the figures that held until today, those in force too: the guard rests for this one statement.

What an operator had set in the environment is taken over.
"""

import os

from django.db import migrations

FIGURES = {
    "admission_last_reminder_days": 15,
    "admission_months": int(os.environ.get("ADMISSION_MONTHS") or 36),
    "admission_reminder_days": 60,
    "form_reminder_days": 5,
    "invitation_days": 14,
    "invitations_most_open": int(os.environ.get("INVITATIONS_MOST_OPEN") or 20),
    "join_most_open": int(os.environ.get("JOIN_MOST_OPEN") or 5),
    "join_reply_days": int(os.environ.get("JOIN_REPLY_DAYS") or 3),
    "join_wait_days": int(os.environ.get("JOIN_WAIT_DAYS") or 30),
    "licence_last_reminder_days": 7,
    "licence_reminder_days": 30,
    "promised_admission": int(os.environ.get("ADMISSION_DAYS") or 10),
    "promised_certification": int(os.environ.get("CERTIFICATION_DAYS") or 5),
    "renewal_days": 90,
    "stand_in_days": int(os.environ.get("STAND_IN_DAYS") or 60),
    "voucher_last_reminder_days": 7,
    "voucher_reminder_days": 30,
    "voucher_task_days": 60,
}
REST = "ALTER TABLE policy_policyversion DISABLE TRIGGER policy_version_in_force_is_fixed"
FILL = f"UPDATE policy_policyversion SET {', '.join(f'{name} = {value}' for name, value in FIGURES.items())}"
WATCH = "ALTER TABLE policy_policyversion ENABLE TRIGGER policy_version_in_force_is_fixed"


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_figures")]

    operations = [migrations.RunSQL([REST, FILL, WATCH], migrations.RunSQL.noop)]  # undone with the columns
