"""消息 and their mail, to be read only."""

from django.contrib import admin

from notifications.models import Delivery, Notice
from records.admin import ReadOnlyAdmin


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Who was told what, and whether he has read it."""

    list_display = ["subject", "recipient", "kind", "at", "read_at"]
    list_filter = ["kind", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["recipient"]
    search_fields = ["subject", "body", "recipient__username", "recipient__name"]
    search_help_text = "标题、内容或收件人"
    date_hierarchy = "at"


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Which mails have left."""

    list_display = ["address", "notice", "tries", "sent_at"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "tries"]
    list_select_related = ["notice"]
    search_fields = ["address", "notice__subject"]
    search_help_text = "地址或标题"
