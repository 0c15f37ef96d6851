"""Papers as PDF: equal content gives equal bytes, with our own fonts embedded (domain.md §6.4).

WeasyPrint is imported at the first print: it takes a second and needs system libraries that the rest of the site
does not. Pango is not safe in threads, so one process prints one paper at a time.
"""

import gc
import hashlib
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from ui.fonts import FACES, FOLDER, own_fonts, with_boxes
from ui.marks import Drawing, drawer_of
from ui.markup import paper_of

VARIANT = "pdf/a-2a"  # for archives, with the structure that screen readers need
FAMILIES = tuple(f"TTEN-{face}.ttf" for face in FACES)
CALL = "请稍后再试，急用请联系技术支持。"  # what is to be installed stands on the page 运行情况

_one_at_a_time = Lock()


def pdf_ready() -> str:
    """Return "" when papers can be printed, else a sentence for whoever wants one."""
    if missing := [name for name in FAMILIES if not (FOLDER / name).exists()]:
        return f"服务器缺少打印字体（{'、'.join(missing)}），暂时不能导出 PDF，其他事项照常办理。{CALL}"
    if not _libraries_ready():
        return f"服务器缺少生成 PDF 所需的系统组件，暂时不能导出，其他事项照常办理。{CALL}"
    return ""


@cache
def _libraries_ready() -> bool:
    """Whether Pango is there, and the cutter without which one page takes up to 24 seconds."""
    try:
        from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - see the module's docstring
    except (OSError, DeprecationWarning):
        return False
    return harfbuzz_subset is not None


def print_pdf(template: str, context: Mapping[str, object], *, mark: str, marks: Drawing | None = None) -> bytes:
    """Return the template, with the style of the same name beside it, as PDF/A.

    RuntimeError with pdf_ready()'s sentence where it cannot be made.

    mark: what tells this paper's content from every other's; the PDF's identifier comes from it, so that it is no chance.
    marks: what is drawn on the finished pages.
    """
    if sentence := pdf_ready():
        raise RuntimeError(sentence)
    html = with_boxes(render_to_string(template, dict(context)))
    identifier = hashlib.sha256(mark.encode()).hexdigest()[:32].encode()
    with _one_at_a_time, warnings.catch_warnings(), without_collector():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile to be closed by chance
        document, style, fonts = _printer(template)
        pdf: bytes = document(html).write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant=VARIANT,
            pdf_identifier=identifier,
            finisher=drawer_of(marks) if marks else None,
        )
    return pdf


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the collector of cycles rest: of the hundred thousands of boxes that a layout makes none is garbage before it ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _printer(template: str) -> tuple[Callable[[str], Any], Any, Any]:
    """Return the maker of documents, the parsed style of the paper and the fonts, once per process."""
    with own_fonts():
        from weasyprint import CSS  # noqa: PLC0415 - see the module's docstring
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        fetcher = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
        fonts = FontConfiguration()
        text = (Path(settings.BASE_DIR) / "templates" / template).with_suffix(".css").read_text(encoding="utf-8")
        style = CSS(string=text, font_config=fonts, url_fetcher=fetcher)

    def document(html: str) -> Any:
        return paper_of(html, fetcher)

    return document, style, fonts
