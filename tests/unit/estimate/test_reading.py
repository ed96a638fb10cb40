"""Tables from files: every form is read, and what is none says which line and what to do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError
from affiant.estimate.reading import Stratum, declare_derived, keep_table, read_tables
from affiant.estimate.table import MOST_LISTS, CaptureTable, from_counts

PATTERNS = b"court,clinic,graves,count\n1,0,0,2\n0,1,1,1\n1,1,1,3\n"
COUNTS = {"100": 2, "011": 1, "111": 3}
LISTS = ("court", "clinic", "graves")
TABLE = from_counts(COUNTS, lists=LISTS)


def read(data, /, *, persons=False, by=()):
    [found] = read_tables(data, persons=persons, by=by)
    return found.table


def objects(rows):
    return json.dumps(rows).encode()


def test_patterns_are_read_from_csv_and_json_alike():
    rows = [
        {"count": 2, "court": 1, "clinic": 0, "graves": 0},
        {"count": 1, "court": False, "clinic": True, "graves": True},
        {"count": 3, "court": 1, "clinic": 1, "graves": 1},
    ]
    assert read(PATTERNS) == read(objects(rows)) == TABLE


def test_one_row_a_person_is_read_from_csv_and_json_alike():
    lines = ["person,court,clinic,graves", "a,1,0,0", "b,1,0,0", "c,0,1,1", *["d,1,1,1"] * 3]
    rows = [dict(zip(lines[0].split(","), line.split(","), strict=True)) for line in lines[1:]]
    assert read("\n".join(lines).encode(), persons=True) == TABLE
    assert read(objects(rows), persons=True) == TABLE


def test_a_mark_at_the_front_line_ends_of_windows_and_empty_lines_change_nothing():
    assert read(b"\xef\xbb\xbf" + PATTERNS.replace(b"\n", b"\r\n") + b"\r\n\r\n") == TABLE


def test_the_line_of_those_on_no_list_may_stand_there_without_people():
    for nobody in (b"0,0,0,0\n", b"0,0,0,NA\n"):
        assert read(PATTERNS + nobody) == TABLE


def test_columns_cut_a_table_into_strata():
    data = b"sex,court,clinic,graves,count\nf,1,0,0,2\nm,0,1,1,1\nf,1,0,1,3\n,1,1,1,4\n"
    found = read_tables(data, persons=False, by=("sex",))
    assert [stratum.words for stratum in found] == ["sex f", "sex m", "sex not known"]
    assert [stratum.table.observed for stratum in found] == [5, 1, 4]
    assert found[0].table.lists == ("court", "graves")
    assert found[0].left_out == ("lists that name nobody here: clinic",)


def test_a_table_that_was_kept_comes_back_with_its_linkage():
    table = CaptureTable(
        lists=LISTS, counts=TABLE.counts, derived=(("court", "graves"),), linkage="4/ab/cd"
    )
    kept = Stratum(label=(("place", "Oreth"),), table=table)
    assert read_tables(keep_table(kept), persons=False) == (kept,)


HOSTILE = {
    "nothing": (b"", "empty", "first line"),
    "white space": (b" \n \n", "empty", "first line"),
    "only a heading": (b"count\n", "first line", "lists' names"),
    "no count": (b"a,b,c\n1,0,1\n", "first line", "count"),
    "semicolons": (b"a;b;c;count\n1;0;0;4\n", "semicolons", "commas"),
    "tabs": (b"a\tb\tcount\n1\t0\t4\n", "tabs", "commas"),
    "a two": (b"a,b,c,count\n1,0,0,4\n1,2,0,4\n", "line 3", "Write 1"),
    "a negative count": (b"a,b,c,count\n1,0,0,-4\n", "line 2", "whole number"),
    "a fraction": (b"a,b,c,count\n1,0,0,4.5\n", "line 2", "whole number"),
    "a thousands mark": (b'a,b,c,count\n1,0,0,"4,500"\n', "line 2", "separators"),
    "a formula": (b"a,b,c,count\n1,0,0,=1+1\n", "line 2", "whole number"),
    "an endless number": (b"a,b,c,count\n1,0,0," + b"9" * 9000 + b"\n", "line 2", "whole number"),
    "digits of another script": ("a,b,c,count\n1,0,0,٣\n".encode(), "line 2", "whole number"),
    "a count that is not known": (b"a,b,c,count\n1,0,0,NA\n", "line 2", "whole number"),
    "a cell too few": (b"a,b,c,count\n1,0,0,4\n\n1,0,4\n", "line 4", "as many cells"),
    "people on no list": (b"a,b,c,count\n1,0,0,4\n0,0,0,7\n", "line 3", "Leave that line out"),
    "two lists of one name": (b"a,a,c,count\n1,0,0,4\n", "lists are called", "name of its own"),
    "a list without a name": (b"a,,c,count\n1,0,0,4\n", "lists are called", "name of its own"),
    "too many lists": (",".join(map(str, range(99))).encode() + b",count\n", "99 lists", ""),
    "another encoding": ("a,b,c,count\n1,0,0,4\n\u00e4".encode("latin-1"), "line 3", "UTF-8"),
    "a null character": (b"a,b,c,count\n1,0,0,\x004\n", "line 2", "UTF-8"),
    "an open quotation mark": (b'a,b,c,count\n1,0,0,"4\n', "line", "quotation mark"),
    "broken JSON": (b'[{"a": 1,\n"b": }]', "line 2", "array of objects"),
    "JSON a thousand deep": (b"[" * 100_000, "JSON", "array of objects"),
    "objects that differ": (b'[{"a":1,"count":2},{"b":1,"count":2}]', "object 2", "same names"),
    "numbers in an array": (b"[1, 2]", "object 1", "same names"),
    "an object that was not kept": (b'{"lists": ["a"]}', "lacks", "--keep-table"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_says_where_and_what_to_do(name):
    data, where, remedy = HOSTILE[name]
    with pytest.raises(BadInputError) as refused:
        read_tables(data, persons=False)
    assert where in refused.value.problem
    assert remedy in refused.value.remedy
    assert len(refused.value.problem) < 200


def test_a_person_on_no_list_is_refused_with_the_line():
    with pytest.raises(BadInputError, match="line 3 is a person on no list"):
        read_tables(b"a,b,c\n1,0,0\n0,0,0\n", persons=True)


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(BadInputError, match="no column 'sex'") as refused:
        read_tables(PATTERNS, persons=False, by=("sex",))
    assert "court, clinic, graves, count" in refused.value.remedy


@pytest.mark.parametrize("pair", ["court", "=court", "court=court", "court=nobody"])
def test_only_two_lists_of_the_table_can_be_declared_as_derived(pair):
    with pytest.raises(BadInputError):
        declare_derived([Stratum(table=TABLE)], pairs=[pair])


@given(data=st.binary(max_size=200), persons=st.booleans())
def test_any_bytes_are_a_table_or_are_refused(data, persons):
    try:
        found = read_tables(data, persons=persons)
    except BadInputError as refused:
        assert refused.remedy
    else:
        assert all(1 <= len(stratum.table.lists) <= MOST_LISTS for stratum in found)


@given(text=st.text(alphabet='01,\n\r"countab[]{}:;NA\t ', max_size=80), persons=st.booleans())
def test_near_tables_are_tables_or_are_refused(text, persons):
    test_any_bytes_are_a_table_or_are_refused.hypothesis.inner_test(text.encode(), persons)
