"""How one person has set up the lists of the desk."""

from django.conf import settings
from django.db import models
from django.urls import reverse

MOST_VIEWS = 30  # of one person


class SavedView(models.Model):
    """A list with its tab, conditions and order, under a name that the person gave it; it has an address of its own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="所属人员"
    )
    name = models.CharField("名称", max_length=30)
    page = models.CharField("列表", max_length=40)  # name of the list's address
    query = models.CharField("条件", max_length=1000, blank=True)  # of that address, without its question mark
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "列表视图"
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="saved_view_one_per_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it opens."""
        return reverse("view_open", args=[self.pk])


class ListColumns(models.Model):
    """Which columns a person has chosen for one of the lists, in the order of the list."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_columns", verbose_name="所属人员"
    )
    page = models.CharField("列表", max_length=40)
    columns = models.JSONField("列", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "列表的列"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["user", "page"], name="list_columns_once_per_list"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.page}"
