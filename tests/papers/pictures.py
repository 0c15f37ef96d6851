"""Papers as pictures: rendered, and photographed with a phone (turned, dim, blurred, in perspective, packed hard)."""

import io
import random

import pypdfium2
from PIL import Image, ImageEnhance, ImageFilter


def rendered(pdf, *, scale=2.0):
    """The first page as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=scale, grayscale=True).to_pil().copy()
    document.close()
    return image


def as_png(image):
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def photographed(image, seed):
    """What a phone makes of it, as JPEG: a hand that is not still, a lamp that stands aside."""
    chance = random.Random(seed)
    photo = image.convert("L").rotate(
        chance.uniform(-25, 25) + chance.choice((0, 0, 0, 90, 180)), expand=True, fillcolor=150
    )
    photo = _tilted(photo, chance)
    photo = photo.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 2.2)))
    photo = ImageEnhance.Brightness(photo).enhance(chance.uniform(0.35, 1.0))
    photo = ImageEnhance.Contrast(photo).enhance(chance.uniform(0.45, 1.0))
    photo = Image.blend(photo, Image.effect_noise(photo.size, 60), chance.uniform(0.0, 0.12))
    out = io.BytesIO()
    _shaded(photo, chance).convert("RGB").save(out, "JPEG", quality=chance.choice((35, 50, 70)))
    return out.getvalue()


def _tilted(image, chance):
    """Seen from a little below."""
    width, height = image.size
    lean = chance.uniform(0, 0.08)
    corners = (-lean * width, 0, 0, height, width, height, width * (1 + lean), 0)
    return image.transform(image.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=150)


def _shaded(image, chance):
    """Darker towards one side."""
    shade = Image.linear_gradient("L").resize(image.size).point(lambda light: 120 + light // 2)
    if chance.random() < 0.5:
        shade = shade.rotate(180)
    return Image.composite(image, Image.new("L", image.size, 40), shade)
