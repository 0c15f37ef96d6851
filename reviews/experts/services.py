"""Verbs of an expert on his own entry in the pool."""

from django.utils import timezone

from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from reviews.models import ExpertProfile, ExpertTie
from reviews.models.experts import key_of
from reviews.querysets import expert_places_of

MOST_TIES = 100  # of one expert that count
TOO_MANY = "R-MANY", f"声明的利害关系最多 {MOST_TIES} 条，请先结束不再存在的。"
NOT_IN_POOL = "R-PERM", "您现在不在专家库中，不能填写专家资料。"
KNOWN_TIE = "R-TIE", "这个单位已在您声明的利害关系中。"


def check_in_pool(by: Person) -> None:
    """Raise RuleBroken unless the person is an expert today."""
    if not expert_places_of(by).exists():
        raise RuleBroken(*NOT_IN_POOL)


@door
def keep_profile(profile: ExpertProfile, *, by: Person) -> ExpertProfile:
    """Save what the expert says of himself; by its name his employer is compared with the sides of cases."""
    check_in_pool(by)
    profile.user, profile.employer_key = by, key_of(profile.employer)
    profile.save()
    return profile


@door
def declare_tie(tie: ExpertTie, *, by: Person) -> ExpertTie:
    """From now on he hears no case of which this institution is a side."""
    check_in_pool(by)
    living = ExpertTie.objects.filter(expert=by, ended_at=None)
    tie.expert, tie.key = by, key_of(tie.name)
    if living.filter(key=tie.key).exists():
        raise RuleBroken(*KNOWN_TIE)
    if living.count() >= MOST_TIES:
        raise RuleBroken(*TOO_MANY)
    tie.save(force_insert=True)
    return tie


@door
def end_tie(tie: ExpertTie, *, by: Person) -> None:
    """The tie is over; the row stays, so that it can be seen that it was there."""
    check_in_pool(by)
    ExpertTie.objects.filter(pk=tie.pk, expert=by, ended_at=None).update(ended_at=timezone.now())
