"""Short words that the tests of 通知公告 share."""

from notifications.models import Announcement, Notice
from tten.announcing import services, work
from tten.announcing.addresses import address_of

SAID = {"title": "年底集中兑现安排", "words": "请在 12 月 20 日前提交，见 https://example.com/a 。", "ways": "mail"}


def drafted(world, conditions=None, **said):
    """A draft of the city's."""
    return services.keep_draft(None, SAID | {"conditions": conditions or {}} | said, by=world.municipal)


def confirmed(world, conditions=None, **said):
    return services.confirm(drafted(world, conditions, **said), due_at=None, by=world.municipal)


def sent(world, conditions=None, **said):
    """One that a worker has sent."""
    made = confirmed(world, conditions, **said)
    work.carry_on(made.pk)
    return Announcement.objects.get(pk=made.pk)


def told(announcement):
    """Who was told, each as often as he was."""
    rows = Notice.objects.filter(case_id=announcement.pk, url=address_of(announcement))
    return sorted(rows.values_list("recipient__username", flat=True))
