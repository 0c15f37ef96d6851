"""Photographs that everybody sees: of a product, of an institution's site, its mark. The files are made by a worker."""

import hashlib
from typing import Any, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Duty, UnitMember
from catalog.models.mall import Product, Provider
from records.models import Document
from records.people import Person
from records.pictures.sizes import SIZES

FOLDER = "gallery"  # of the storage
RECIPE = "1"  # how the sizes are made: another one gives other addresses, and all is made anew
KEY = 32  # characters
TRIES = 5  # after which a picture that no worker could make is taken for broken


class PictureQuerySet(models.QuerySet[Any]):
    """Reading rules of pictures."""

    def visible_to(self, user: Person) -> Self:
        """Whose keeper the person is: this is asked for the paper that the picture came as, which is for nobody else."""
        if user.duty == Duty.CATALOG:
            return self
        member = UnitMember.objects.filter(user=user)
        return self.filter(
            Q(Exists(member.filter(unit=OuterRef("product__provider__unit"))))
            | Q(Exists(member.filter(unit=OuterRef("provider__unit"))))
        )

    def made(self) -> Self:
        """Those that can be shown."""
        return self.filter(made_at__isnull=False)

    def waiting(self) -> Self:
        """Those that a worker has still to make."""
        return self.filter(made_at=None, trouble="")


class Made(models.Model):
    """What everybody sees of a photograph: sizes that a worker makes of the paper that it came as."""

    class Trouble(models.TextChoices):
        """Why there is nothing to show."""

        HEAVY = "heavy", "图片太大或太复杂"
        BROKEN = "broken", "图片读不出来"

    paper = models.OneToOneField(Document, models.PROTECT, related_name="+", verbose_name="原图")
    key = models.CharField("地址", max_length=KEY, unique=True)  # of what is shown; another paper has another one
    width = models.PositiveSmallIntegerField("宽（像素）", default=0)  # of the largest size
    height = models.PositiveSmallIntegerField("高（像素）", default=0)
    trouble = models.CharField("问题", max_length=8, choices=Trouble, blank=True)
    tries = models.PositiveSmallIntegerField("生成次数", default=0)
    asked_at = models.DateTimeField("上传时间", default=timezone.now)
    made_at = models.DateTimeField("生成时间", null=True, blank=True)

    class Meta:
        abstract = True


class Picture(Made):
    """One photograph, in its order among those of its owner; the first of a product is its main one."""

    class Role(models.TextChoices):
        """What it is a picture of."""

        PRODUCT = "product", "产品图片"
        LOGO = "logo", "机构标志"
        SITE = "site", "现场照片"

    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="服务产品",
        db_index=False,
    )
    provider = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="服务机构",
        db_index=False,
    )
    role = models.CharField("用途", max_length=8, choices=Role)
    place = models.PositiveSmallIntegerField("次序")
    alt = models.CharField("图片说明", max_length=60, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "图片"
        default_permissions = ()
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(product__isnull=False, provider__isnull=True, role="product")
                | Q(product__isnull=True, provider__isnull=False, role__in=["logo", "site"]),
                name="picture_of_one_thing",
            ),
            models.UniqueConstraint(fields=["provider"], condition=Q(role="logo"), name="picture_one_logo"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(width__gt=0, height__gt=0), name="picture_made_has_size"
            ),
        )
        indexes = (
            models.Index(
                fields=["product", "place", "id"], condition=Q(product__isnull=False), name="picture_of_product"
            ),
            models.Index(
                fields=["provider", "place", "id"], condition=Q(provider__isnull=False), name="picture_of_provider"
            ),
            models.Index(fields=["asked_at"], condition=Q(made_at=None, trouble=""), name="picture_waiting"),
        )

    def __str__(self) -> str:
        return self.alt or f"{self.get_role_display()} {self.place + 1}"

    @property
    def owner(self) -> Product | Provider:
        """What it is a picture of."""
        owner: Any = self.product or self.provider  # one of them, as the table holds
        return cast("Product | Provider", owner)

    @property
    def words(self) -> str:
        """What is read of it where it cannot be seen."""
        return (
            self.alt or f"{self.owner} {self.get_role_display()}{'' if self.role == self.Role.LOGO else self.place + 1}"
        )


def key_of(paper: Document) -> str:
    """The key of what is made of a paper: it cannot be guessed, and what stands behind it never changes."""
    return hashlib.sha256(f"{RECIPE}:{paper.pk}:{paper.sha256}".encode()).hexdigest()[:KEY]


def file_of(key: str, size: str) -> str:
    """The name of a made size in the storage."""
    return f"{FOLDER}/{key[:2]}/{key}-{size}.webp"


def fitted(width: int, height: int, size: str) -> tuple[int, int]:
    """How wide and high a picture of these pixels is shown in this size."""
    scale = min(1.0, SIZES[size][0] / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
