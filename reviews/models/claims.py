"""Who has a turn now: a claim with a lease, one that was given to somebody, one that is put aside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from records.people import Person
from reviews.models.turns import Turn


class TurnClaim(models.Model):
    """One person's hold on one open turn; it goes with the turn, and one that has run out gives way to the next (docs/adr/0137)."""

    turn = models.OneToOneField(Turn, models.CASCADE, verbose_name="环节", related_name="claim")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", related_name="turn_claims"
    )
    since = models.DateTimeField("认领时间", default=timezone.now)
    alive_until = models.DateTimeField("有效至")  # without a sign of life until then it runs out, unless it is kept
    is_kept = models.BooleanField("保留", default=False)  # given by a colleague or the head: until released
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="交办人", related_name="+"
    )
    note = models.TextField("交办说明", blank=True)
    earlier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="此前的办理人", related_name="+"
    )  # whose claim had run out when this one began: he may have the case open
    aside_until = models.DateField("搁置至", null=True, blank=True)  # the day on which it comes back
    aside_words = models.TextField("搁置说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "认领"
        ordering = ("since", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(alive_until__gte=F("since")), name="turn_claim_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(is_kept=False) | Q(given_by__isnull=False), name="turn_claim_kept_was_given"
            ),
            models.CheckConstraint(
                condition=Q(note="") | Q(given_by__isnull=False), name="turn_claim_note_has_a_writer"
            ),
            models.CheckConstraint(
                condition=Q(aside_until=None, aside_words="") | (Q(aside_until__isnull=False) & ~Q(aside_words="")),
                name="turn_claim_aside_has_words",
            ),
        )
        indexes = (
            models.Index(fields=["aside_until"], condition=Q(aside_until__isnull=False), name="turn_claim_aside"),
        )

    def __str__(self) -> str:
        return f"{self.turn} · {self.person}"

    def get_absolute_url(self) -> str:
        """Where it is worked on."""
        return self.turn.get_absolute_url()

    @property
    def people(self) -> list[Person]:
        """Whoever may have the case open."""
        return [person for person in (self.person, self.earlier) if person]

    @property
    def is_alive(self) -> bool:
        """Whether the person still has the turn; in SQL: `reviews.querysets.alive`."""
        return self.is_kept or self.alive_until > timezone.now()

    @property
    def is_aside(self) -> bool:
        """Whether the turn waits for a day that has not come; in SQL: `reviews.querysets.aside`."""
        return self.aside_until is not None and self.aside_until > timezone.localdate()

    @property
    def reason(self) -> str:
        """Why it is put aside, to stand within a sentence."""
        return self.aside_words.rstrip("。")

    @property
    def since_words(self) -> str:
        """14:02 of today, with the day before that."""
        local = timezone.localtime(self.since)
        return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"

    @property
    def words(self) -> str:
        """Who has the turn since when, as colleagues read it; without a full stop."""
        if self.is_aside:
            return f"{self.person}已搁置至 {self.aside_until:%Y-%m-%d}：{self.reason}"
        if self.is_kept:
            return f"已交给{self.person}办理，{self.since_words} 起"
        return f"{self.person}正在办理，{self.since_words} 起"
