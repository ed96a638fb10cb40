import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.model.file_name import escape_name, is_escaped


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("report 3.pdf", "report 3.pdf"),
        ("گزارش می‌شود.txt", "گزارش می‌شود.txt"),
        ("cafe\u0301.txt", "cafe\u0301.txt"),
        ("\u202egpj.exe", "%E2%80%AEgpj.exe"),
        ("a\nb\x00", "a%0Ab%00"),
        ("100%!#\\", "100%25%21%23%5C"),
        ("a\u00a0b\ufeff", "a%C2%A0b%EF%BB%BF"),
        ("folder/file", "folder/file"),
        (b"\xe9t\xe9.txt", "%E9t%E9.txt"),
        ("\udce9t.txt", "%E9t.txt"),
        ("\ud800", "%ED%A0%80"),
        ("\u0661\U0001f4c4", "\u0661\U0001f4c4"),
    ],
)
def test_what_hides_or_deceives_is_escaped_and_all_else_stays(name, escaped):
    assert escape_name(name) == escaped
    assert is_escaped(escaped)


@given(name=st.text() | st.binary())
def test_an_escaped_name_can_be_stored_and_shown(name):
    escaped = escape_name(name)
    escaped.encode("utf-8")
    assert is_escaped(escaped)
    assert not set(escaped) & set("!#\\\n\r\t\x00\u202e\u2066\ufeff")


@given(first=st.binary(max_size=6), second=st.binary(max_size=6))
def test_two_different_names_never_give_one(first, second):
    assert (escape_name(first) == escape_name(second)) == (first == second)


@pytest.mark.parametrize("name", ["a%", "a%2", "a%zz", "a%2f", "a\u202e", "a!", "a\\b"])
def test_what_the_escape_cannot_have_written_is_told(name):
    assert not is_escaped(name)
