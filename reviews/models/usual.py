"""How long a step usually takes at an office: rows of last night (docs/adr/0155)."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from reviews.models.places import Office


class UsualTime(models.Model):
    """The working days that an office has needed for a step of one kind of case, over the cases that it decided of late."""

    office = models.ForeignKey(
        Office, models.CASCADE, verbose_name="审核单位", related_name="usual_times", db_index=False
    )
    case_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name="事项类别", related_name="+")
    state = models.CharField("环节", max_length=50)
    cases = models.PositiveIntegerField("办结件数")
    half = models.PositiveSmallIntegerField("一半在几个工作日内")  # the median
    most = models.PositiveSmallIntegerField("八成在几个工作日内")
    until = models.DateField("统计至")

    class Meta:
        verbose_name = verbose_name_plural = "通常用时"
        default_permissions = ()
        ordering = ("office", "case_type", "state")
        constraints = (
            models.UniqueConstraint(fields=["office", "case_type", "state"], name="usual_time_once"),
            models.CheckConstraint(condition=Q(half__lte=F("most")), name="usual_time_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.office} {self.state}"
