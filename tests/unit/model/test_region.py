"""Quotes say where they stand on pages and in recordings, by their text's regions alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import AnchorError
from affiant.log.canon import canonical
from affiant.model.claim import Claim, claim_fields, decode_claim, without_regions
from affiant.model.quote import Quote
from affiant.model.region import Place, Region, places_of
from affiant.model.speaker import Speaker
from affiant.store.derived import suggestion_digest

DIGEST = "sha256:" + 64 * "0"
LINES = (
    Region(start=0, end=10, page=1, box=(100, 100, 900, 200)),
    Region(start=11, end=20, page=1, box=(100, 300, 900, 400)),
    Region(start=22, end=30, page=2, box=(100, 100, 900, 200)),
)
PAGES = ((1, 0, 20), (2, 22, 30), (3, 32, 50))
CUES = (
    Region(start=0, end=9, from_ms=1000, to_ms=2000),
    Region(start=10, end=20, from_ms=72_500, to_ms=73_000),
)


def quote(start, end):
    return Quote(slot="act", exact="x" * (end - start), start=start, end=end, text_digest=DIGEST)


def claim(*quotes):
    return Claim(quotes=quotes, speakers=(Speaker(name=None),), act="killing")


def test_a_line_gives_its_box_and_several_lines_give_several():
    assert places_of(2, end=5, regions=LINES, pages=PAGES) == (LINES[0].place,)
    assert places_of(8, end=12, regions=LINES, pages=PAGES) == (LINES[0].place, LINES[1].place)
    found = places_of(15, end=25, regions=LINES, pages=PAGES)
    assert found == (LINES[1].place, LINES[2].place)


def test_a_page_whose_lines_are_not_known_gives_its_number_alone():
    assert places_of(33, end=36, regions=LINES, pages=PAGES) == (Place(page=3),)
    assert places_of(2, end=5, regions=(), pages=PAGES) == (Place(page=1),)
    assert places_of(15, end=40, regions=(), pages=PAGES) == tuple(
        Place(page=number) for number in (1, 2, 3)
    )


def test_a_cue_gives_its_time():
    assert places_of(10, end=12, regions=CUES, pages=()) == (Place(from_ms=72_500, to_ms=73_000),)


def test_ends_do_not_belong_to_a_stretch():
    assert places_of(10, end=11, regions=LINES, pages=()) == ()
    assert places_of(9, end=10, regions=CUES, pages=()) == ()


@given(start=st.integers(0, 60), length=st.integers(1, 60))
def test_a_text_without_regions_gives_none_and_one_with_them_only_its_own(start, length):
    end = start + length
    assert places_of(start, end=end, regions=(), pages=()) == ()
    found = places_of(start, end=end, regions=LINES, pages=PAGES)
    touched = [line.place for line in LINES if line.start < end and start < line.end]
    assert [place for place in found if place.box is not None] == touched
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"page": 0},
        {"page": 1, "from_ms": 0, "to_ms": 1},
        {"page": 1, "box": (5, 5, 5, 9)},
        {"page": 1, "box": (0, 0, 10_001, 9)},
        {"page": 1, "to_ms": 5},
        {"from_ms": 5, "to_ms": 5},
        {"from_ms": 5},
        {"from_ms": 1, "to_ms": 5, "box": (0, 0, 5, 5)},
    ],
)
def test_a_place_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"page|time|box|stands"):
        Place(**wrong)


def test_a_quote_without_a_place_has_the_bytes_that_it_always_had():
    fields = claim_fields(claim(quote(0, 4)))
    [written] = fields["quotes"]
    assert set(written) == {"slot", "exact", "start", "end", "text_digest"}
    # computed with the version before quotes could have places
    assert suggestion_digest(claim(quote(0, 4)), document_id=DIGEST) == KNOWN_DIGEST


KNOWN_DIGEST = "19210ce66e1cc6ccaed9e3b554123f22e3d799b6758c616c908d264616638d67"


def test_a_place_is_written_without_what_is_not_known_and_read_again():
    placed = quote(8, 12).placed(regions=LINES, pages=PAGES)
    fields = claim_fields(claim(placed))
    assert fields["quotes"][0]["region"] == [
        {"page": 1, "box": (100, 100, 900, 200)},
        {"page": 1, "box": (100, 300, 900, 400)},
    ]
    assert decode_claim(json.loads(canonical(fields))) == claim(placed)
    timed = claim(quote(10, 12).placed(regions=CUES, pages=()))
    assert claim_fields(timed)["quotes"][0]["region"] == [{"from_ms": 72_500, "to_ms": 73_000}]
    assert without_regions(timed) == claim(quote(10, 12))


def test_a_place_is_confirmed_by_one_of_the_recordings_and_refused_by_none():
    placed = quote(2, 5).placed(regions=LINES, pages=PAGES)
    placed.check_region([((), ()), (LINES, PAGES)])
    quote(2, 5).check_region([(LINES, PAGES)])
    for recordings in ([], [((), ())], [(CUES, ())], [((), PAGES)]):
        with pytest.raises(AnchorError):
            placed.check_region(recordings)
