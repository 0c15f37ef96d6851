"""A setting may stand in a file of its own: NAME_FILE names it, as compose's secrets do. Read by the settings, before Django is there."""

from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping


class Lines(FileAwareMapping):
    """The environment, and what stands in files, without the end of line that an editor puts behind it."""

    def __getitem__(self, key: str) -> str:
        """The setting; FileNotFoundError where its file is not there."""
        return str(super().__getitem__(key)).rstrip("\r\n")


class FileEnv(FileAwareEnv):
    """What the settings read."""

    ENVIRON = Lines()
