"""What was decided on stays as it was seen, whatever version of the rules comes later."""

from dataclasses import replace

from affiant.claims.placing import as_decided
from affiant.claims.suggest import suggest
from affiant.model.claim import ClaimOrigin
from affiant.store.derived import suggestion_digest

TEXT = "At least twelve people were killed in Oreth on 3 May 2031."
[ITEM] = suggest(TEXT, text_digest=f"sha256:{'0' * 64}")
FORMER = replace(ITEM.claim, origin=ClaimOrigin(tool="rules-en", version="1"))


def test_a_suggestion_that_nobody_decided_on_is_not_taken_for_one():
    assert as_decided(ITEM, document="d", decided_on=frozenset()) is None


def test_what_was_decided_under_a_former_version_keeps_its_version_and_digest():
    digest = suggestion_digest(FORMER, document_id="d")
    found = as_decided(ITEM, document="d", decided_on={digest})
    assert found is not None
    assert found.claim == FORMER
    assert suggestion_digest(found.claim, document_id="d") == digest


def test_another_document_with_the_same_words_is_decided_apart():
    digest = suggestion_digest(FORMER, document_id="d")
    assert as_decided(ITEM, document="e", decided_on={digest}) is None
