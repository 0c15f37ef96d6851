"""A photograph in three sizes: small enough, upright, and nothing in the files but the picture."""

import io

import pytest
from PIL import Image

from records.pictures.sizes import SIZES, boxed, in_srgb, made_of
from tests.catalog.gallery.photos import photo
from tests.records.pictures import drawn

pytestmark = pytest.mark.heavy


def sizes(folder, content):
    lines = drawn.told(folder, content, "sizes")
    made = {size: Image.open(io.BytesIO(made_of(folder, size).read_bytes())) for size in SIZES}
    return lines, made


def test_all_sizes_are_made_and_told_with_their_pixels(tmp_path):
    lines, made = sizes(tmp_path, photo((4000, 3000)))
    assert {line["size"]: (line["width"], line["height"]) for line in lines if "size" in line} == {
        "large": (1600, 1200),
        "page": (960, 720),
        "card": (480, 360),
    }
    assert [(picture.format, picture.size) for picture in made.values()] == [
        ("WEBP", (1600, 1200)),
        ("WEBP", (960, 720)),
        ("WEBP", (480, 360)),
    ]


@pytest.mark.parametrize("size", [(2400, 1600), (900, 2700)])
def test_what_is_hard_to_make_small_stays_within_its_bytes(tmp_path, size):
    _, made = sizes(tmp_path, photo(size, noise=True))
    over = [name for name, (_, most) in SIZES.items() if made_of(tmp_path, name).stat().st_size > most]
    assert over == []
    assert all(max(picture.size) <= SIZES[name][0] for name, picture in made.items())


def test_a_small_one_is_not_made_larger(tmp_path):
    _, made = sizes(tmp_path, photo((300, 200), "PNG"))
    assert {picture.size for picture in made.values()} == {(300, 200)}


def test_it_stands_upright_and_says_nothing_of_the_camera(tmp_path):
    content = photo((1000, 600), turned=True, profile=True)
    assert b"Exif" in content
    _, made = sizes(tmp_path, content)
    card = made["card"].convert("RGB")
    assert card.size == (288, 480)
    top, bottom = card.getpixel((144, 100)), card.getpixel((144, 400))
    assert top[0] > top[2]
    assert bottom[2] > bottom[0]  # left of the camera is up
    assert [set(picture.info) & {"exif", "icc_profile", "xmp"} for picture in made.values()] == [set(), set(), set()]


def test_what_is_no_picture_has_its_word(tmp_path):
    assert drawn.word_of(drawn.told(tmp_path, b"%PDF-1.4 nothing", "sizes")) == "broken"


def test_a_profile_that_is_none_is_left_aside():
    image = Image.new("RGB", (4, 4), (10, 20, 30))
    image.info["icc_profile"] = b"no profile"
    assert in_srgb(image).getpixel((0, 0)) == (10, 20, 30)
    assert boxed(Image.new("L", (2000, 10)), 1000).size == (1000, 5)
