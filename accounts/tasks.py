"""The tasks of the rooms by name: celery looks for them in this file."""

from accounts.certification.tasks import expire_licences, remind_of_licences
from accounts.history.tasks import forget_sign_ins
from accounts.login.tasks import deliver_mail
from accounts.own_data.tasks import delete_accounts, export_data, tidy_data
from accounts.sms.tasks import deliver_text, forget_texts, sweep_texts

__all__ = [
    "delete_accounts",
    "deliver_mail",
    "deliver_text",
    "expire_licences",
    "export_data",
    "forget_sign_ins",
    "forget_texts",
    "remind_of_licences",
    "sweep_texts",
    "tidy_data",
]
