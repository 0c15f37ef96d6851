"""A photograph that the public looks at, upright and small, in three sizes. Runs in the child alone."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageCms

from records.pictures.drawing import FORMATS, Tell, plain, smaller

CARD, PAGE, LARGE = "card", "page", "large"
SIZES = {  # name → (pixels of its longer side, bytes at most)
    LARGE: (1600, 400_000),
    PAGE: (960, 120_000),
    CARD: (480, 25_000),
}
QUALITIES = (80, 65, 50, 35)  # of WebP, until it is small enough
SHRINK = 0.8  # where that does not do


def made_of(folder: Path, size: str) -> Path:
    """Where the child puts the picture of this size."""
    return folder / f"{size}.webp"


def draw_sizes(paper: str, _wanted: Sequence[int], tell: Tell) -> None:
    """Draw the photograph in all sizes, the largest first."""
    path = Path(paper)
    with Image.open(io.BytesIO(path.read_bytes()), formats=FORMATS) as image:
        image.draft("RGB", (SIZES[LARGE][0] * 2,) * 2)  # a JPEG is opened no larger than is needed
        picture = plain(in_srgb(smaller(image)))
    for size, (longest, most) in SIZES.items():
        picture = boxed(picture, longest)
        drawn = written(picture, made_of(path.parent, size), most)
        tell(size=size, width=drawn.width, height=drawn.height)


def in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours that every screen knows: a phone's are wider, and its profile would weigh more than a card may."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError):  # a profile that is none
        pass
    return image


def boxed(image: Image.Image, longest: int) -> Image.Image:
    """The picture with no side longer than that, or as it is where it is smaller."""
    scale = longest / max(image.size)
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def written(picture: Image.Image, path: Path, most: int) -> Image.Image:
    """Keep it as WebP of so many bytes at most, less sharp or smaller where it must be; nothing but the picture is in the file."""
    for quality in QUALITIES:
        picture.save(path, "WEBP", method=4, quality=quality, icc_profile=None, exif=b"", xmp=b"")
        if path.stat().st_size <= most:
            return picture
    return written(boxed(picture, int(max(picture.size) * SHRINK)), path, most)
