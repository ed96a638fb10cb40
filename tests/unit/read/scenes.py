"""Invented pictures: scenes drawn by chance, and what people do to pictures on their way."""

import io
import random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont


def scene(seed, *, size=(960, 720)):
    """Return a picture of shapes, light and grain; another seed is another picture."""
    chance = random.Random(seed)
    width, height = size
    top, bottom = ([chance.randrange(256) for _ in range(3)] for _ in "ab")
    picture = Image.linear_gradient("L").resize(size)
    picture = Image.composite(
        Image.new("RGB", size, tuple(bottom)), Image.new("RGB", size, tuple(top)), picture
    )
    pen = ImageDraw.Draw(picture)
    for _ in range(chance.randrange(8, 25)):
        x, y = chance.randrange(width), chance.randrange(height)
        w, h = chance.randrange(20, width // 2), chance.randrange(20, height // 2)
        colour = tuple(chance.randrange(256) for _ in range(3))
        shape = chance.choice((pen.ellipse, pen.rectangle))
        shape((x - w // 2, y - h // 2, x + w // 2, y + h // 2), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    grain = Image.effect_noise(size, 25).convert("RGB")
    return Image.blend(picture, grain, 0.08)


def page(seed, *, size=(900, 1200)):
    """Return a written page: black words on white, as a photographed letter."""
    chance = random.Random(seed)
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(22)
    for line in range(60, size[1] - 60, 34):
        words = " ".join(
            "".join(chance.choice("abcdefghiklmnoprstuvw") for _ in range(chance.randrange(2, 10)))
            for _ in range(chance.randrange(1, 12))
        )
        pen.text((60, line), words[:70], fill="black", font=font)
    return picture


def encoded(picture, kind="png", **options):
    """Return a picture's file."""
    target = io.BytesIO()
    picture.save(target, format=kind, **options)
    return target.getvalue()


def _cropped(picture, *, part):
    width, height = picture.size
    dx, dy = round(width * part), round(height * part)
    return picture.crop((dx, dy, width - dx, height - dy))


def _scaled(picture, *, by):
    return picture.resize((round(picture.width * by), round(picture.height * by)))


COPIES = {
    "jpeg 90": lambda p: encoded(p, "jpeg", quality=90),
    "jpeg 30": lambda p: encoded(p, "jpeg", quality=30),
    "webp 50": lambda p: encoded(p, "webp", quality=50),
    "gif": lambda p: encoded(p, "gif"),
    "half": lambda p: encoded(_scaled(p, by=0.5), "jpeg"),
    "a quarter": lambda p: encoded(_scaled(p, by=0.25), "jpeg", quality=70),
    "larger": lambda p: encoded(_scaled(p, by=1.7)),
    "cropped 1 %": lambda p: encoded(_cropped(p, part=0.01), "jpeg"),
    "cropped 2 %": lambda p: encoded(_cropped(p, part=0.02), "jpeg"),
    "brighter": lambda p: encoded(ImageEnhance.Brightness(p).enhance(1.2), "jpeg"),
    "paler": lambda p: encoded(ImageEnhance.Contrast(p).enhance(0.7), "jpeg"),
    "grey": lambda p: encoded(p.convert("L"), "jpeg"),
    "sent on twice": lambda p: encoded(
        Image.open(io.BytesIO(encoded(_scaled(p, by=0.6), "jpeg", quality=60))), "jpeg", quality=60
    ),
}
