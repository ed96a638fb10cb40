"""The words and signs that the pages use for the closed lists of the model."""

from typing import Final

from affiant.model.vocabulary import CellState, Question, SlotName
from affiant.publish.pages.views import RulePurpose, TimelineKind

STATES: Final[dict[CellState, tuple[str, str]]] = {
    "agrees": ("=", "agrees"),
    "fits": ("≈", "fits, less exact"),
    "differs": ("≠", "differs"),
    "denies": ("⊘", "denies"),
    "repeats": ("↻", "repeats"),
    "silent": ("·", "silent"),
    "not_reviewed": ("?", "not reviewed"),
}
"""State to its sign and its word."""

STATE_MEANINGS: Final[dict[CellState, str]] = {
    "agrees": "The voice gives an answer that the case file’s answer covers.",
    "fits": "The voice gives a less exact answer that does not contradict it.",
    "differs": "The voice gives another answer.",
    "denies": "The voice says that it is not so, or that nothing happened.",
    "repeats": "The voice passes on what another voice said; it is not counted again.",
    "silent": "The voice was read through for this question and says nothing to it.",
    "not_reviewed": "Nobody has read the voice through for this question: not known.",
}

QUESTIONS: Final[dict[Question, str]] = {
    "when": "When",
    "where": "Where",
    "killed": "Killed",
    "wounded": "Wounded",
    "taken": "Taken",
    "missing": "Missing",
    "displaced": "Displaced",
    "ill_treated": "Ill-treated",
    "by_whom": "By whom (alleged)",
    "method": "How",
}
"""Question to its row in the matrix."""

RANGES: Final[dict[Question, str]] = {
    "killed": "People killed",
    "wounded": "People wounded",
    "taken": "People taken",
    "missing": "People missing",
    "displaced": "People displaced",
    "ill_treated": "People ill-treated",
}
"""Question to the heading above its range."""

SLOTS: Final[dict[SlotName, str]] = {
    "act": "what was done",
    "actor": "who is alleged to have done it",
    "victim": "to whom",
    "count": "how many",
    "when": "when",
    "where": "where",
    "method": "how",
    "status": "status",
    "speaker": "who says so",
    "basis": "how they know",
}

TIMELINE: Final[dict[TimelineKind, str]] = {
    "event": "event",
    "denial": "denial",
    "statement": "statement made",
    "document": "document made",
}

PURPOSES: Final[dict[RulePurpose, str]] = {
    "counting": "How people are counted",
    "grading": "How support is graded",
    "review": "How claims are reviewed",
    "publication": "How it is decided what is published",
}
