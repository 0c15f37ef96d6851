"""Static files, as production keeps them."""

import re
from pathlib import Path

from django.core.files.base import ContentFile

from ui.static import NamedOnceStorage

SHEETS = Path("static/css")
COLUMNS = re.compile(r"grid-template-columns:([^;}]*)")
BOUNDED = re.compile(r"minmax\((?:[^()]|\([^()]*\))*\)")


def test_whoever_collects_the_files_the_server_s_user_reads_them(tmp_path, settings):
    """The image collects them as root and serves them as somebody else; papers are 0640."""
    settings.STATIC_ROOT = tmp_path
    name = NamedOnceStorage().save("looks.css", ContentFile(b"body { margin: 0 }"))
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o644


def bare_fractions(sheet):
    """The grids of a sheet in which a column may not be narrower than its longest word: `1fr` that stands in no minmax()."""
    grids = COLUMNS.findall(sheet)
    return [grid for grid in grids if re.search("[0-9]fr", BOUNDED.sub("", grid))]


def test_no_column_of_a_grid_is_squashed_by_its_neighbour():
    assert bare_fractions("a { grid-template-columns: 1fr 1fr; } b { grid-template-columns: minmax(0, 1fr) 9em; }") == [
        " 1fr 1fr"
    ]
    assert {path.name: found for path in SHEETS.glob("*.css") if (found := bare_fractions(path.read_text()))} == {}
