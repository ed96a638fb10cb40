"""Projections in memory: what is undone, erased or recorded twice."""

from dataclasses import replace

import pytest

from affiant.errors import IntegrityError
from affiant.store.database import open_scratch
from affiant.store.policies import PolicyStore
from affiant.store.projection import differences, project
from affiant.store.recorded import PartialBody, Recorded
from affiant.store.sources import SourceStore

POLICY = Recorded(
    position=3,
    kind="policy.set/1",
    actor="aa",
    at="2031-05-03T00:00:00Z",
    commitment="cc",
    fields={"name": "reviewers_needed", "value": "2"},
)


@pytest.fixture
def db():
    scratch = open_scratch()
    yield scratch
    scratch.close()


def test_what_was_not_set_has_its_default(db):
    assert PolicyStore(db).policies()["reviewers_needed"] == "1"
    project(db, entry=POLICY)
    assert PolicyStore(db).policies()["reviewers_needed"] == "2"


def test_an_undone_decision_and_an_erased_body_project_to_nothing(db):
    project(db, entry=replace(POLICY, undone=True))
    project(db, entry=replace(POLICY, fields=None))
    assert PolicyStore(db).policies()["reviewers_needed"] == "1"


def test_a_field_that_was_erased_reads_as_the_empty_text(db):
    body = PartialBody({"key": "ab", "roles": []})
    project(db, entry=replace(POLICY, kind="key.admitted/1", fields=body))
    assert PolicyStore(db).keys() == {"ab": ""}


def test_what_an_erased_field_held_is_not_wanted_where_it_must_be_there(db):
    with pytest.raises(IntegrityError, match="entry 3"):
        project(db, entry=replace(POLICY, kind="text.read/1", fields=PartialBody({"text": "x"})))


def test_a_source_declared_again_is_replaced(db):
    body = {"source_id": "s", "kind": "outlet", "interests": "", "reliability": None}
    for name in ("First", "Second"):
        fields = {**body, "name": name, "speaks_as": []}
        project(db, entry=replace(POLICY, kind="source.declared/1", fields=fields))
    assert [row.name for row in SourceStore(db).all()] == ["Second"]


def test_a_difference_names_the_table_and_says_on_which_side(db):
    other = open_scratch()
    project(other, entry=POLICY)
    [(table, detail)] = differences(db, replayed=other)
    assert table == "policy"
    assert "missing" in detail
    [(table, detail)] = differences(other, replayed=db)
    assert "no entry made" in detail
    assert list(differences(other, replayed=other)) == []
    other.close()
