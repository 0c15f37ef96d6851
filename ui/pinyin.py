"""A key by which names stand in the order of their pinyin, the same on every database (ADR 0086)."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from ui.names import as_compared

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField
LONGEST = 400  # characters of a key
AS_SURNAMES = (  # pypinyin gives the commoner reading of each
    "单:shan4 曾:zeng1 解:xie4 仇:qiu2 任:ren2 区:ou1 查:zha1 盖:ge3 朴:piao2 繁:po2 缪:miao4 翟:zhai2 员:yun4 华:hua4 "
    "召:shao4 乐:yue4 牟:mu4 冼:xian3 折:she2 种:chong2 薄:bo2 黑:he4 哈:ha3 过:guo1 那:na1 燕:yan1 於:yu1 相:xiang4 "
    "覃:qin2 宓:mi4 秘:bi4 郇:xun2 逄:pang2 晟:cheng2 佴:nai4 乜:nie4 仉:zhang3 芈:mi3 祭:zhai4"
)
SURNAMES = dict(word.split(":") for word in AS_SURNAMES.split())
COMPOUND = {"尉迟", "单于", "乐正"}  # surnames of two signs, which it reads well
PLACES = {  # names of places that it reads in another way
    "单县": "shan4 xian4",
    "任丘": "ren2 qiu1",
    "任泽": "ren2 ze2",
    "大城县": "dai4 cheng2 xian4",
    "泊头": "bo2 tou2",
    "长治": "chang2 zhi4",
    "洪洞": "hong2 tong2",
    "繁峙": "fan2 shi4",
    "解州": "hai4 zhou1",
    "浚县": "xun4 xian4",
    "珲春": "hun2 chun1",
    "涡阳": "guo1 yang2",
}


class PinyinField(TextColumn):
    """The key of the row's name, kept by every save; it compares bytes on every database.

    person: the name is somebody's, so it begins with a surname.
    """

    def __init__(self, *args: Any, person: bool = False, **kwargs: Any) -> None:
        self.person = person
        fixed = {"max_length": LONGEST, "db_collation": "C", "default": "", "blank": True, "editable": False}
        super().__init__(*args, **kwargs | fixed)

    def deconstruct(self) -> Any:
        """As a migration writes it."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"person": True} if self.person else {})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The key of the name as it stands."""
        name = cast("SortedByName", model_instance).name
        setattr(model_instance, self.attname, sort_key(name, person=self.person))
        return super().pre_save(model_instance, add)


class SortedByName(models.Model):
    """A row with a `name` and its `name_key`."""

    name: Any
    name_key: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the key whenever the name is."""
        if update_fields is not None and "name" in (update_fields := set(update_fields)):
            update_fields.add("name_key")
        super().save(*args, update_fields=update_fields, **kwargs)


def sort_key(name: str, *, person: bool = False) -> str:
    """The key of a name: one word a sign, a syllable with its tone, a letter or a figure; 𠮷, which it cannot read, behind all.

    person: the first sign is a surname, read as one.
    """
    plain = as_compared(name).lower()
    words = [word if word.isascii() else f"~{word}" for word in _read(plain)]
    if person and plain[:1] in SURNAMES and plain[:2] not in COMPOUND:
        words[0] = SURNAMES[plain[0]]
    return " ".join(words)[:LONGEST]


def syllables(text: str) -> list[str]:
    """How the folded text is typed: each character's syllable without its tone, Latin and digits as they are."""
    return [word.rstrip("12345") if len(word) > 1 else word for word in _read(text)]


def _read(name: str) -> list[str]:
    if name.isascii():
        return list(name)
    pypinyin = _reader()
    words: list[str] = pypinyin.lazy_pinyin(name, style=pypinyin.Style.TONE3, neutral_tone_with_five=True, errors=list)
    return words


@cache
def _reader() -> ModuleType:
    """Pypinyin with our places; its tables take a third of a second, so only when a name is first saved."""
    pypinyin, to_tone = import_module("pypinyin"), import_module("pypinyin.contrib.tone_convert").to_tone
    pypinyin.load_phrases_dict({word: [[to_tone(said)] for said in read.split()] for word, read in PLACES.items()})
    return pypinyin
