import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from affiant.corroborate.likeness import MOST_BITS
from affiant.errors import UnreadableError
from affiant.read import read_document, sniff
from unit.read.scenes import COPIES, encoded, page, scene

SMALL = (480, 360)
KINDS = pytest.mark.parametrize("kind", ["png", "jpeg", "tiff", "gif", "webp", "bmp"])


def read(data):
    return read_document(data, media_type=sniff(data, name="x"))


def facts(data):
    return dict(read(data).facts)


def bits(data, *, other):
    left, right = (int(read(each).likeness, 16) for each in (data, other))
    return (left ^ right).bit_count()


@KINDS
def test_each_kind_gives_its_size_and_no_text(kind):
    data = encoded(scene(1, size=SMALL), kind)
    assert sniff(data, name="x") == f"image/{kind}"
    reading = read(data)
    assert reading.extraction is None
    found = dict(reading.facts)
    assert (found["picture.width"], found["picture.height"]) == ("480", "360")
    assert (found["picture.frames"], found["picture.format"]) == ("1", kind.upper())
    assert found["likeness.method"] == "affiant.dct64/1"
    assert len(reading.likeness) == 16


def with_exif(**place):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Invented"
    exif[ExifTags.Base.DateTime] = "2031:05:03 09:26:54"
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.DateTimeOriginal] = "2031:05:03 09:20:00"
    camera[ExifTags.Base.UserComment] = b"ASCII\0\0\0at the mill\0"
    camera[ExifTags.Base.MakerNote] = b"\1\2\3" * 50
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {getattr(ExifTags.GPS, name): value for name, value in place.items()}
    )
    return exif


PLACE = {
    "GPSLatitudeRef": "S",
    "GPSLatitude": (12.0, 30.0, 36.0),
    "GPSLongitudeRef": "E",
    "GPSLongitude": (45.0, 15.0, 0.0),
    "GPSAltitude": 812.5,
    "GPSDateStamp": "2031:05:03",
    "GPSTimeStamp": (7.0, 20.0, 5.0),
}


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_camera_data_and_place_are_facts(kind):
    found = facts(encoded(scene(1, size=SMALL), kind, exif=with_exif(**PLACE)))
    assert found["exif.Make"] == "Invented"
    assert found["exif.DateTimeOriginal"] == "2031:05:03 09:20:00"
    assert found["exif.UserComment"] == "at the mill"
    assert (found["gps.latitude"], found["gps.longitude"]) == ("-12.510000", "45.250000")
    assert (found["gps.Altitude"], found["gps.DateStamp"]) == ("812.5", "2031:05:03")
    assert found["gps.time"] == "07:20:05"
    assert "exif.MakerNote" not in found


@pytest.mark.parametrize(
    "latitude", [(0.0, 0.0), (500.0, 0.0, 0.0), (12.0, 99.0, 0.0), (1.0, 2.0, 3.0, 4.0)]
)
def test_a_place_that_is_none_is_left_out(latitude):
    data = encoded(scene(1, size=SMALL), "jpeg", exif=with_exif(GPSLatitude=latitude))
    assert "gps.latitude" not in facts(data)


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    '<rdf:Description rdf:about="" xmp:CreateDate="2031-05-03T09:20:00">'
    "<dc:creator><rdf:Seq><rdf:li>Mira Sol</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>"
    "<dc:title><rdf:Alt><rdf:li>می\u200cشود</rdf:li></rdf:Alt></dc:title>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_xmp_fields_are_facts(kind):
    found = facts(encoded(scene(1, size=SMALL), kind, xmp=XMP.encode()))
    assert found["xmp.xmp:CreateDate"] == "2031-05-03T09:20:00"
    assert found["xmp.dc:creator"] == "Mira Sol; B"
    assert found["xmp.dc:title"] == "می\u200cشود"


@pytest.mark.parametrize(
    "packet", [b"<broken", b'<!DOCTYPE x [<!ENTITY e "lol">]><x>&e;</x>', b"\xff" * 99]
)
def test_broken_xmp_costs_only_itself(packet):
    found = facts(encoded(scene(1, size=SMALL), "jpeg", xmp=packet))
    assert found["picture.width"] == "480"
    assert not [name for name in found if name.startswith("xmp.")]


def test_comments_are_facts():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Mira Sol")
    notes.add_itxt("Description", "می\u200cشود")
    found = facts(encoded(scene(1, size=SMALL), "png", pnginfo=notes))
    assert (found["picture.author"], found["picture.description"]) == ("Mira Sol", "می\u200cشود")
    found = facts(encoded(scene(1, size=SMALL), "jpeg", comment="sent by a friend"))
    assert found["picture.comment"] == "sent by a friend"


def test_frames_are_counted():
    frames = [scene(number, size=(64, 64)) for number in range(3)]
    for kind in ("gif", "tiff", "webp"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert facts(data)["picture.frames"] == "3"


@pytest.mark.parametrize("name", COPIES)
def test_copies_look_alike(name):
    for picture in (scene(3, size=SMALL), page(3, size=(450, 600))):
        assert bits(encoded(picture), other=COPIES[name](picture)) <= MOST_BITS


def test_different_pictures_do_not():
    made = [encoded(scene(n, size=SMALL)) for n in range(8)]
    made += [encoded(page(n, size=(450, 600))) for n in range(6)]
    hashes = [int(read(data).likeness, 16) for data in made]
    pairs = [(a ^ b).bit_count() for at, a in enumerate(hashes) for b in hashes[at + 1 :]]
    assert min(pairs) > MOST_BITS


def test_a_note_on_how_the_camera_was_held_is_heeded():
    upright = scene(3, size=SMALL)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    turned = encoded(upright.transpose(Image.Transpose.ROTATE_90), "jpeg", exif=exif)
    assert bits(encoded(upright), other=turned) <= MOST_BITS


def test_flat_and_tiny_pictures_look_like_nothing():
    assert read(encoded(Image.new("RGB", SMALL, "grey"))).likeness is None
    assert read(encoded(scene(1, size=(310, 400)).crop((0, 0, 31, 400)))).likeness is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I", "CMYK", "F"])
def test_each_way_of_writing_points_looks_the_same(mode):
    picture = scene(3, size=SMALL)
    other = picture.convert("L").convert("I").point(lambda v: v * 200) if "I" in mode else picture
    other = other.convert("L").convert(mode) if mode == "F" else other.convert(mode)
    kind = "tiff" if mode in ("CMYK", "F", "I", "I;16") else "png"
    assert bits(encoded(picture), other=encoded(other, kind)) <= MOST_BITS


def chunk(name, content):
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png(width, height, *, data=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("size", [(10_001, 10_000), (60_000, 60_000), (1_000_000_000, 1)])
def test_too_many_points_are_refused_by_the_header(size):
    with pytest.raises(UnreadableError) as problem:
        read(png(*size))
    assert problem.value.code == "picture_too_large"


def test_points_that_are_not_there_cost_the_likeness_only():
    reading = read(png(400, 400, data=b"\0" * 50))
    assert dict(reading.facts)["picture.width"] == "400"
    assert reading.likeness is None
    assert ("part_broken", "points") in [(p.code, p.item) for p in reading.problems]


@KINDS
def test_a_cut_picture_is_told_or_gives_what_its_head_says(kind):
    whole = encoded(scene(1, size=SMALL), kind, **({"exif": with_exif()} if kind == "jpeg" else {}))
    for cut in (3, 20, 100, 700, len(whole) // 2, len(whole) - 5):
        data = whole[:cut]
        try:
            reading = read_document(data, media_type=f"image/{kind}")
        except UnreadableError as problem:
            assert problem.code in ("picture_broken", "empty")
        else:
            assert dict(reading.facts)["picture.width"] == "480"


def test_a_compressed_comment_that_is_a_bomb_costs_only_itself():
    bomb = b"Comment\0\0" + zlib.compress(bytes(80_000_000))
    data = encoded(scene(1, size=SMALL))
    at = data.index(b"IDAT") - 4
    data = data[:at] + chunk(b"zTXt", bomb) + data[at:]
    try:
        assert "picture.comment" not in facts(data)
    except UnreadableError as problem:
        assert problem.code == "picture_broken"


def test_a_film_of_frames_without_end_is_held():
    frame = Image.new("L", (2, 2))
    target = io.BytesIO()
    frame.save(target, "gif", save_all=True, append_images=[Image.new("L", (2, 2), 1), frame] * 500)
    assert int(facts(target.getvalue())["picture.frames"]) > 900
