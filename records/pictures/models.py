"""What the worker has made of a paper's content: papers with the same bytes share it."""

from django.db import models
from django.utils import timezone

FOLDER = "pictures"  # of the storage
HEAVY, BROKEN, UNSHOWN = "heavy", "broken", "unshown"


class Pictured(models.Model):
    """The content of a paper, by its hash: how many pages it has as pictures, and whether its data is a table."""

    class Trouble(models.TextChoices):
        """Why there is no picture."""

        HEAVY = HEAVY, "太大或太复杂"
        BROKEN = BROKEN, "读不出来"
        UNSHOWN = UNSHOWN, "没有版面图像"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    pages = models.PositiveIntegerField("页数", null=True)  # None: nobody has looked yet
    table = models.BooleanField("有数据表", default=False)
    trouble = models.CharField("问题", max_length=8, choices=Trouble, blank=True)
    begun_at = models.DateTimeField("开始时间", null=True)  # while a worker is at it
    made_at = models.DateTimeField("生成时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "材料图像"

    def __str__(self) -> str:
        return self.sha256[:8]

    @property
    def folder(self) -> str:
        """Where its files lie in the storage."""
        return folder_of(self.sha256)


class PagePicture(models.Model):
    """One page that was drawn, or could not be."""

    of = models.ForeignKey(Pictured, models.CASCADE, related_name="pictures", verbose_name="材料图像")
    number = models.PositiveIntegerField("页码")
    width = models.PositiveIntegerField("宽（像素）", default=0)  # 0: there is no picture
    height = models.PositiveIntegerField("高（像素）", default=0)
    trouble = models.CharField("问题", max_length=8, choices=Pictured.Trouble, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "材料页面"
        constraints = (models.UniqueConstraint(fields=["of", "number"], name="picture_one_per_page"),)

    def __str__(self) -> str:
        return f"第 {self.number} 页"


def folder_of(sha256: str) -> str:
    """The folder of the storage for what is made of this content."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def file_of(sha256: str, number: int, *, zoom: bool = False) -> str:
    """The name of a page's picture in the storage."""
    return f"{folder_of(sha256)}/{number}{'-zoom' if zoom else ''}.webp"


def table_of(sha256: str) -> str:
    """The name of the table in the storage."""
    return f"{folder_of(sha256)}/table.json"
