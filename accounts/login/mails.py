"""Mails about an account itself: they leave in the worker, so that nobody can tell by the time whether there is one."""

from accounts.login.carrier import mail_words
from accounts.login.tasks import deliver_mail
from accounts.models import AccountMail
from records.doors import door
from records.queue import after_commit


@door
def send_mail_later(address: str, template: str, **params: str) -> AccountMail:
    """Write one mail and let it leave after the commit."""
    mail_words(template, params)
    mail = AccountMail.objects.create(to=address, template=template, params=params)
    after_commit(deliver_mail, mail.pk)
    return mail
