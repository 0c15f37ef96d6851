"""Pictures of docs/screens/: small, and true in colour."""

import pytest
from PIL import Image, ImageDraw

from tten.local.screens import COLOURS, FOLDER, LARGEST, SHOTS, small

pytestmark = pytest.mark.heavy
ORANGE, BLUE = (0xC7, 0x42, 0x0A), (0x15, 0x54, 0xB5)


def page():
    """A tall page with every shade of grey and blue, one large field, and a small orange mark."""
    picture = Image.new("RGB", (390, 3000), "white")
    draw = ImageDraw.Draw(picture)
    for y in range(1000):
        draw.line([(0, y), (390, y)], fill=(y % 256, (y * 3) % 256, 128 + y % 128))
    draw.rectangle([0, 1000, 390, 2000], fill=BLUE)
    draw.rectangle([10, 2010, 50, 2026], fill=ORANGE)
    return picture


def far(seen, meant):
    return max(abs(one - other) for one, other in zip(seen, meant, strict=True))


def test_the_orange_of_the_mark_stays_orange():
    picture = small(page(), halved=False)
    shown = picture.convert("RGB")
    assert len(picture.getcolors()) <= COLOURS
    assert (far(shown.getpixel((20, 2018)), ORANGE), far(shown.getpixel((20, 1500)), BLUE)) < (9, 9)


def test_a_wide_page_is_halved_and_a_tall_one_cut():
    assert small(page(), halved=False).size == (390, 2400)
    assert small(page(), halved=True).size == (195, 1200)


def test_every_picture_is_one_that_is_taken_and_none_is_large():
    named = {f"{shot.name}-{width}.png" for shot in SHOTS for width in (1440, 390)}
    assert {path.name for path in FOLDER.glob("*.png")} == named
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LARGEST] == []
