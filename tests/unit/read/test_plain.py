import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import UnreadableError
from affiant.read import read_document

TEXT = '\ufeffمی\u200cشود\r\n"a",\u00a0b\rc\n\u202bx\u202c e\u0301 so\u00adft'


@pytest.mark.parametrize("media_type", ["text/plain", "text/csv"])
def test_the_text_is_the_decoded_bytes_as_they_are(media_type):
    extraction = read_document(TEXT.encode(), media_type=media_type).extraction
    assert extraction.text == TEXT
    assert (extraction.encoding, extraction.replaced, extraction.surrogates) == ("utf-8", 0, 0)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_code_point_survives(text):
    assert read_document(text.encode(), media_type="text/plain").extraction.text == text


def test_a_charset_of_the_media_type_counts_as_declared():
    data = "é".encode("cp850") + b" " * 200
    reading = read_document(data, media_type="text/plain; charset=cp850")
    assert reading.extraction.text.strip() == "é"
    assert reading.extraction.encoding == "cp850"
    assert reading.extraction.settings == "encoding_by=declared"


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "text/plain", "empty"),
        (b"\0\1\2\3" * 99, "text/plain", "not_text"),
        (b"x", "application/octet-stream", "unknown_format"),
        (b"x", "application/x-unheard", "format_not_read"),
        (b"x", "image/png", "picture_broken"),
        (b"PK", "application/zip", "archive_broken"),
        (b"PK", "application/pdf", "pdf_broken"),
    ],
)
def test_what_is_not_read_says_why(data, media_type, code):
    with pytest.raises(UnreadableError) as problem:
        read_document(data, media_type=media_type)
    assert problem.value.code == code
    assert f"[{code}]" in problem.value.problem


@pytest.mark.parametrize("media_type", ["application/zip", "message/rfc822"])
def test_containers_are_not_opened_too_deep(media_type):
    with pytest.raises(UnreadableError) as problem:
        read_document(b"x", media_type=media_type, depth=5)
    assert problem.value.code == "archive_limits"
