"""A verification's result never says that all is well where a part was not checked."""

import pytest

from affiant.audit.report import Problem, Report

PROBLEM = Problem(item="entry 3", kind="altered", detail="the signature does not hold")


@pytest.mark.parametrize(
    ("problems", "not_checked", "code"),
    [([], [], 0), ([], ["withheld"], 3), ([PROBLEM], [], 5), ([PROBLEM], ["withheld"], 5)],
)
def test_the_exit_code_says_what_was_found(problems, not_checked, code):
    report = Report(problems=list(problems), not_checked=list(not_checked), notes=["by the way"])
    assert report.exit_code == code


def test_what_was_looked_at_is_counted():
    report = Report()
    report.count("entries")
    report.count("entries", by=4)
    assert report.plain()["checked"] == {"entries": 5}


def test_a_problem_is_told_in_the_shape_that_others_read():
    report = Report()
    report.add([PROBLEM])
    [told] = report.plain()["problems"]
    assert list(told) == ["item", "kind", "since", "who", "detail"]
    assert list(report.plain())[:3] == ["checked", "problems", "not_checked"]
