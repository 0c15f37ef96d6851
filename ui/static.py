"""The addresses of static files: each is worked out once, as no process sees two editions of a file."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from ui.bundles import all_of

UNREAD = "map"  # of whoever looks for faults in the scripts of others: not worth the packing


class NamedOnceStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, as whitenoise keeps them; read by the server's user, whoever has collected them."""

    file_permissions_mode = 0o644  # papers are for their owner and group alone (FILE_UPLOAD_PERMISSIONS)

    def __init__(self) -> None:
        super().__init__()
        self.named: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; raises ValueError for one that is not there."""
        if name not in self.named:
            self.named[name] = str(super().url(name, force))
        return self.named[name]

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """First join what belongs together, then name and pack everything."""
        if not dry_run:
            for name, text in all_of(partial(_text, paths)).items():
                self.delete(name)
                self.save(name, ContentFile(text.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Whitenoise's own, which leaves pictures and fonts as they are, and these, too."""
        left = (*Compressor.SKIP_COMPRESS_EXTENSIONS, UNREAD)
        return super().create_compressor(**{**kwargs, "extensions": left})


def _text(paths: Mapping[str, Any], name: str) -> str:
    """A file as it was written, of those that are collected."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
