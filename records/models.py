"""What every case has: a number, a version, a trail that nobody can change, and papers."""

import hashlib
import json
import uuid
from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone
from django_fsm import FSMModelMixin

from records.people import Person
from records.pictures.models import PagePicture, Pictured
from records.states import S, States

__all__ = ["Answer", "Case", "Change", "Document", "Event", "PagePicture", "Pictured", "RemovedPaper", "Trailed"]


def next_number(prefix: str) -> str:
    """Return the next case number, e.g. XQ20260000123: prefix, year of the day in Shanghai, seven digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_case_number')")
        value = cursor.fetchone()[0]
    return f"{prefix}{timezone.localtime():%Y}{value:07d}"


class Trailed(models.Model):
    """What has a trail: every case, and a person or an office whose standing somebody changes."""

    BESIDE: ClassVar[tuple[str, ...]] = ()  # relations that every step reads, fetched once the row is held
    RESTS_ON: ClassVar[tuple[str, ...]] = ()  # relations that are held before the row, the lowest floor first

    events = GenericRelation("records.Event", "case_id", "case_type")

    class Meta:
        abstract = True

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What upper floors have read of the row and keep with it, each under a name of its own."""
        return {}


class Case(FSMModelMixin, Trailed):
    """A thing that moves through a machine; its `state` is changed by `records.steps.take_step` alone."""

    PREFIX: ClassVar[str] = ""
    STATES: ClassVar[States] = {}  # one row a state, in the order of the straight way; what follows is read from it
    LINE: ClassVar[tuple[tuple[str, str], ...]]  # the straight way: (state, label) for 进度
    EDITABLE: ClassVar[frozenset[str]]  # states in which the applicant writes
    DRAFTS: ClassVar[frozenset[str]]  # states in which nothing was handed in yet
    DEAD: ClassVar[frozenset[str]]  # states in which the case is refused or ended
    LOOSE_PAPERS: ClassVar[bool] = False  # whether its papers are named by the case alone, by none of its rows

    state: Any  # each machine's own FSMField
    get_state_display: Any

    number = models.CharField("编号", max_length=24, unique=True, editable=False)
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    documents = GenericRelation("records.Document", "case_id", "case_type")

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read from the rows of a machine which of its states are of which sort."""
        super().__init_subclass__(**kwargs)
        cls.LINE = tuple((state, row.line) for state, row in cls.STATES.items() if row.line)
        cls.EDITABLE = frozenset(state for state, row in cls.STATES.items() if row.editable)
        cls.DRAFTS = frozenset(state for state, row in cls.STATES.items() if row.tone == "draft")
        cls.DEAD = frozenset(state for state, row in cls.STATES.items() if row.dead)

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new case its number."""
        if not self.number:
            self.number = next_number(self.PREFIX)
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Leave out the state: it is guarded against every assignment but an arrow's, and a form does not ask for it."""
        super().clean_fields(exclude={*(exclude or ()), "state"})

    def has_member(self, user: Person) -> bool:
        """Whether the person belongs to whoever has begun the case."""
        raise NotImplementedError

    @property
    def standing(self) -> S:
        """The row of the state in which the case stands."""
        return self.STATES[self.state]

    @property
    def tone(self) -> str:
        """How the state looks: draft, underway, yours, done, refused or ended."""
        return self.standing.tone


class Event(models.Model):
    """One line of the trail. A database trigger refuses UPDATE and DELETE; each line carries the hash of the one before."""

    case_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    case_id = models.PositiveBigIntegerField()
    case = GenericForeignKey("case_type", "case_id")
    sequence = models.PositiveIntegerField("序号")
    step = models.CharField("动作", max_length=40)
    from_state = models.CharField("原状态", max_length=50, blank=True)
    to_state = models.CharField("新状态", max_length=50, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="操作人", related_name="+", db_index=False
    )  # the index by actor and time finds it, too
    office = models.CharField("办理单位", max_length=100, blank=True)
    text = models.TextField("意见或说明", blank=True)
    attachments = models.JSONField("附件摘要", default=list, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)
    previous_hash = models.CharField("前一条摘要", max_length=64, blank=True)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "操作留痕"
        ordering = ("case_type", "case_id", "sequence")
        constraints = (
            models.UniqueConstraint(fields=["case_type", "case_id", "sequence"], name="event_one_line_per_number"),
        )
        indexes = (  # as whoever audits reads it, the latest first; words have one of their own (records/words.py)
            models.Index(fields=["at", "id"], name="event_in_time"),
            models.Index(fields=["actor", "at", "id"], name="event_of_actor"),
            models.Index(fields=["step", "at", "id"], name="event_of_step"),
        )

    def __str__(self) -> str:
        return f"第 {self.sequence} 条（{timezone.localtime(self.at):%Y-%m-%d %H:%M}）"

    def digest(self) -> str:
        """SHA-256 over the line and the hash of the line before it, as 64 hexadecimal digits."""
        content = [
            self.previous_hash,
            self.case_type_id,
            self.case_id,
            self.sequence,
            self.step,
            self.from_state,
            self.to_state,
            self.actor_id,
            self.office,
            self.text,
            self.attachments,
            self.at.isoformat(),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


FOLDER = "documents"  # of the storage


def random_name(document: "Document", _name: str) -> str:
    """Store a paper under a random name; the original one is kept in the row only."""
    name = uuid.uuid4().hex
    document.stored_as = f"{FOLDER}/{name[:2]}/{name}"
    return document.stored_as


LOCKED = "发放方限制编辑，可以正常查看"
PLACELESS = "已去除拍摄位置"


class Document(models.Model):
    """A paper that passed the checks of `records.uploads`; whoever may see its case may read it."""

    stored_as = ""  # where the file is being written, so that half of one can be taken away

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField("文件", upload_to=random_name, max_length=100)
    name = models.CharField("文件名", max_length=255)
    content_type = models.CharField("类型", max_length=60)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)  # of what is kept
    received_sha256 = models.CharField("收到时的 SHA-256", max_length=64)  # of what came: positions have been taken out
    is_locked = models.BooleanField("发放方限制编辑", default=False)  # everybody reads it
    dropped_at = models.DateTimeField("移除时间", null=True, blank=True)  # nothing of its case names it any more
    purpose = models.CharField("用途", max_length=40, blank=True)
    case_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True)
    case_id = models.PositiveBigIntegerField(null=True, blank=True)
    case = GenericForeignKey("case_type", "case_id")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    created_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "材料"
        ordering = ("created_at",)
        indexes = (models.Index(fields=["case_type", "case_id"]),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a browser shows it as a picture."""
        return self.content_type.startswith("image/")

    @property
    def remarks(self) -> list[str]:
        """What whoever reads it should know of the paper."""
        changed = self.received_sha256 not in {"", self.sha256}
        return [words for told, words in ((self.is_locked, LOCKED), (changed, PLACELESS)) if told]


class RemovedPaper(models.Model):
    """A paper that nothing named any more and that `records.retention` has removed: what it was, and when it went."""

    paper = models.UUIDField("材料编号", unique=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    content_type = models.CharField("类型", max_length=60)
    size = models.PositiveBigIntegerField("大小（字节）")
    purpose = models.CharField("用途", max_length=40, blank=True)
    case_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, verbose_name="事项类型")
    case_id = models.PositiveBigIntegerField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("清理时间", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "已清理的材料"
        ordering = ("-removed_at",)

    def __str__(self) -> str:
        return f"{self.paper}"

    @classmethod
    def of(cls, paper: Document) -> "RemovedPaper":
        """The row that stays of a paper; its name, which may tell of a person, does not."""
        kept = {name: getattr(paper, name) for name in ("sha256", "content_type", "size", "purpose", "case_id")}
        return cls(
            paper=paper.pk,
            case_type_id=paper.case_type_id,
            uploaded_by_id=paper.created_by_id,
            uploaded_at=paper.created_at,
            **kept,
        )


class Change(models.Model):
    """What somebody has typed into a case: the version that came of it, and what was done in words (`records/changes.py`)."""

    case_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    case_id = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField("版本")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="修改人", related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    what = models.JSONField("修改内容", default=dict)  # name of the field or row → 修改了开户行
    before = models.JSONField("原内容摘要", default=dict)  # name of the field → digest of the answer that it had

    class Meta:
        verbose_name = verbose_name_plural = "填写记录"
        ordering = ("case_type", "case_id", "version")
        constraints = (
            models.UniqueConstraint(fields=["case_type", "case_id", "version"], name="change_one_per_version"),
        )

    def __str__(self) -> str:
        return f"第 {self.version} 版"


class Answer(models.Model):
    """A POST that was carried out, and what was answered; kept for a day, in case the answer did not arrive (`records/once.py`)."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="提交人", related_name="+")
    status = models.PositiveSmallIntegerField("状态码", default=0)  # 0: the answer is not known yet
    headers = models.JSONField("标头", default=dict)
    body = models.BinaryField("正文", default=b"")
    created_at = models.DateTimeField("时间", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "已办理的提交"

    def __str__(self) -> str:
        return self.digest[:8]
