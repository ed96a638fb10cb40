"""Mutated files of each format: the parent stays whole, each job within its limits."""

import random
import time

import pytest

from affiant.box import Box, Limits
from affiant.errors import UnreadableError
from affiant.read import PRELOAD, read_confined
from affiant.read.codes import UNREADABLE
from hostile.build import DOCX, MEBIBYTE, docx, mail, paragraph, pdf, persian_pdf, zipped

FILES_EACH = 80
SECONDS_EACH = 12.0
LIMITS = Limits(memory_bytes=768 * MEBIBYTE, cpu_seconds=3, wall_seconds=5.0)

SEEDS = {
    "application/pdf": [
        pdf([[b"One page of words", b"and a line"], [b"two"]], info=b"/Title (T)"),
        persian_pdf([[("ش", 300), ("ه", 293), ("ر", 286)]], spelled=True),
    ],
    DOCX: [docx(paragraph("words") * 20 + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>")],
    "message/rfc822": [
        mail(
            "Body words",
            headers={"Date": "Fri, 14 Mar 2031 23:30:00 +0330", "To": "=?utf-8?b?2LQ=?="},
            parts=[("Content-Type: text/html; charset=utf-8", "<p>x</p>")],
        )
    ],
    "application/zip": [zipped({"a.txt": "words " * 50, "b/c.pdf": pdf([[b"x"]])})],
    "text/html": [
        b'<html lang="fa"><head><meta charset="utf-8"><title>T</title><meta name="date" '
        b'content="2031-03-14"></head><body><table><tr><td>a<td>b</table><p>words &zwnj; x'
    ],
}


def mutated(seed, *, chance):
    """Return the seed with bytes changed, cut out, doubled or put in."""
    data = bytearray(seed)
    for _ in range(chance.choice([1, 2, 4, 16, 64])):
        at = chance.randrange(len(data) or 1)
        match chance.randrange(5):
            case 0 if data:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randrange(1, 200)] * chance.randrange(1, 9)
            case 3:
                data[at:at] = chance.choice([b"\xff" * 8, b"9" * 20, b"<", b"(", b"\0", b"--qq\n"])
            case _ if data:
                data[at] ^= 1 << chance.randrange(8)
    return bytes(data)


@pytest.mark.parametrize("media_type", SEEDS)
def test_mutated_files_are_read_or_refused_and_nothing_else(media_type):
    chance = random.Random(f"affiant {media_type}")
    ends, began = [], time.monotonic()
    with Box(PRELOAD, limits=LIMITS) as box:
        process = box._ready()._process
        for _ in range(FILES_EACH):
            data = mutated(chance.choice(SEEDS[media_type]), chance=chance)
            start = time.monotonic()
            try:
                reading, isolation = read_confined(box, data=data, media_type=media_type)
            except UnreadableError as problem:
                assert problem.code in UNREADABLE
                ends.append(problem.code)
            else:
                assert isolation == box.isolation
                if reading.extraction is not None:
                    reading.extraction.text.encode("utf-8")
                ends.append("read")
            assert time.monotonic() - start < 2 * LIMITS.wall_seconds + 2
            if time.monotonic() - began > SECONDS_EACH:
                break
        assert process.poll() is None, "the confined process was lost"
    assert len(ends) >= 20
    assert "bad_reply" not in ends
    assert "crashed" not in ends or media_type == "application/pdf"  # not written in Python
    assert "read" in ends
