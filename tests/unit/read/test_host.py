"""What comes back from the box is believed only in the form that we write."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.box import Reply
from affiant.errors import UnreadableError
from affiant.read import Extraction, Hints, Member, PageSpan, Problem, Reading, host
from affiant.read.codes import PARTIAL, UNREADABLE, unreadable

EXTRACTION = Extraction(
    text="می\u200cشود\fb",
    tool="t",
    version="1",
    settings="s",
    encoding="utf-8",
    hints=Hints(title="A  title\n"),
    pages=(PageSpan(page=1, start=0, end=6), PageSpan(page=2, start=7, end=8)),
)
MEMBER = Member(path="a%20.txt", size=1, media_type="text/plain; charset=cp1256", data=b"x")
READING = Reading(
    extraction=EXTRACTION, members=(MEMBER,), problems=(Problem(code="page_broken", item="2"),)
)


class Answering:
    """A box in which every job gives the same answer."""

    def __init__(self, data):
        self.data = data

    def run(self, task, *, data, arguments):
        return Reply(data=self.data, isolation="bubblewrap+seccomp+rlimits")


def believed(reading):
    data = reading if isinstance(reading, bytes) else msgspec.msgpack.encode(reading)
    return host.read_confined(Answering(data), data=b"%PDF", media_type="application/pdf")


def test_a_reading_of_our_form_is_believed_and_its_isolation_told():
    reading, isolation = believed(READING)
    assert isolation == "bubblewrap+seccomp+rlimits"
    assert reading.members == READING.members
    assert reading.extraction.text == EXTRACTION.text
    assert reading.extraction.hints.title == "A title"


def extraction(**changes):
    return replace(READING, extraction=replace(EXTRACTION, **changes))


def member(**changes):
    return replace(READING, members=(replace(MEMBER, **changes),))


@pytest.mark.parametrize(
    "lie",
    [
        b"",
        b"\xff\xff",
        b"\x81",
        msgspec.msgpack.encode({"extraction": 3}),
        msgspec.msgpack.encode([READING]),
        msgspec.msgpack.encode(READING) + b"more",
        msgspec.msgpack.encode(READING).replace("ش".encode(), b"\xed\xa0"),
        extraction(tool="x\x1b[31m"),
        extraction(settings="a" * 3000),
        extraction(encoding="utf-8\n"),
        extraction(replaced=-1),
        extraction(surrogates=-1),
        extraction(pages=(PageSpan(page=2, start=0, end=1),)),
        extraction(pages=(PageSpan(page=1, start=0, end=99),)),
        extraction(pages=(PageSpan(page=1, start=3, end=1),)),
        extraction(pages=(PageSpan(page=1, start=-1, end=1),)),
        member(path="../\n"),
        member(path=""),
        member(path="a\u202eb"),
        member(path="a" * 5000),
        member(size=2),
        member(media_type="text/plain\n"),
        member(media_type="<script>"),
        replace(READING, members=(MEMBER, MEMBER)),
        replace(READING, problems=(Problem(code="invented", item="1"),)),
        replace(READING, facts=(("exif.Make", "a"), ("exif.Make", "b"))),
        replace(READING, facts=(("Make", "a"),)),
        replace(READING, facts=(("exif.\x1b[31m", "a"),)),
        replace(READING, facts=(("exif.Make", "a" * 3000),)),
        replace(READING, facts=tuple((f"exif.n{n}", "a") for n in range(600))),
        replace(READING, likeness="0" * 15),
        replace(READING, likeness="g" * 16),
        replace(READING, problems=(Problem(code="page_broken", item="\x1b"),)),
        replace(READING, problems=(Problem(code="page_broken", item="1"),) * 30_000),
    ],
)
def test_any_other_form_is_refused(lie):
    with pytest.raises(UnreadableError) as problem:
        believed(lie)
    assert problem.value.code == "bad_reply"


def test_a_text_or_members_beyond_the_limits_are_refused(monkeypatch):
    for limit, value in (("MOST_TEXT", 3), ("MOST_TOTAL_BYTES", 0), ("MOST_MEMBERS", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(host, limit, value)
            with pytest.raises(UnreadableError) as problem:
                believed(READING)
            assert problem.value.code == "bad_reply"


@given(noise=st.binary(max_size=200))
def test_noise_is_refused_and_breaks_nothing(noise):
    with pytest.raises(UnreadableError) as problem:
        believed(noise)
    assert problem.value.code == "bad_reply"


@given(at=st.integers(0, 150), byte=st.integers(0, 255))
def test_a_changed_answer_is_refused_or_of_our_form(at, byte):
    data = bytearray(msgspec.msgpack.encode(READING))
    data[at % len(data)] = byte
    try:
        reading, _ = believed(bytes(data))
    except UnreadableError as problem:
        assert problem.code == "bad_reply"
    else:
        reading.extraction.text.encode("utf-8")


def test_hints_that_are_too_long_to_be_true_are_left_out():
    reading, _ = believed(extraction(hints=Hints(title="a" * 3000, author=" ", site="The Post")))
    assert reading.extraction.hints == Hints(site="The Post")


class Failing:
    def __init__(self, code):
        self.code = code

    def run(self, task, *, data, arguments):
        raise UnreadableError("words of the box", remedy="r", code=self.code)


@pytest.mark.parametrize(
    ("code", "told"),
    [("timeout", "timeout"), ("pdf_broken", "pdf_broken"), ("you_are_hacked", "crashed")],
)
def test_only_our_codes_and_our_words_leave(code, told):
    with pytest.raises(UnreadableError) as problem:
        host.read_confined(Failing(code), data=b"%PDF", media_type="application/pdf")
    assert problem.value.code == told
    assert UNREADABLE[told] in str(problem.value)


def test_plain_utf_8_is_read_here_and_what_must_be_guessed_is_not():
    reading, isolation = host.read_confined(
        Failing("crashed"), data=b"abc", media_type="text/plain"
    )
    assert (reading.extraction.text, isolation) == ("abc", "in-process")
    for data, kind in ((b"\xe9t\xe9", "text/plain"), (b"abc", "text/csv; charset=cp1256")):
        with pytest.raises(UnreadableError):
            host.read_confined(Failing("crashed"), data=data, media_type=kind)


def test_a_page_whose_hints_break_the_reader_is_read_without_them():
    class BreaksOverHints:
        def run(self, task, *, data, arguments):
            if arguments["hints"] == "yes":
                raise unreadable("timeout")
            return Reply(data=msgspec.msgpack.encode(READING), isolation="x")

    reading, _ = host.read_confined(BreaksOverHints(), data=b"<html>", media_type="text/html")
    assert reading.extraction.text == EXTRACTION.text


def test_every_code_has_words_and_no_two_lists_share_one():
    assert all(UNREADABLE.values())
    assert all(PARTIAL.values())
    assert not set(UNREADABLE) & set(PARTIAL)
