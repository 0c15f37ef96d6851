"""The tasks of the rooms by name: celery looks for them in this file."""

from accounts.certification.tasks import expire_licences, remind_of_licences
from accounts.exports.tasks import export_list, sweep_lists, tidy_lists
from accounts.history.tasks import forget_sign_ins
from accounts.keeper.tasks import tell_undelivered
from accounts.login.tasks import deliver_mail, forget_account_mails, sweep_account_mails
from accounts.members.joining.tasks import put_off_promises
from accounts.messages.tasks import send_daily_digests
from accounts.own_data.tasks import delete_accounts, export_data, sweep_exports, tidy_data
from accounts.security.tasks import forget_forms
from accounts.sms.tasks import deliver_text, forget_texts, sweep_texts

__all__ = [
    "delete_accounts",
    "deliver_mail",
    "deliver_text",
    "expire_licences",
    "export_data",
    "export_list",
    "forget_account_mails",
    "forget_forms",
    "forget_sign_ins",
    "forget_texts",
    "put_off_promises",
    "remind_of_licences",
    "send_daily_digests",
    "sweep_account_mails",
    "sweep_exports",
    "sweep_lists",
    "sweep_texts",
    "tell_undelivered",
    "tidy_data",
    "tidy_lists",
]
