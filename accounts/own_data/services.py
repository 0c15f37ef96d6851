"""The verb of the own data: to ask for a copy."""

from django.db import IntegrityError

from accounts.models import DataExport, User
from accounts.own_data.tasks import export_data
from records.doors import whole
from records.queue import after_commit
from records.rules import RuleBroken


def ask_export(user: User) -> DataExport:
    """Begin a copy, made by a worker; RuleBroken while another one is being made."""
    try:
        with whole():
            export = DataExport.objects.create(user=user)
            after_commit(export_data, export.pk)
    except IntegrityError as running:
        raise RuleBroken("R-EXPORT", "您的数据正在整理，完成后可以下载，不需要重复申请。") from running
    return export
