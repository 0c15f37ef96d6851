"""The addresses of static files: each is worked out once, as no process sees two editions of a file."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


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
