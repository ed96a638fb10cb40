import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.box.frame import Frame, decode_frame, encode_head


@given(content=st.binary())
def test_a_reply_comes_back_as_it_was_sent(content):
    assert decode_frame(encode_head(b"R", length=len(content)) + content) == Frame(reply=content)


@given(content=st.binary(min_size=1))
def test_a_reply_that_is_cut_or_longer_than_said_is_no_frame(content):
    whole = encode_head(b"R", length=len(content)) + content
    assert decode_frame(whole[:-1]) is None
    assert decode_frame(whole + b"x") is None


@given(data=st.binary())
def test_no_bytes_break_the_decoder(data):
    frame = decode_frame(data)
    assert frame is None or frame.reply is not None or frame.code is not None


@pytest.mark.parametrize("code", [b"", b"\x1b[2J", b"Timeout", b"a" * 41, b"no spaces", b"\xff"])
def test_a_code_in_any_other_form_is_no_frame(code):
    assert decode_frame(encode_head(b"E", length=len(code)) + code) is None


def test_a_code_of_ours_is_told():
    assert decode_frame(encode_head(b"E", length=6) + b"memory") == Frame(code="memory")
