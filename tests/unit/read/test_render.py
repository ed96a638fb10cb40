"""Pages and pictures become grey pixels within limits, whatever their format."""

import io

import msgspec
import pytest
from PIL import Image

from affiant.errors import UnreadableError
from affiant.read import render
from affiant.read.raster import MOST_PIXELS, PICTURES, Raster
from affiant.read.render import count_in_box, render_in_box
from drawn import saved
from hostile.build import pdf


def rendered(data, media_type, page=1):
    arguments = {"media_type": media_type, "page": str(page)}
    raster = msgspec.msgpack.decode(render_in_box(data, arguments=arguments), type=Raster)
    assert raster.fits
    return raster


def half_black(mode="L", *, size=(2400, 100)):
    """Return a picture whose left half is black."""
    image = Image.new("L", size, 255)
    image.paste(0, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def dark_left(raster):
    image = Image.frombytes("L", (raster.width, raster.height), raster.pixels)
    left, right = raster.width // 4, 3 * raster.width // 4
    middle = raster.height // 2
    return image.getpixel((left, middle)) < 40 and image.getpixel((right, middle)) > 215


@pytest.mark.parametrize("media_type", PICTURES)
def test_every_picture_format_becomes_grey_pixels(media_type):
    raster = rendered(saved(half_black("RGB"), PICTURES[media_type]), media_type)
    assert (raster.width, raster.height) == (2400, 100)
    assert dark_left(raster)
    assert raster.picture().startswith(b"P5\n2400 100\n255\n")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_every_kind_of_colour_becomes_grey(mode):
    image = half_black("I;16") if mode == "I;16" else half_black(mode)
    if mode == "I;16":
        image = Image.eval(half_black("I"), lambda value: value * 257).convert("I;16")
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    media_type = "image/tiff" if kind == "TIFF" else "image/png"
    assert dark_left(rendered(saved(image, kind), media_type))


def test_what_is_transparent_is_white_paper():
    image = Image.new("RGBA", (2400, 100), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 1200, 100))
    assert dark_left(rendered(saved(image, "PNG"), "image/png"))


def test_a_photograph_taken_sideways_is_set_upright():
    upright = half_black(size=(2400, 1200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the upper edge is on the right
    data = saved(upright.rotate(90, expand=True), "JPEG", exif=exif)
    raster = rendered(data, "image/jpeg")
    assert (raster.width, raster.height) == (2400, 1200)
    assert dark_left(raster)


def test_frames_of_a_tiff_are_pages():
    data = saved(half_black(), "TIFF", save_all=True, append_images=[half_black(size=(2400, 300))])
    assert count_in_box(data, arguments={"media_type": "image/tiff"}) == b"2"
    assert [rendered(data, "image/tiff", page).height for page in (1, 2)] == [100, 300]


def test_small_pictures_are_enlarged_and_huge_ones_made_smaller():
    assert rendered(saved(half_black(size=(400, 100)), "PNG"), "image/png").width == 1600
    huge = rendered(saved(half_black(size=(9000, 8000)), "PNG"), "image/png")
    assert huge.width * huge.height <= MOST_PIXELS
    assert dark_left(huge)


@pytest.mark.parametrize(("told", "believed"), [(300, 300), (72, 0), (0, 0), (65_000, 0)])
def test_only_likely_pixels_an_inch_are_believed(told, believed):
    data = saved(half_black(), "PNG", dpi=(told, told))
    assert rendered(data, "image/png").dpi == believed


def test_a_page_of_a_pdf_is_rendered_at_three_hundred_pixels_an_inch():
    data = pdf([[b"First"], [b"Second"]])
    raster = rendered(data, "application/pdf", 2)
    assert (raster.dpi, raster.width) == (300, 2550)  # letter paper: 8.5 by 11 inches
    assert raster.height in (3300, 3301)
    assert min(raster.pixels) < 40
    assert count_in_box(data, arguments={"media_type": "application/pdf"}) == b"2"


def test_a_poster_is_rendered_smaller():
    data = pdf([[b"Words"]]).replace(b"[0 0 612 792]", b"[0 0 9612 7992]")
    raster = rendered(data, "application/pdf")
    assert raster.width * raster.height <= MOST_PIXELS
    assert raster.dpi < 300


def test_a_picture_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(render, "MOST_DECODED_PIXELS", 1000)
    with pytest.raises(UnreadableError) as problem:
        rendered(saved(half_black(), "PNG"), "image/png")
    assert problem.value.code == "too_large"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", "image/png"),
        (b"\x89PNG\r\n\x1a\n rubbish", "image/png"),
        (saved(half_black(), "PNG")[:80], "image/png"),
        (saved(half_black(), "PNG"), "image/jpeg"),  # only the decoder of its type is tried
        (b"II*\0", "image/tiff"),
        (b"%PDF-1.4 rubbish", "application/pdf"),
    ],
)
def test_what_is_broken_is_told(data, media_type):
    with pytest.raises(UnreadableError) as problem:
        rendered(data, media_type)
    assert problem.value.code == "page_broken"


@pytest.mark.parametrize(
    "wrong",
    [
        Raster(width=0, height=0, dpi=0, pixels=b""),
        Raster(width=2, height=2, dpi=0, pixels=b"123"),
        Raster(width=-2, height=-2, dpi=0, pixels=b"1234"),
        Raster(width=2, height=2, dpi=-1, pixels=b"1234"),
    ],
)
def test_pixels_that_do_not_fit_their_numbers_are_not_believed(wrong):
    assert not wrong.fits


def test_a_page_that_is_not_there_is_told():
    with pytest.raises(UnreadableError):
        rendered(pdf([[b"x"]]), "application/pdf", 2)
    frames = io.BytesIO(saved(half_black(), "TIFF")).getvalue()
    with pytest.raises(UnreadableError):
        rendered(frames, "image/tiff", 2)
