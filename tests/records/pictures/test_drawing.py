"""The child draws what a page shows, within its bounds, and says in a word why where it does not."""

import pytest
from PIL import Image

from records.pictures import child, drawing
from records.pictures.drawer import Drawer, a_drawer, close_all
from tests.records import makers, papers
from tests.records.pictures import drawn

pytestmark = pytest.mark.heavy


def test_a_page_is_drawn_twice_and_the_first_one_first(tmp_path):
    lines = drawn.told(tmp_path, drawn.pdf(3), "pdf", [1, 2])
    order = [next(iter(line)) for line in lines]
    assert order == ["pages", "begin", "page", "begin", "page", "zoom", "zoom", "word", "end"]
    assert (lines[0]["pages"], lines[2]["width"], lines[2]["height"]) == (3, 600, 850)
    small, large = drawn.picture(tmp_path), drawn.picture(tmp_path, zoom=True)
    assert (small.size, large.size) == ((600, 850), (1601, 2265))
    assert [drawn.dark(small, x, 0.5) for x in (0.2, 0.8)] == [True, False]
    assert not drawing.file_of(tmp_path, 3).exists()


def test_what_is_typed_into_a_form_is_drawn(tmp_path):
    drawn.told(tmp_path, drawn.filled_form(), "pdf")
    assert drawn.dark(drawn.picture(tmp_path), 0.5, 0.5)


def named(value):
    """A test's name tells no bytes: a package holds the time at which it was made."""
    return "file" if isinstance(value, bytes) else None


@pytest.mark.parametrize(("size", "seen"), [((595, 59500), (24, 2400)), ((5950, 60), (600, 6))])
def test_a_page_of_no_usual_shape_stays_within_its_size(tmp_path, size, seen):
    drawn.told(tmp_path, drawn.pdf(size=size), "pdf")
    assert drawn.picture(tmp_path).size == pytest.approx(seen, abs=1)


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (b"%PDF-1.7 nothing else", "pdf", "broken"),
        (makers.encrypted(user="geheim"), "pdf", "broken"),
        (b"\x89PNG\r\n\x1a\n", "image", "broken"),
        (papers.image("JPEG", (900, 900))[:2_000], "image", "broken"),
        (drawn.png((20_000, 20_000), 0, "L"), "image", "broken"),
        (b"<a><b></a>", "xml", "broken"),
        (b"<!DOCTYPE a><a/>", "xml", "broken"),
        (papers.package({"OFD.xml": "<a>"}), "ofd", "broken"),
        (papers.package({"other.xml": "<a/>"}), "ofd", "broken"),
        (papers.package({"OFD.xml": "<a/>"})[:40], "ofd", "broken"),
        (b"<a>" + b" " * 9_000_000 + b"</a>", "xml", "heavy"),
        (b"<a>" * 3_000 + b"</a>" * 3_000, "xml", "broken"),
    ],
    ids=named,
)
def test_what_cannot_be_drawn_has_its_word(tmp_path, content, kind, word):
    assert drawn.word_of(drawn.told(tmp_path, content, kind)) == word


@pytest.fixture
def tight(monkeypatch):
    """Drawers whose children may take one second and 100 MB."""
    bounds = "child.SECONDS, child.MEMORY = 1, 100 * 1024 * 1024"
    code = f"from records.pictures import child; {bounds}; child.warm()\nfor job in child.sys.stdin: child.forked(child.json.loads(job))"
    monkeypatch.setattr("records.pictures.drawer.COMMAND", (child.sys.executable, "-c", code))
    close_all()
    yield
    close_all()


def test_a_picture_that_takes_too_much_memory_ends_its_own_job_alone(tmp_path, tight):
    lines = drawn.told(tmp_path, makers.png_of(6_000, 6_000, 8, 2), "image")
    assert drawn.word_of(lines) in {"heavy", "killed"}
    assert lines[-1]["most"] < 140 * 1024 * 1024
    assert drawn.word_of(drawn.told(tmp_path, drawn.pdf(), "pdf")) == ""


def test_a_page_that_takes_too_long_is_named(tmp_path, tight):
    lines = drawn.told(tmp_path, drawn.endless(), "pdf")
    assert [line for line in lines if "begin" in line or "page" in line] == [{"begin": 1}]
    assert drawn.word_of(lines) == "killed"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (drawn.png((100, 50), drawn.BLACK), True),
        (drawn.png((100, 50), (0, 0, 0, 0), "RGBA"), False),  # transparent: white
        (drawn.png((100, 50), 40_000, "I;16"), False),
        (drawn.png((100, 50), 900, "I;16"), True),
        (drawn.png((100, 50), 0, "1"), True),
        (drawn.png((100, 50), (255, 255, 255, 255), "CMYK", "JPEG"), True),
    ],
    ids=named,
)
def test_a_picture_of_any_sort_is_seen_as_it_is(tmp_path, content, shown):
    drawn.told(tmp_path, content, "image")
    seen = drawn.picture(tmp_path)
    assert (seen.size, drawn.dark(seen, 0.5, 0.5)) == ((100, 50), shown)
    assert not drawing.file_of(tmp_path, 1, zoom=True).exists()


def test_a_photograph_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    drawn.told(tmp_path, drawn.png((3000, 2000), drawn.BLACK, form="JPEG", exif=exif), "image")
    assert (drawn.picture(tmp_path).size, drawn.picture(tmp_path, zoom=True).size) == ((600, 900), (1600, 2400))


def test_a_picture_full_of_detail_gives_up_sharpness_for_its_size(tmp_path):
    noise = Image.effect_noise((300, 400), 100).convert("RGB")
    for name, most in (("sharp", 0), ("plain", 1_000_000), ("least", 1)):
        drawing.written(noise, tmp_path / name, most=most)
    sizes = [(tmp_path / name).stat().st_size for name in ("sharp", "plain", "least")]
    assert sizes[0] == sizes[1] > sizes[2]


def test_a_child_that_has_died_is_started_anew(tmp_path):
    assert drawn.told(tmp_path, drawn.pdf(), "pdf")[-1]["end"] == 0
    with a_drawer() as drawer:
        drawer.process.kill()
        drawer.process.wait()
    assert drawn.told(tmp_path, drawn.pdf(), "pdf")[-1]["end"] == 0


def test_a_job_that_nobody_hears_to_its_end_leaves_nothing_to_the_next(tmp_path):
    with a_drawer() as drawer:
        (tmp_path / "paper").write_bytes(drawn.pdf(4))
        lines = drawer.draw(tmp_path / "paper", "pdf", [1, 2, 3, 4])
        next(lines)
        lines.close()
    assert drawn.told(tmp_path, drawn.pdf(2), "pdf")[0] == {"pages": 2}


def test_a_child_that_dies_at_its_work_is_told_as_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("records.pictures.drawer.COMMAND", (child.sys.executable, "-c", "input()"))
    drawer = Drawer()
    assert list(drawer.draw(tmp_path, "pdf", [1])) == [{"end": -1, "cpu": 0.0, "most": 0}]
    monkeypatch.setattr("records.pictures.drawer.COMMAND", (child.sys.executable, "-c", ""))
    drawer._lines()[1].read()  # it has ended before it was given a job
    assert list(drawer.draw(tmp_path, "pdf", [1]))[-1]["end"] == -1
    close_all()
