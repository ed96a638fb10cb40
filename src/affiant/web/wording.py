"""Who says it, and how it is told, in plain words."""

from typing import Final

from affiant.model.claim import Claim

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
_BASIS: Final = {
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


def chain(claim: Claim) -> list[tuple[str | None, str, str]]:
    """Return each speaker, outermost first: name or None, what they do with it, how they know."""
    return [
        (speaker.name, _STANCE[speaker.stance], _BASIS[speaker.basis]) for speaker in claim.speakers
    ]


def told_as(claim: Claim) -> str:
    """Return whether the act is told as done, as possible, or denied."""
    told = _MODALITY[claim.modality]
    if claim.denies:
        return f"denied: {claim.denies}"
    if any(speaker.stance in ("denies", "disputes") for speaker in claim.speakers):
        return f"{told}, and denied or disputed by a speaker"
    return told
