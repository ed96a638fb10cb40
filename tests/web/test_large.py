"""A long document with a thousand claims stays quick; what was acknowledged outlives a kill."""

import statistics

from web.bench import claim_of, press_through, timed_decisions
from web.large import large_desk

LOOSE_MS = 1_000


def test_every_claim_of_a_long_document_is_there_and_the_next_comes_at_once(opened, tmp_path):
    desk, document = large_desk(tmp_path / "case")
    _, tab = opened(desk)
    page = tab.document(document)
    assert page.locator("#queue li").count() == 1500
    assert page.evaluate("CSS.highlights.get('suggested').size") == 1500
    assert page.evaluate("document.getElementById('doc').textContent.length") >= 100_000
    times = timed_decisions(page, 10)
    assert statistics.median(times) < LOOSE_MS
    assert page.evaluate("CSS.highlights.get('accepted').size") == 10
    tab.confirm_quiet()


def test_a_kill_loses_no_decision_that_was_acknowledged(opened, tmp_path):
    desk, document = large_desk(tmp_path / "case", claims=160, characters=12_000)
    at, tab = opened(desk)
    page = tab.document(document)
    acknowledged = []
    for number in range(150):
        acknowledged.append(claim_of(page))
        keys = ("s", "d", "a") if number % 3 else ("x", "1")
        press_through(page, *keys)
    at.kill()
    rows = {row["suggestion"]: row for row in _decided(desk)}
    assert [claim for claim in acknowledged if claim not in rows] == []
    desk.clean()


def _decided(desk) -> list[dict]:
    from affiant.store import open_case
    from flows.desk import configured

    with configured(desk.configuration), open_case(desk.folder) as case:
        return [{"suggestion": row.suggestion} for row in case.claims.all() if row.verdicts]
