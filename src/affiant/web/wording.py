"""Who says it, and how it is told, in plain words."""

from typing import Final

from markupsafe import Markup

from affiant.claims.seeds import SeedOutcome
from affiant.model.claim import Claim
from affiant.publish.pages.marks import visible
from affiant.publish.sentences import says as says_plainly

_STANCE: Final = {
    "asserts": "says",
    "denies": "denies",
    "disputes": "disputes",
    "reports": "passes on",
    "raises_possibility": "says it may be",
    "retracts": "takes back",
    "corrects": "corrects",
    "declines": "does not say",
}
BASES: Final = {
    "saw": "saw it",
    "took_part": "took part",
    "told_by": "was told",
    "document": "from a document",
    "instrument": "from a recording or measurement",
    "none_given": "how they know is not said",
}
_MODALITY: Final = {
    "actual": "as having happened",
    "possible": "as possible",
    "intended": "as intended",
    "conditional": "as depending on something else",
    "called_for": "as called for",
    "presupposed": "as known already, not itself told",
}

_SEEDED: Final = {
    "number": "a number was changed",
    "polarity": "what is asserted or denied was turned round",
    "swap": "victim and accused were exchanged",
}


def told_of(seed: SeedOutcome) -> str:
    """Return what a reviewer is told at once after deciding on a seeded error."""
    caught = "you caught it" if seed.caught else "it got past you"
    return f"That was a seeded error, and {caught}: {_SEEDED[seed.how]}. The real one comes next."


def says(claim: Claim) -> Markup:
    """Return what a claim says in a phrase; whatever others wrote in it keeps its direction.

    Without that, the number after a right-to-left name would jump before it.
    """
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\0{len(kept) - 1}\0"

    pieces = says_plainly(claim, foreign=keep).split("\0")
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(visible(kept[int(piece)])) if at % 2 else piece
        for at, piece in enumerate(pieces)
    )


def chain(claim: Claim) -> list[tuple[str | None, str, str]]:
    """Return each speaker, outermost first: name or None, what they do with it, how they know."""
    return [
        (speaker.name, _STANCE[speaker.stance], BASES[speaker.basis]) for speaker in claim.speakers
    ]


def told_as(claim: Claim) -> str:
    """Return whether the act is told as done, as possible, or denied."""
    told = _MODALITY[claim.modality]
    if claim.denies:
        return f"denied: {claim.denies}"
    if any(speaker.stance in ("denies", "disputes") for speaker in claim.speakers):
        return f"{told}, and denied or disputed by a speaker"
    return told
