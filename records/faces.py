"""Which faces a paper is read and drawn with that brings none of its own: the machine's, else those of the printed papers.

pdfium knows the text of such a paper, but takes a sign without a glyph for nothing where it stands alone, and draws a blank. A host
need have no Chinese font; the image of production has none (ADR 0198). Knows no Django: the children call it before all else.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path

import pypdfium2.raw as pdfium

OWN = Path(__file__).resolve().parents[1] / "ui" / "fonts"
MACHINES = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)  # as pdfium looks
CONFIGURATION = 2  # version of pdfium's structure that has the folders
_kept: list[object] = []  # what pdfium points at


def lend_faces(machines: Sequence[str] = MACHINES) -> None:
    """Start pdfium anew with these folders of faces and our own; before the first document of the process is opened."""
    folders = [ctypes.create_string_buffer(str(folder).encode()) for folder in (*machines, OWN)]
    named = (ctypes.POINTER(ctypes.c_char) * (len(folders) + 1))(
        *(ctypes.cast(folder, ctypes.POINTER(ctypes.c_char)) for folder in folders)
    )
    _kept[:] = [folders, named]
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=CONFIGURATION, m_pUserFontPaths=named))
