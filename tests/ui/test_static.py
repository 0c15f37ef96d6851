"""Static files, as production keeps them."""

from django.core.files.base import ContentFile

from ui.static import NamedOnceStorage


def test_whoever_collects_the_files_the_server_s_user_reads_them(tmp_path, settings):
    """The image collects them as root and serves them as somebody else; papers are 0640."""
    settings.STATIC_ROOT = tmp_path
    name = NamedOnceStorage().save("looks.css", ContentFile(b"body { margin: 0 }"))
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o644
