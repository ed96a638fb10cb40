"""The list of checkpoints ever seen: appended, durable, and torn lines are no lines."""

import pytest

from affiant.errors import IntegrityError
from affiant.log.seen import SeenCheckpoints
from affiant.log.tree import TreeHead

HEADS = [TreeHead(size, bytes([size]) * 32) for size in (1, 5, 9)]


def test_heads_are_remembered_in_order_and_once_in_a_row(tmp_path):
    seen = SeenCheckpoints(tmp_path, case="ab" * 16)
    assert list(seen.heads()) == []
    for head in (*HEADS, HEADS[-1]):
        seen.remember(head)
    assert list(SeenCheckpoints(tmp_path, case="ab" * 16).heads()) == HEADS
    assert list(SeenCheckpoints(tmp_path, case="cd" * 16).heads()) == []


@pytest.mark.parametrize("torn", ["9", "9 ", "9 ab", f"9 {'09' * 32}"])
def test_a_line_cut_by_a_crash_is_no_line_and_the_next_one_is_whole(torn, tmp_path):
    seen = SeenCheckpoints(tmp_path, case="ab" * 16)
    seen.remember(HEADS[0])
    with seen.path.open("a", encoding="ascii") as file:
        file.write(torn)
    assert list(seen.heads()) == HEADS[:1]
    seen.remember(HEADS[1])
    assert list(seen.heads()) == HEADS[:2]


@pytest.mark.parametrize("line", ["x", "5", f"05 {'00' * 32}", f"5 {'0G' * 32}", ""])
def test_a_line_that_is_not_ours_is_refused(line, tmp_path):
    seen = SeenCheckpoints(tmp_path, case="ab" * 16)
    seen.remember(HEADS[0])
    with seen.path.open("a", encoding="ascii") as file:
        file.write(line + "\n")
    with pytest.raises(IntegrityError):
        list(seen.heads())


def test_a_last_line_of_which_a_sector_never_came_to_the_disk_is_as_if_not_written(tmp_path):
    seen = SeenCheckpoints(tmp_path, case="ab" * 16)
    for size in range(1, 20):
        seen.remember(TreeHead(size, bytes(32)))
    data = seen.path.read_bytes()
    torn = data[:-60] + bytes(40) + data[-20:]
    seen.path.write_bytes(torn)
    assert [head.size for head in seen.heads()] == list(range(1, 19))
    seen.remember(TreeHead(20, bytes(32)))
    assert [head.size for head in seen.heads()] == [*range(1, 19), 20]
