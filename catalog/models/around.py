"""What people make of the mall: services that they keep in sight."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from catalog.models.mall import Product
from catalog.models.shelf import Shelf


class FavouriteQuerySet(models.QuerySet[Any]):
    """Reading rules of favourites."""

    def with_standing(self) -> Self:
        """Each with whether its service can be ordered now, and with what its row shows."""
        on_shelf = models.Exists(Shelf.objects.filter(product=models.OuterRef("product_id")))
        faces = "product__provider__laboratory__batch", "product__category"
        return self.select_related(*faces).annotate(is_on_shelf=on_shelf)


class Favourite(models.Model):
    """收藏: a service that one person keeps in sight, with what it cost when he did."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="收藏人")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name="服务产品")
    price = models.DecimalField("收藏时的参考价格（元）", max_digits=12, decimal_places=2)  # yuan
    added_at = models.DateTimeField("收藏时间", default=timezone.now)

    is_on_shelf: bool  # where the list has asked

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "收藏的服务"
        default_permissions = ()
        ordering = ("-added_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["user", "product"], name="favourite_once_per_person"),)
        indexes = (models.Index(fields=["user", "-added_at"], name="favourite_latest"),)

    def __str__(self) -> str:
        return str(self.product)

    @property
    def change_words(self) -> str:
        """What is new since it was kept in sight; "" where nothing is."""
        if not self.is_on_shelf:
            return "暂停接单" if self.product.pause_words else "已下架"
        if self.product.price == self.price:
            return ""
        return "降价" if self.product.price < self.price else "涨价"


class SeenProduct(models.Model):
    """最近看过: one of the last services that a person has read; a visitor's stand in his session alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="看的人")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name="服务产品")
    seen_at = models.DateTimeField("看的时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "最近看过的服务"
        default_permissions = ()
        ordering = ("-pk",)
        indexes = (models.Index(fields=["user", "-id"], name="seen_latest"),)

    def __str__(self) -> str:
        return str(self.product)


class SeenCount(models.Model):
    """How often a service was read, by whomever; written in batches (catalog/mall/seeing.py)."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="+", verbose_name="服务产品")
    times = models.BigIntegerField("浏览次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "浏览次数"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.product} {self.times}"
