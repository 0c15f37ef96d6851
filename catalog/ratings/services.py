"""Verbs of ratings: given with a redemption that passes, answered once by the institution, hidden and shown by the curator."""

from typing import Protocol

from django.utils import timezone

from accounts.models import Duty
from catalog.models import Rating
from catalog.permissions import check_keeper
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import write


class Ordered(Protocol):
    """An order, as far as it says what was rated."""

    product_id: int
    provider_id: int


def rate_service(order: Ordered, claim_number: str, stars: int) -> None:
    """Write the rating of a redemption; a second time for the same one changes nothing."""
    whose = {"product_id": order.product_id, "provider_id": order.provider_id}
    row = Rating(claim_number=claim_number, stars=stars, **whose)
    Rating.objects.bulk_create([row], ignore_conflicts=True)


def held(rating: Rating) -> Rating:
    """The rating, held."""
    found: Rating = hold_row(Rating.objects.select_related("provider__unit", "product"), rating.pk)
    return found


@door
def answer_rating(rating: Rating, text: str, *, by: Person) -> Rating:
    """The institution's answer, once: what was said in public is not said otherwise later."""
    now = held(rating)
    check_keeper(now.provider, by)
    if not now.provider.has_member(by):
        raise RuleBroken("R-PERM", "只有被评价的服务机构可以回复这条评价。")
    if now.answer or now.hidden_at:
        raise RuleBroken("R-ONCE", "这条评价已经回复过，或者已被平台隐藏，每条评价只能回复一次。")
    now.answer, now.answered_at = text, timezone.now()
    now.save(update_fields=["answer", "answered_at"])
    write(now, "rating_answered", by=by, text=text)
    return now


@door
def hide_rating(rating: Rating, why: str, *, by: Person) -> Rating:
    """Take it out of the public figures with a reason, or, without one, put it back."""
    if by.duty != Duty.CATALOG:
        raise RuleBroken("R-PERM", "只有目录管理员可以隐藏或恢复服务评价。")
    now = held(rating)
    now.hidden_at, now.hidden_why = (timezone.now(), why) if why else (None, "")
    now.save(update_fields=["hidden_at", "hidden_why"])
    write(now, "rating_hidden" if why else "rating_shown", by=by, text=why)
    return now
