import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import UnreadableError
from affiant.read.decoding import decode, decode_plainly, python_encoding, repair

PERSIAN = (
    "سازمان امداد روز دوشنبه اعلام كرد كه دست كم پنجاه و دو نفر در حمله به اردوگاه كشته شدند."
).replace("ی", "ي")
ARABIC = "أعلنت وزارة الصحة يوم الاثنين مقتل اثنين وخمسين شخصا على الأقل في الهجوم على المخيم."
FRENCH = "Sept personnes ont été enlevées à l'aube près du marché, à l’hôpital les tués."
SPANISH = "El jefe de la policía informó que murieron siete campesinos; los niños desaparecieron."
RUSSIAN = "Министерство заявило, что погибли пятьдесят два человека, семь похищены."
EVERY = "می\u200cشود \u00a0 \ufeff \u202bx\u202c \u2066y\u2069 so\u00adft e\u0301 \u2028 \r\n \n"


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_utf_8_text_is_kept_to_the_code_point(text):
    if text.startswith("\ufeff"):
        return
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, "utf-8", 0)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays(mark, encoding):
    decoded = decode(mark + EVERY.encode(encoding), declared="windows-1252")
    assert decoded.text == "\ufeff" + EVERY
    assert (decoded.encoding, decoded.found_by) == (encoding, "bom")


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (PERSIAN, "cp1256", "windows-1256"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso8859-6", "iso8859-6"),
        (FRENCH, "cp1252", "windows-1252"),
        (SPANISH, "iso8859-1", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (PERSIAN, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
    ],
)
def test_an_undeclared_encoding_is_detected(text, encoding, told):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == told
    assert decoded.found_by == "detected"
    assert decoded.replaced == 0


def test_what_is_declared_goes_before_what_fits():
    data = "é".encode()
    assert decode(data, declared="iso-8859-1").text == "Ã©"
    assert decode(data, declared="utf8").found_by == "declared"


def test_latin_1_is_read_as_what_it_means_in_practice():
    assert decode(b"\x93no\x94", declared="iso-8859-1").text == "“no”"


def test_a_declaration_that_the_bytes_contradict_is_not_believed():
    decoded = decode(PERSIAN.encode("cp1256"), declared="utf-8")
    assert (decoded.text, decoded.encoding) == (PERSIAN, "windows-1256")


@pytest.mark.parametrize("label", ["rot13", "hex", "idna", "unicode_escape", "nonsense", "", "\0"])
def test_what_is_no_encoding_of_text_is_not_taken_for_one(label):
    assert python_encoding(label) is None
    assert decode(b"abc", declared=label).found_by == "utf-8"


def test_bytes_without_a_character_are_replaced_and_counted():
    data = (PERSIAN * 3).encode() + b"\xff\xfe" + PERSIAN.encode()
    decoded = decode(data)
    assert decoded.text == PERSIAN * 3 + "\ufffd\ufffd" + PERSIAN
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 2)


def test_a_replacement_character_of_the_document_itself_is_not_counted():
    assert decode("a\ufffdb".encode()).replaced == 0


def test_lone_surrogates_are_replaced_and_counted_and_pairs_are_not():
    data = codecs.BOM_UTF16_LE + "a\ud800b\U0001f4c4".encode("utf-16-le", "surrogatepass")
    decoded = decode(data)
    assert decoded.text == "\ufeffa\ufffdb\U0001f4c4"
    assert (decoded.surrogates, decoded.replaced) == (1, 0)


def test_a_text_cut_within_a_character_says_so():
    decoded = decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"c")
    assert (decoded.text, decoded.replaced) == ("\ufeffab\ufffd", 1)


@given(text=st.text(st.characters()))
def test_a_repaired_text_can_be_stored(text):
    repaired, count = repair(text)
    repaired.encode("utf-8")
    assert count <= len(text)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (bytes(range(32)) * 50, "not_text"), (b"\0" * 9, "not_text")]
)
def test_what_is_no_text_is_refused(data, code):
    with pytest.raises(UnreadableError) as problem:
        decode(data)
    assert problem.value.code == code


@given(data=st.binary(min_size=1))
def test_any_bytes_decode_or_are_refused(data):
    try:
        decoded = decode(data)
    except UnreadableError:
        return
    decoded.text.encode("utf-8")


def test_only_what_is_settled_is_decoded_outside_the_box():
    assert decode_plainly("سلام".encode()) is not None
    assert decode_plainly("سلام".encode("cp1256")) is None
    assert decode_plainly("abc".encode("utf-16-le")) is None
