"""常用语: what reviewers say again and again, of one person or of an office."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from reviews.models.places import Office
from reviews.models.turns import Verdict
from reviews.phrases.querysets import PhraseQuerySet
from reviews.reasons import Reason


class Phrase(models.Model):
    """Words for an opinion; what is not said of kind, verdict or reason holds for all of them."""

    office = models.ForeignKey(
        Office, models.CASCADE, null=True, blank=True, verbose_name="归属", related_name="phrases"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, verbose_name="本人", related_name="phrases"
    )
    title = models.CharField("名称", max_length=20)
    text = models.TextField("内容", max_length=600)
    case_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, verbose_name="事项类别")
    verdict = models.CharField("审核结果", max_length=20, choices=Verdict, blank=True)
    reason = models.CharField("不通过的原因", max_length=10, choices=Reason, blank=True)
    is_default = models.BooleanField("作为默认意见", default=False)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    objects = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常用语"
        default_permissions = ()
        ordering = ("office", "title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(office=None, owner__isnull=False) | Q(office__isnull=False, owner=None),
                name="phrase_of_person_or_office",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is edited."""
        return reverse("phrase_edit", args=[self.pk])

    @property
    def holder(self) -> str:
        """Whose it is, in words."""
        return self.office.name if self.office else "本人"
