"""Claims, dates and tallies in plain words."""

from collections.abc import Callable

from affiant.corroborate.values import span_in_words
from affiant.model.claim import Claim
from affiant.model.when import when_in_words


def says(claim: Claim, *, foreign: Callable[[str], str] = str) -> str:
    """Return what a claim says in a phrase, without its speaker: ``Abduction of …; 12 taken``.

    Args:
        claim: The claim.
        foreign: Is given every piece that a document or a person wrote, as a name, and returns
            it as it is to stand in the phrase.
    """
    act = claim.act.replace("_", " ")
    victims = [foreign(party.name) for party in claim.involvements if party.side == "victim"]
    done = f"{act} of {', '.join(victims)}" if victims else act
    if claim.speakers[-1].stance == "denies":
        done = f"denied: {done}"
    counts = [
        f"{span_in_words(count.min, high=count.max)} {count.of.replace('_', ' ')}"
        if count.min is not None or count.max is not None
        else f"{foreign(count.words)} ({count.of.replace('_', ' ')}, no number given)"
        for count in claim.counts
    ]
    parts = [done[0].upper() + done[1:], *counts]
    accused = [foreign(party.name) for party in claim.involvements if party.side == "accused"]
    if accused:
        parts.append("alleged: " + ", ".join(accused))
    when = when_in_words(claim.when)
    where = (claim.where.name or claim.where.words) if claim.where else ""
    return "; ".join([*parts, *(foreign(part) for part in (when, where) if part)])


def reviewed(accepting: int) -> str:
    """Return how many people accepted a claim, and how."""
    if accepting == 1:
        return "one person; accepted"
    words = {2: "two people, separately; both accepted"}
    return words.get(accepting, f"{accepting} people, separately; all accepted")


def tally_of_states(states: list[str]) -> str:
    """Return how many voices stand how: ``2 agree; 1 differs; 3 silent``."""
    words = {
        "agrees": ("agrees", "agree"),
        "fits": ("fits", "fit"),
        "differs": ("differs", "differ"),
        "denies": ("denies", "deny"),
        "repeats": ("repeats", "repeat"),
        "silent": ("silent", "silent"),
        "not_reviewed": ("not reviewed", "not reviewed"),
    }
    found = []
    for state, (one, many) in words.items():
        number = states.count(state)
        if number:
            found.append(f"{number} {one if number == 1 else many}")
    return "; ".join(found)
