"""A page as two pictures: one as wide as a page shows it, one to look at closely. Runs in the child alone."""

import io
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

PAGE, ZOOM = 600, 1600  # pixels of width
TALL = 4  # times as high as wide, at most
MOST = 250_000  # bytes of a picture as wide as a page shows it
QUALITIES = (75, 55, 35)  # of WebP, until it is small enough
FORMATS = ("JPEG", "PNG", "BMP")
WHITE = (255, 255, 255)
Tell = Callable[..., None]


def file_of(folder: Path, number: int, *, zoom: bool = False) -> Path:
    """Where the picture of a page lies."""
    return folder / (f"{number}-zoom.webp" if zoom else f"{number}.webp")


def draw_pdf(paper: str, wanted: Sequence[int], tell: Tell) -> None:
    """Draw these pages of a PDF, with what was typed into its forms; all as they are shown first, the first page first of all."""
    folder = Path(paper).parent
    document = pypdfium2.PdfDocument(paper)
    document.init_forms()  # before a page is loaded, else its fields stay away
    tell(pages=len(document))
    numbers = [number for number in wanted if number <= len(document)]
    for number in numbers:
        tell(begin=number)
        picture = rendered(document, number, PAGE)
        written(picture, file_of(folder, number), most=MOST)
        tell(page=number, width=picture.width, height=picture.height, cpu=time.process_time())
    for number in numbers:
        written(rendered(document, number, ZOOM), file_of(folder, number, zoom=True))
        tell(zoom=number)


def rendered(document: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image:
    """A page, so many pixels wide, and no more than TALL times as high."""
    page = document[number - 1]
    wide, high = page.get_size()
    picture: Image.Image = page.render(scale=min(width / wide, width * TALL / high), rev_byteorder=True).to_pil()
    page.close()
    return picture


def draw_image(paper: str, wanted: Sequence[int], tell: Tell) -> None:
    """Draw a photograph or a scan as it was held."""
    tell(pages=1)
    if 1 in wanted:
        draw_file(Path(paper).read_bytes(), 1, Path(paper).parent, tell)


def draw_file(data: bytes, number: int, folder: Path, tell: Tell) -> None:
    """Draw a picture file as the page of this number."""
    tell(begin=number)
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("RGB", (ZOOM * 2, ZOOM * 2))  # a JPEG is opened no larger than is needed
        large = fitted(plain(smaller(image)), ZOOM)
    picture = fitted(large, PAGE)
    written(picture, file_of(folder, number), most=MOST)
    tell(page=number, width=picture.width, height=picture.height)
    if large.width > picture.width:
        written(large, file_of(folder, number, zoom=True))
        tell(zoom=number)


def smaller(image: Image.Image) -> Image.Image:
    """The picture with no more pixels than are needed, before anything copies it; in colours or greys."""
    if image.mode == "I;16":  # Pillow would cut it to white; the upper half of each sample is its grey
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])
    if image.mode in {"1", "P"}:
        image = image.convert("L" if image.mode == "1" else "RGBA" if image.has_transparency_data else "RGB")
    times = min(image.size) // ZOOM
    return image.reduce(times) if times > 1 else image


def plain(image: Image.Image) -> Image.Image:
    """The picture upright, on white where it is transparent."""
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        ground = Image.new("RGB", seen.size, WHITE)
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    upright = ImageOps.exif_transpose(image)
    return upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")


def fitted(image: Image.Image, width: int) -> Image.Image:
    """The picture so many pixels wide, or as it is where it is smaller."""
    scale = min(width / image.width, width * TALL / image.height)
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def written(picture: Image.Image, path: Path, *, most: int = 0) -> None:
    """Keep it as WebP, the quickest way; most: bytes for which it gives up some of its sharpness, 0 for none."""
    for quality in QUALITIES:
        picture.save(path, "WEBP", method=0, quality=quality)
        if not most or path.stat().st_size <= most:
            break
