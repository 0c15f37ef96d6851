"""What the pages of 通知公告 show."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from notifications.models import Announcement, Delivery, Notice
from records.people import Person
from tten.announcing.firms import firms, in_words, people

TITLE = "通知公告"
SAMPLE = 20  # firms of a preview


def crumbs(last: str) -> list[tuple[str, str]]:
    """The way back to the list."""
    return [(TITLE, reverse("announcement_list")), (last, "")]


def preview_context(announcement: Announcement) -> dict[str, Any]:
    """Whom it would reach now: how many firms and people, and the first firms."""
    found = firms(announcement.conditions)
    return {
        "firms": found.count(),
        "people": people(announcement.conditions).count(),
        "first": found.select_related("district").annotate(members_number=Count("memberships"))[:SAMPLE],
        "sample": SAMPLE,
    }


def detail_context(announcement: Announcement) -> dict[str, Any]:
    """What is told and to whom, and what became of it."""
    shown = {
        "announcement": announcement,
        "conditions": in_words(announcement.conditions),
        "events": announcement.events.select_related("actor").order_by("sequence"),
        "crumbs": crumbs(announcement.title),
    }
    return shown | (preview_context(announcement) if announcement.is_draft else {"result": result_of(announcement)})


def notices_of(announcement: Announcement) -> QuerySet[Notice]:
    """The messages by which it was told."""
    kind = ContentType.objects.get_for_model(Announcement)
    return Notice.objects.filter(case_type=kind, case_id=announcement.pk).order_by()


def result_of(announcement: Announcement) -> list[tuple[str, int]]:
    """[(label, number)]: told, opened, and of what has left the portal how much arrived, waits, was given up."""
    told = notices_of(announcement).aggregate(told=Count("pk"), opened=Count("read_at"))
    messages = Delivery.objects.filter(notice__in=notices_of(announcement)).order_by()
    became = messages.aggregate(
        sent=Count("sent_at"), failed=Count("failed_at"), waiting=Count("pk", filter=Q(sent_at=None, failed_at=None))
    )
    return [
        ("应通知（人）", announcement.total),
        ("已通知（人）", told["told"]),
        ("已在网站打开", told["opened"]),
        ("邮件、短信等已发出", became["sent"]),
        ("等待发出", became["waiting"]),
        ("发送失败", became["failed"]),
    ]


def readable(user: Person) -> QuerySet[Announcement]:
    """The announcements that the person was told."""
    kind = ContentType.objects.get_for_model(Announcement)
    told = Notice.objects.filter(recipient=user, case_type=kind)
    return Announcement.objects.filter(pk__in=told.values("case_id"))
