"""Pictures for the demo's products, drawn by arithmetic: a bench with instruments, no photograph of anybody's."""

import io
import math
import random
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFilter

SIZE = WIDTH, HEIGHT = 1440, 1080
BENCH = 760  # where the bench begins
WALLS = (("#dfe8f1", "#f6f8fa"), ("#e6ece4", "#f8faf6"), ("#ebe6e0", "#faf8f5"), ("#dde6ea", "#f3f7f8"))
BODIES = ("#f4f5f7", "#e4e8ee", "#39495e", "#cfd8e3")
LIGHTS = ("#2f74c0", "#2d9d78", "#d9822b", "#7a5cc0")


def scenes(count: int, chance: random.Random) -> Iterator[bytes]:
    """So many pictures, as JPEG."""
    for _ in range(count):
        out = io.BytesIO()
        scene(chance).save(out, "JPEG", quality=88)
        yield out.getvalue()


def scene(chance: random.Random) -> Image.Image:
    """One bench with two or three instruments and what lies before them."""
    image = wall(*chance.choice(WALLS))
    pen = ImageDraw.Draw(image)
    shelf(pen, chance)
    at = chance.randint(90, 160)
    while at < WIDTH - 380:
        wide = chance.randint(280, 430)
        instrument(image, at, wide, chance.randint(300, 470), chance)
        at += wide + chance.randint(50, 130)
    pen.rectangle((0, BENCH + 6, WIDTH, BENCH + 40), fill="#b9c2cc")
    pen.rectangle((0, BENCH + 40, WIDTH, HEIGHT), fill="#8f9aa7")
    samples(pen, chance)
    return image.filter(ImageFilter.GaussianBlur(0.8))


def wall(top: str, below: str) -> Image.Image:
    """The wall, lit from below."""
    image = Image.new("RGB", (1, 2), top)
    image.putpixel((0, 1), Image.new("RGB", (1, 1), below).getpixel((0, 0)) or 0)
    return image.resize(SIZE, Image.Resampling.BICUBIC)


def shelf(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A shelf with bottles on the wall."""
    pen.rectangle((0, 196, WIDTH, 210), fill="#c3ccd6")
    for at in range(60, WIDTH - 60, 92):
        high, colour = chance.randint(50, 110), chance.choice(("#9db8d2", "#c6b48a", "#a9c3ad", "#c9a5a0"))
        pen.rounded_rectangle((at, 196 - high, at + 54, 196), 10, fill=colour)
        pen.rectangle((at + 16, 180 - high, at + 38, 198 - high), fill="#eef1f4")


def instrument(image: Image.Image, at: int, wide: int, high: int, chance: random.Random) -> None:
    """A body with a screen that shows a curve, a door and two knobs, in its own shadow."""
    top = BENCH - high
    shadow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(shadow).ellipse((at - 30, BENCH - 26, at + wide + 50, BENCH + 34), fill=110)
    image.paste("#5c6672", mask=shadow.filter(ImageFilter.GaussianBlur(18)))
    pen, body, light = ImageDraw.Draw(image), chance.choice(BODIES), chance.choice(LIGHTS)
    pen.rounded_rectangle((at, top, at + wide, BENCH + 6), 22, fill=body, outline="#aab4c0", width=3)
    pen.rounded_rectangle((at + 24, top + 24, at + wide - 24, top + high // 2), 10, fill="#14202e")
    curve(pen, (at + 36, top + 36, at + wide - 36, top + high // 2 - 12), light, chance)
    pen.rounded_rectangle(
        (at + 24, top + high // 2 + 20, at + wide * 2 // 3, BENCH - 26), 10, fill="#b8c4d0", outline="#93a0ae", width=3
    )
    for step in (0, 1):
        left, middle = at + wide - 76, top + high // 2 + 34 + step * 70
        pen.ellipse(
            (left, middle, left + 44, middle + 44), fill=light if step else "#dfe4ea", outline="#7d8895", width=3
        )


def curve(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str, chance: random.Random) -> None:
    """What was measured."""
    left, top, right, below = box
    peaks = [(chance.uniform(0.1, 0.9), chance.uniform(0.3, 1.0), chance.uniform(0.01, 0.06)) for _ in range(4)]
    points = []
    for place in range(left, right, 3):
        share = (place - left) / (right - left)
        height = min(1.0, sum(tall * math.exp(-(((share - where) / wide) ** 2)) for where, tall, wide in peaks))
        points.append((place, below - 8 - height * (below - top - 16)))
    pen.line(points, fill=colour, width=5, joint="curve")


def samples(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Specimens on the bench."""
    for at in range(chance.randint(80, 200), WIDTH - 160, chance.randint(150, 230)):
        high = BENCH + 96 + chance.randint(0, 40)
        pen.rounded_rectangle((at, high, at + 110, high + 46), 8, fill=chance.choice(("#d8dde3", "#c9b79a", "#aebccb")))
        pen.rounded_rectangle((at + 6, high + 6, at + 60, high + 16), 4, fill="#f3f5f7")
