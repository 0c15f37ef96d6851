"""The one storage: it writes into the first place that the settings name, and reads from whichever has the file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible

from records.storing.disk import Disk
from records.storing.kept import Kept

if TYPE_CHECKING:
    from django.core.files.base import File

DISK, BUCKET = "disk", "s3"


@deconstructible
class PaperStore(Storage):
    """Papers, pictures, forms, spreadsheets, exports. It has no paths: no file is expected on the disk of one host."""

    def __init__(self, places: Sequence[str] = (DISK,), bucket: Mapping[str, Any] | None = None) -> None:
        self.names, self.bucket_options = tuple(places), dict(bucket or {})

    @cached_property
    def places(self) -> tuple[Any, ...]:
        """The places, the one that takes what is new first."""
        return tuple(self.place(name) for name in self.names)

    def place(self, name: str) -> Any:
        """One of them. The client of buckets takes 30 MB: nobody loads it whose papers lie on the disk."""
        if name == DISK:
            return Disk()
        return import_module("records.storing.bucket").Bucket(**self.bucket_options)

    def _found(self, ask: Callable[[Any], Any]) -> Any:
        """What the first place says that has the file."""
        for place in self.places[:-1]:
            try:
                return ask(place)
            except FileNotFoundError:
                continue
        try:
            return ask(self.places[-1])
        except FileNotFoundError:
            if len(self.places) == 1:
                raise
        return ask(self.places[0])  # it was moved between the two questions

    def open(self, name: str, mode: str = "rb") -> "File[Any]":
        """The file, to be read as often and from where one likes."""
        return cast("File[Any]", self._found(lambda place: place.open(name, mode)))

    def stream(self, name: str) -> tuple[IO[bytes], int]:
        """The file, to be read once from its begin, in little memory, and its bytes."""
        return cast("tuple[IO[bytes], int]", self._found(lambda place: place.stream(name)))

    def link(self, name: str, *, named: str, content_type: str) -> str:
        """An address of a minute; "" where it lies in a place that gives none."""
        return cast("str", self._found(lambda place: place.link(name, named=named, content_type=content_type)))

    def size(self, name: str) -> int:
        """Its bytes."""
        return cast("int", self._found(lambda place: place.size(name)))

    def get_modified_time(self, name: str) -> datetime:
        """When it was written."""
        return cast("datetime", self._found(lambda place: place.get_modified_time(name)))

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Keep a new file in the first place."""
        return cast("str", self.places[0].save(name, content, max_length))

    def put(self, name: str, content: IO[bytes]) -> None:
        """Keep a file whole under exactly this name in the first place, over one that was kept there."""
        self.places[0].put(name, content)

    def delete(self, name: str) -> None:
        """Take the file away wherever it is, from the last place first.

        Whoever moves it from there looks whether it is there still when its copy stands (`records.storing.moving`).
        """
        for place in reversed(self.places):
            place.delete(name)

    def exists(self, name: str) -> bool:
        """Whether some place has the file; one that is moved meanwhile is in one of them at each moment."""
        return any(place.exists(name) for place in (*self.places, *self.places[:-1]))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and files there, of all places; FileNotFoundError where none has such a folder."""
        found: list[tuple[list[str], list[str]]] = []
        for place in self.places:
            try:
                found.append(place.listdir(path))
            except FileNotFoundError:
                continue
        if not found:
            raise FileNotFoundError(path)
        return sorted({name for one, _ in found for name in one}), sorted({name for _, one in found for name in one})

    def files(self) -> Iterator[Kept]:
        """Every file; one that lies in two places is told once for each of them."""
        for place in self.places:
            yield from place.files()


def paper_store() -> PaperStore:
    """That of the settings."""
    return cast("PaperStore", storages["default"])
