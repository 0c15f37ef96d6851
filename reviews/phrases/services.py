"""Verbs of phrases."""

from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from reviews.models import Office, Phrase
from reviews.querysets import places_of

NOT_KEPT = "R-PERM", "单位的常用语由该单位的负责人维护；您可以另存一条自己的。"
MOST = 200  # phrases of one person or office
TOO_MANY = "R-MANY", f"常用语最多 {MOST} 条，请先删去不用的。"


@door
def keep_phrase(phrase: Phrase, *, by: Person) -> Phrase:
    """Save it as the person's own or an office's; where it is offered by itself, another one is so no more.

    Raises RuleBroken where the office is not the person's to keep.
    """
    if phrase.office is None:
        phrase.owner = by
    else:
        check_keeper(phrase.office, by)
    beside = Phrase.objects.filter(owner=phrase.owner, office=phrase.office).exclude(pk=phrase.pk)
    if beside.count() >= MOST:
        raise RuleBroken(*TOO_MANY)
    if phrase.is_default:
        same = beside.filter(case_type=phrase.case_type, verdict=phrase.verdict, reason=phrase.reason)
        same.update(is_default=False)
    phrase.save()
    return phrase


def check_keeper(office: Office, by: Person) -> None:
    """Raise RuleBroken unless the person leads the office."""
    if not places_of(by).leading().filter(office=office).exists():
        raise RuleBroken(*NOT_KEPT)


@door
def drop_phrase(phrase: Phrase, *, by: Person) -> None:
    """Take it out; what was said with it stays as it was said."""
    if phrase.office is not None:
        check_keeper(phrase.office, by)
    phrase.delete()
