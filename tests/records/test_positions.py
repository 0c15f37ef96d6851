"""Where a picture was taken goes, byte for byte in its place; everything else of the file stays as it came."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from records.scans import scan
from tests.records import papers

TIANJIN = {1: "N", 2: (39.0, 7.0, 12.5), 3: "E", 4: (117.0, 12.0, 3.25)}
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dji="http://www.dji.com/" '
    b'exif:GPSLatitude="39,7.208N" dji:GpsLongtitude="117.2009" exif:Flash="7">'
    b"<exif:GPSLongitude>117,12.054E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>"
)
MARKS = (b"39,7.208N", b"117.2009", b"117,12.054E")
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+39.1200+117.2009/"


def exif_of():
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Example", 6
    exif[GPS] = TIANJIN
    return exif


def photograph(form="JPEG", **options):
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(out, form, exif=exif_of(), **options)
    return out.getvalue()


def two_pictures():
    out = io.BytesIO()
    first, second = (Image.linear_gradient("L").resize((40, 30)).convert("RGB") for _ in range(2))
    second.encoderinfo = {"exif": exif_of()}
    first.save(out, "MPO", save_all=True, append_images=[second], exif=exif_of())
    return out.getvalue()


def png_of(text):
    info = PngImagePlugin.PngInfo()
    text(info)
    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def kept_of(content):
    return scan(content).proof.kept


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_photograph_keeps_its_pixels_and_its_orientation_and_loses_its_place(form):
    before, kept = photograph(form), kept_of(photograph(form))
    assert dict(opened(before).getexif().get_ifd(GPS))
    exif = opened(kept).getexif()
    assert (dict(exif.get_ifd(GPS)), GPS in exif) == ({}, False)
    assert (exif[ORIENTATION], exif[MAKER]) == (6, "Example")
    assert opened(kept).tobytes() == opened(before).tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_nothing_of_the_place_is_left_in_the_bytes(form):
    degrees = struct.pack(">II", 117, 1)
    assert (degrees in photograph(form), degrees in kept_of(photograph(form))) == (True, False)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_no_byte_moves(form):
    assert len(kept_of(photograph(form))) == len(photograph(form))


def test_every_picture_of_a_file_of_two_loses_its_place():
    kept = opened(kept_of(two_pictures()))
    assert kept.n_frames == 2
    for frame in range(2):
        kept.seek(frame)
        assert GPS not in kept.getexif()


def test_a_description_loses_its_places_and_nothing_else():
    kept = kept_of(photograph(xmp=XMP))
    assert not any(mark in kept for mark in MARKS)
    assert b'exif:Flash="7"' in kept
    assert len(kept) == len(photograph(xmp=XMP))


def test_the_film_of_a_motion_photo_loses_its_place():
    kept = kept_of(photograph() + FILM)
    assert b"+39.1200" not in kept
    assert kept.endswith(b"\0\0\0\x1efree" + bytes(22))


@pytest.mark.parametrize("packed", [False, True])
def test_the_description_of_a_png_loses_its_places(packed):
    content = png_of(lambda info: info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=packed))
    text = opened(kept_of(content)).text["XML:com.adobe.xmp"]
    assert not any(mark.decode() in text for mark in MARKS)
    assert 'exif:Flash="7"' in text


def test_positions_in_the_text_of_a_png_go_with_it():
    raw = b"Exif\0\0" + exif_of().tobytes().removeprefix(b"Exif\0\0")
    profile = f"\nexif\n    {len(raw)}\n{raw.hex()}\n"
    content = png_of(lambda info: info.add_text("Raw profile type exif", profile, zip=True))
    assert "Raw profile type exif" not in opened(kept_of(content)).text


@pytest.mark.parametrize(
    "content",
    [papers.image("JPEG"), papers.image("PNG"), png_of(lambda info: info.add_text("Title", "GPS")), papers.pdf()],
    ids=["jpg", "png", "text", "pdf"],
)
def test_what_tells_no_place_is_kept_as_it_came(content):
    assert kept_of(content) is None


@pytest.mark.parametrize("order", ["little", "big"])
def test_a_directory_that_leads_astray_is_left_alone(order):
    head = b"II*\0" if order == "little" else b"MM\0*"
    number = {"little": lambda v, n: v.to_bytes(n, "little"), "big": lambda v, n: v.to_bytes(n, "big")}[order]
    wrong = head + number(8, 4) + number(1, 2) + number(GPS, 2) + number(4, 2) + number(1, 4) + number(2**31, 4)
    segment = b"Exif\0\0" + wrong + bytes(4)
    jpeg = papers.image("JPEG")
    content = jpeg[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + jpeg[2:]
    kept = kept_of(content)
    assert len(kept) == len(content)
    assert opened(kept).size == (40, 30)


def test_a_checksum_is_true_again():
    kept = kept_of(photograph("PNG"))
    place = kept.index(b"eXIf")
    length = int.from_bytes(kept[place - 4 : place], "big")
    assert zlib.crc32(kept[place : place + 4 + length]) == int.from_bytes(kept[place + 4 + length :][:4], "big")
