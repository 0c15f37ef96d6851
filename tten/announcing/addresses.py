"""Where an announcement is read, and where it is confirmed, followed and stopped."""

from django.urls import reverse

from notifications.models import Announcement


def address_of(announcement: Announcement) -> str:
    """Where its readers read it."""
    return reverse("announcement_read", args=[announcement.pk])


def desk_of(announcement: Announcement) -> str:
    """Where whoever wrote it follows it."""
    return reverse("announcement_detail", args=[announcement.pk])
