"""Short words that the tests of 企业需求 share."""

import datetime as dt

from accounts.models import Duty
from orders.models import Wanted
from orders.wanted import services
from policy.calendar import today
from tests.factories import make_product, make_user

TYPED = {
    "title": "铝合金零件疲劳试验",
    "requirement": "需要检测一批新材料的力学性能，用于改进设计。",
    "budget": "20000",
    "contact": "贾经办",
    "phone": "13800000000",
}


def typed(world, **said):
    """What the form sends."""
    day = today() + dt.timedelta(30)
    return {**TYPED, "category": world.product.category_id, "wanted_on": day.isoformat(), **said}


def wanted_by(world, **said):
    """A need of the firm's that waits for the platform."""
    answers = {**TYPED, "category": world.product.category, "wanted_on": today() + dt.timedelta(30), **said}
    return services.publish_wanted(Wanted(**answers), by=world.applicant)


def curator():
    return make_user(duty=Duty.CATALOG)


def shown(world, **said):
    return services.move_wanted(wanted_by(world, **said), "publish", by=curator())


def offered(world, wanted=None, product=None):
    return services.offer(wanted or shown(world), product or world.product, "五天出报告。", by=world.provider_member)


def another(world, **said):
    return make_product(world.provider, world.product.category, **{"name": "高周疲劳试验", "price": 3000, **said})


def moved_to(world, state):
    """A need in this state."""
    wanted = wanted_by(world) if state in {"pending", "refused"} else shown(world)
    if state == "refused":
        return services.move_wanted(wanted, "refuse", by=curator(), words="涉及保密内容。")
    if state == "closed":
        return services.move_wanted(wanted, "close", by=world.applicant)
    if state == "expired":
        return services.expire_wanted(wanted, "expire", by=type(world.applicant).objects.clock())
    if state == "ordered":
        services.take_offer(offered(world, wanted), by=world.applicant)
        return Wanted.objects.get(pk=wanted.pk)
    return wanted
