"""A transcription is kept to the code point; times and pages stand beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError
from affiant.model.region import Region
from affiant.read.transcript import read_transcript

SRT = (
    "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nThree men were killed\r\nin Velmar.\r\n\r\n"
    "2\r\n01:02:03,004 --> 01:02:04,000 X1:5\r\n<i>Who</i> said 5 < 6?\r\n\r\n"
    "3\r\n01:02:05,000 --> 01:02:06,000\r\n\r\n"
    "4\r\n01:02:07,000 --> 01:02:08,000\r\n00:00 is a time\r\n"
)
VTT = """WEBVTT - a call
Kind: captions

NOTE
Made by hand.

STYLE
::cue { color: red }

opening
00:01.000 --> 00:02.500 align:start
<v Mira Sol>Three <b>men</b> &amp; a boy</v>

00:01:12.000 --> 00:01:13.000
<00:01:12.500><c.loud>were taken</c>&lrm;
"""


def read(text, form="text", regions=None):
    return read_transcript(text.encode("utf-8"), form=form, regions=regions)


@given(st.text(min_size=1).filter(str.strip))
def test_plain_text_is_kept_to_the_code_point(text):
    assert read(text).text == text


def test_cues_become_words_with_their_times():
    found = read(SRT, "srt")
    assert found.text == (
        "Three men were killed\nin Velmar.\n<i>Who</i> said 5 < 6?\n00:00 is a time"
    )
    assert [
        (found.text[region.start : region.end], region.from_ms, region.to_ms)
        for region in found.regions
    ] == [
        ("Three men were killed\nin Velmar.", 1000, 2500),
        ("<i>Who</i> said 5 < 6?", 3_723_004, 3_724_000),
        ("00:00 is a time", 3_727_000, 3_728_000),
    ]


def test_marks_of_webvtt_are_no_words_and_voices_are_named():
    found = read(VTT, "vtt")
    assert found.text == "Mira Sol: Three men & a boy\nwere taken\u200e"
    assert [(region.from_ms, region.to_ms) for region in found.regions] == [
        (1000, 2500),
        (72_000, 73_000),
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", "text"),
        (" \n\t", "text"),
        ("Three men", "srt"),
        ("1\n00:00:02,000 --> 00:00:01,000\nbackwards", "srt"),
        ("1\n00:00:99,000 --> 00:01:40,000\nno such second", "srt"),
        ("1\n00:00:01,000 --> 00:00:02,000\n", "srt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nkilled\n\nlost words", "srt"),
        ("00:01.000 --> 00:02.000\nno head", "vtt"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nhead of another kind", "vtt"),
    ],
)
def test_what_is_not_of_its_form_is_refused_and_nothing_passed_over(text, form):
    with pytest.raises(BadInputError):
        read(text, form)


def test_bytes_that_are_not_utf_8_are_refused():
    with pytest.raises(BadInputError, match="byte 5 is not UTF-8"):
        read_transcript(b"Words\xff", form="text")


def test_form_feeds_part_pages():
    found = read("one\f\ntwo\fthree")
    assert [found.text[page.start : page.end] for page in found.pages] == ["one", "two", "three"]
    assert read("one\ntwo").pages == ()


def test_regions_that_are_handed_in_are_checked():
    regions = (
        b'[{"start": 6, "end": 9, "page": 2}, {"start": 0, "end": 5, "from_ms": 1, "to_ms": 2}]'
    )
    assert read("Three men", regions=regions).regions == (
        Region(start=0, end=5, from_ms=1, to_ms=2),
        Region(start=6, end=9, page=2),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{}",
        b'[{"start": 0}]',
        b'[{"start": 0, "end": 10, "page": 1}]',
        b'[{"start": 0, "end": 5}]',
        b'[{"start": 0, "end": 5, "page": 1, "box": [0, 0, 0, 5]}]',
        b'[{"start": 0.5, "end": 5, "page": 1}]',
        b"\xff",
    ],
)
def test_regions_that_do_not_fit_are_refused(wrong):
    with pytest.raises(BadInputError):
        read("Three men", regions=wrong)


def test_subtitles_take_no_other_regions():
    with pytest.raises(BadInputError, match="their own times"):
        read(SRT, "srt", regions=b"[]")
