"""消息 and their mail, to be read only."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from notifications.models import Delivery, Notice
from records.admin import ReadOnlyAdmin


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told what, and whether he has read it."""

    list_display = ["subject", "recipient", "kind", "at", "read_at"]
    list_filter = ["at", "kind", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["recipient"]
    search_fields = ["subject", "body", "recipient__username", "recipient__name"]
    search_help_text = "标题、内容或收件人"


class MailStateFilter(admin.SimpleListFilter):
    """What has become of a mail."""

    title = "发送情况"
    parameter_name = "is"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("failed", "发送失败"), ("waiting", "等待发送"), ("sent", "已发出")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        mails = Delivery.objects
        chosen = {"failed": mails.failed, "waiting": mails.waiting, "sent": mails.sent}.get(self.value() or "")
        return queryset.filter(pk__in=chosen()) if chosen else queryset


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Which mails have left, for those who keep the accounts too: an address that takes none is theirs to ask about."""

    duties = frozenset({"accounts", "audit"})
    list_display = ["subject", "address", "recipient", "problem", "tries", "next_try", "sent_at"]
    list_filter = [MailStateFilter]
    list_select_related = ["notice__recipient"]
    fields = ["subject", "address", "recipient", "at", "problem", "tries", "next_try", "sent_at"]
    search_fields = ["address", "notice__recipient__username", "notice__recipient__name"]
    search_help_text = "地址或收件人"
    ordering = ["-pk"]

    @admin.display(description="消息", ordering="notice__subject")
    def subject(self, mail: Delivery) -> str:
        """What it is about, without the name behind the colon: an expert beside the case's name says who judges it (ADR 0079)."""
        return mail.notice.subject.partition("：")[0]

    @admin.display(description="收件人")
    def recipient(self, mail: Delivery) -> str:
        return str(mail.notice.recipient)

    @admin.display(description="消息时间")
    def at(self, mail: Delivery) -> dt.datetime:
        return mail.notice.at

    @admin.display(description="下次尝试", ordering="due_at")
    def next_try(self, mail: Delivery) -> dt.datetime | None:
        return mail.due_at if mail.is_waiting else None
