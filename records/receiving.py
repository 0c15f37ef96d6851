"""A large upload lies on the disk while it is received: where the disk takes no more, the rest of the form is read all the same."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

NAMES = "tten.unreceived"  # in request.META


def unreceived(request: HttpRequest) -> list[str]:
    """The names of the files that this request brought and the disk did not take."""
    return list(request.META.get(NAMES, ()))


class DiskHandler(TemporaryFileUploadHandler):
    """Django's own, but a full disk costs the file alone: what stands before and after it in the form is kept."""

    def new_file(self, *given: Any, **named: Any) -> None:
        """Open the file on the disk; SkipFile where it takes none."""
        with self._noted():
            super().new_file(*given, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; SkipFile where the disk is full."""
        with self._noted():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """The whole file; None where its last piece found no room."""
        with suppress(SkipFile), self._noted():
            return super().file_complete(file_size)
        return None

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except OSError as trouble:
            if self.request is not None:
                self.request.META.setdefault(NAMES, []).append(self.file_name)
            self._let_go()
            raise SkipFile from trouble

    def _let_go(self) -> None:
        """Close the file, whose last bytes may find no room either; the parser would close it once more."""
        file = self.__dict__.pop("file", None)
        if file is not None:
            with suppress(OSError):
                file.close()
