"""The notices by which an announcement reaches its readers: one kind for each choice of ways."""

from django.db.models import QuerySet

from accounts.models import User
from notifications.kinds import Kind
from notifications.matters import NEWS
from notifications.models import Announcement
from tten.announcing.firms import people


def chosen(announcement: Announcement) -> QuerySet[User]:
    """Everybody of the firms that the announcement is for."""
    return people(announcement.conditions)


Ways = Announcement.Ways
ANNOUNCED = {
    Ways.SITE: Kind("announcement_site", chosen, by_mail=False, matter=NEWS),
    Ways.MAIL: Kind("announcement", chosen, matter=NEWS),
    Ways.TEXT: Kind("announcement_text", chosen, by_text=True, matter=NEWS),
}
POLICY_CHANGED = Kind("policy_changed", chosen, matter=NEWS)


def kind_of(announcement: Announcement) -> Kind:
    """By which kind of notice it is sent."""
    return POLICY_CHANGED if announcement.policy_id else ANNOUNCED[Ways(announcement.ways)]
