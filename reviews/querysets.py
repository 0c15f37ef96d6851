"""Who sees which turn, and how an inbox is read."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from records.kinds import own_cases
from records.people import Person

if TYPE_CHECKING:  # the models read by these rules
    from reviews.models import OfficeMember, PanelSeat, Question, Turn, TurnClaim


class OfficeMemberQuerySet(models.QuerySet["OfficeMember"]):
    """Reading rules of places at offices."""

    def standing(self) -> Self:
        """Places that are not over: neither ended by hand nor past their last day; those to come included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), ended_at=None)

    def at_work(self) -> Self:
        """Places that count today: of an active office, not ended, within their days; stand-ins included."""
        begun = Q(starts_on=None) | Q(starts_on__lte=timezone.localdate())
        return self.standing().filter(begun, office__is_active=True)

    def own(self) -> Self:
        """Places that are the person's own, not a stand-in's."""
        return self.filter(stands_in_for=None)

    def lent(self) -> Self:
        """Places of stand-ins, with those for whom they work; the first to end before the others."""
        return self.exclude(stands_in_for=None).select_related("office", "stands_in_for__user").order_by("ends_on")

    def leading(self) -> Self:
        """Places of a 负责人; a stand-in reviews and leads nobody (docs/adr/0066)."""
        return self.own().filter(role="lead")

    def to_show(self) -> Self:
        """As an office's page reads them: those at work first, then the ended ones, the latest first."""
        rows = self.select_related("user", "stands_in_for__user")
        return rows.order_by(F("ended_at").desc(nulls_first=True), "-role", "stands_in_for", "since", "pk")


def places_of(user: Person) -> OfficeMemberQuerySet:
    """The person's places that count today."""
    return user.office_memberships.at_work()


def expert_places_of(user: Person) -> OfficeMemberQuerySet:
    """The person's places as an expert that count today."""
    return places_of(user).filter(office__kind="expert")


def alive() -> Q:
    """Condition on claims: the person still has the turn."""
    return Q(is_kept=True) | Q(alive_until__gt=timezone.now())


def aside() -> Q:
    """Condition on claims: the turn waits for a day that has not come."""
    return Q(aside_until__gt=timezone.localdate())


def apart_from(state: object, prefix: str = "") -> Q:
    """Condition on turns, reached by the prefix: of another stage than this, or of 复核, which nobody decides twice."""
    return ~Q(**{f"{prefix}state": state}) | at_appeal(prefix)


def at_appeal(prefix: str = "") -> Q:
    """Condition on turns, reached by the prefix: an earlier decision is looked at once more (`models.turns.APPEAL`)."""
    return Q(**{f"{prefix}state": "appeal"})


class TurnQuerySet(models.QuerySet["Turn"]):
    """Reading rules of turns."""

    def visible_to(self, user: Person) -> Self:
        """The turns of the person's own offices."""
        return self.filter(office__in=places_of(user).values("office"))

    def readable_by(self, user: Person) -> Self:
        """The turns of own offices (then `is_mine`); to 市科技局 all of them (domain.md §4)."""
        places = places_of(user)
        turns = self.annotate(is_mine=Exists(places.filter(office=OuterRef("office"))))
        return turns.filter(Q(is_mine=True) | Exists(places.filter(office__kind="municipal")))

    def open(self) -> Self:
        """Not decided yet."""
        return self.filter(closed_at=None)

    def unspoken_by(self, user: Person) -> Self:
        """Without turns of cases at another stage of which the person has given his word, 复核 of any (`objection_to`).

        Who has signed a word as the second is no stranger to its 复核 either.
        """
        same = self.model._default_manager.filter(case_type=OuterRef("case_type"), case_id=OuterRef("case_id"))
        elsewhere = same.filter(apart_from(OuterRef("state")), opinions__reviewer=user)
        signed = same.filter(opinions__second=user)
        return self.exclude(Exists(elsewhere.exclude(pk=OuterRef("pk")))).exclude(at_appeal() & Exists(signed))

    def not_resting(self) -> Self:
        """Without those on which a decision rests."""
        resting = self.model._default_manager.filter(rests__isnull=False, rests__ended_at=None)
        return self.exclude(pk__in=resting.values("pk"))

    def done(self) -> Self:
        """Decided."""
        return self.exclude(closed_at=None)

    def claims(self) -> "models.QuerySet[TurnClaim]":
        """The claim of the turn at hand, alive or not."""
        field: Any = self.model._meta.get_field("claim")
        rows: models.QuerySet[TurnClaim] = field.related_model.objects.filter(turn=OuterRef("pk"))
        return rows

    def claimed_by(self, user: Person) -> Self:
        """Those that the person has now, by a lease or because they were given to him; what he has put aside is not among them."""
        return self.filter(Exists(self.claims().filter(alive(), person=user).exclude(aside())))

    def held_by_others(self, user: Person) -> Self:
        """Those that somebody else has now, put aside or not."""
        return self.filter(Exists(self.claims().filter(alive()).exclude(person=user)))

    def not_held_by_others(self, user: Person) -> Self:
        """All but those that somebody else has."""
        return self.exclude(Exists(self.claims().filter(alive()).exclude(person=user)))

    def put_aside(self) -> Self:
        """Those that wait for a day that has not come, whoever has put them aside."""
        return self.filter(Exists(self.claims().filter(aside())))

    def not_put_aside(self) -> Self:
        """All but those that wait for a day."""
        return self.exclude(Exists(self.claims().filter(aside())))

    def free(self) -> Self:
        """Those that nobody has now."""
        return self.exclude(Exists(self.claims().filter(alive())))

    def reach(self, user: Person, model: type[models.Model]) -> Q:
        """Condition on cases: they are or were a turn of one of the person's offices, or he sits on their panel."""
        turns = self.filter(case_type=ContentType.objects.get_for_model(model), case_id=OuterRef("pk"))
        on_panel = turns.filter(Exists(expert_places_of(user)), seats__expert=user, seats__recused_at=None)
        return Q(Exists(turns.visible_to(user))) | Q(Exists(on_panel))

    def with_group(self, *, hidden: Q) -> Self:
        """With `seated` and `spoken`: how many experts sit in the group, and how many of them have given their word.

        hidden: of which turns the reader is told neither.
        """
        seated = Count("seats", filter=Q(seats__recused_at=None) & ~hidden)
        return self.annotate(seated=seated, spoken=Count("seats", filter=~Q(seats__given_at=None) & ~hidden))


class SeatQuerySet(models.QuerySet["PanelSeat"]):
    """Reading rules of experts' seats."""

    def visible_to(self, user: Person) -> Self:
        """An expert's own seats, as long as he is one and has not stepped aside."""
        return self.filter(Exists(expert_places_of(user)), expert=user, recused_at=None)

    def active(self) -> Self:
        """Those who have not stepped aside."""
        return self.filter(recused_at=None)

    def waiting(self) -> Self:
        """A word is still owed, and the turn not decided."""
        return self.filter(given_at=None, recused_at=None, turn__closed_at=None)

    def vacant(self) -> Self:
        """Left by an expert who stepped aside, and not filled again."""
        return self.exclude(recused_at=None).exclude(leaving="unheard").filter(replacement=None)

    def words_visible_to(self, user: Person) -> Self:
        """Whose sealed words the person may read: his own; where all have spoken or the body has closed it, those at own offices.

        Not of a case of his own unit; 市科技局 reads what the offices read.
        """
        sealed = self.model._default_manager.filter(turn=OuterRef("turn"))
        waits, vacant = sealed.filter(given_at=None, recused_at=None), sealed.vacant()
        places = places_of(user)
        desk = Exists(places.filter(office=OuterRef("turn__office"))) | Exists(places.filter(office__kind="municipal"))
        own = self.model.turn.field.related_model._default_manager.filter(own_cases(user))
        heard = self.exclude(Exists(waits) | Exists(vacant)).filter(desk, recused_at=None).exclude(turn__in=own)
        return self.filter(Q(expert=user) | Q(pk__in=heard.values("pk"))).exclude(given_at=None)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reading rules of questions and proposals."""

    def open(self) -> Self:
        """Not answered, not followed by another proposal, and the turn not over."""
        return self.filter(reply=None, follower=None, turn__closed_at=None)

    def to_firms(self) -> Self:
        """Those that a firm answers."""
        return self.exclude(kind="firm")

    def to_offices(self) -> Self:
        """Those that an office answers."""
        return self.filter(kind="firm")

    def due(self) -> Self:
        """Those whose last day has come or passed."""
        return self.filter(due_on__lte=timezone.localdate())
