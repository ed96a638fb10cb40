"""Mentions of one claim are joined up to a limit, and the limit is said."""

from affiant.claims.retelling import MOST_QUOTES
from affiant.claims.suggest import propose

DIGEST = f"sha256:{'0' * 64}"
SENTENCE = "Twelve villagers were killed in Sedra on 3 May 2031.\n\n"


def mentions(times: int):
    """Return the one suggestion for a text that tells one claim so many times."""
    [found] = propose(SENTENCE * times, text_digest=DIGEST, published=None, language="en")
    return found


def test_each_mention_of_a_claim_is_a_quote_of_its_own():
    acts = [quote.start for quote in mentions(3).claim.quotes if quote.slot == "act"]
    assert len(acts) == len(set(acts)) == 3


def test_where_mentions_are_left_out_the_suggestion_says_so():
    found = mentions(MOST_QUOTES + 2)
    assert "more often than is quoted" in found.why
    assert "more often than is quoted" not in mentions(3).why
