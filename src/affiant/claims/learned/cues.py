"""Words that tell of violence, by kind, and the classes of small words."""

import re
from functools import lru_cache
from typing import Final

_STEMS: Final = tuple(
    (kind, re.compile(f"(?:{stems})"))
    for kind, stems in (
        (
            "attack",
            "kill|murder|assassinat|attack|massacr|shot|shoot|machinegun|ambush|slain|slay|clash"
            "|death|died|dead|execut|wound|injur|gunned|strafed|tortur|crime|harass|raid|assault"
            "|intercept|threat",
        ),
        (
            "bombing",
            "bomb|explo|dynamit|blast|grenade|detonat|mine$|mines$|device|blew|blown|mortar|rocket",
        ),
        ("kidnapping", "kidnap|abduct|hostage|captur|held$|disappear|ransom|seized"),
        ("arson", "burn|arson|torch|fire$|flames|set$|incendiar"),
        ("robbery", "rob|stole|stolen|loot|theft|took$"),
        ("forced work stoppage", "stoppage|strike|paralyz|halt"),
        ("damage", "destroy|damag|sabotag|destruct|knock"),
        (
            "doing",
            "threw|hurl|throw|plant|placed|fired|firing|launch|using|with$|carri|perpetrat|staged"
            "|responsib|claim|accus|blam|attribut|suspect|member|order|mastermind",
        ),
    )
)
BEING: Final = frozenset(["was", "were", "is", "are", "been", "be", "being"])
PREPOSITIONS: Final = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "against",
        "near",
        "inside",
        "outside",
        "between",
        "among",
        "into",
        "through",
        "under",
        "over",
        "during",
        "after",
        "before",
    ]
)
DETERMINERS: Final = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our"]
)
TITLES: Final = frozenset(
    [
        "mr",
        "mrs",
        "dr",
        "gen",
        "col",
        "general",
        "colonel",
        "lt",
        "lieutenant",
        "major",
        "maj",
        "captain",
        "capt",
        "sgt",
        "sergeant",
        "father",
        "priest",
        "priests",
        "minister",
        "president",
        "senator",
        "deputy",
        "judge",
        "mayor",
        "governor",
        "leader",
        "journalist",
        "bishop",
        "monsignor",
        "ambassador",
        "candidate",
        "engineer",
        "rev",
        "reverend",
        "professor",
        "doctor",
        "attorney",
        "commander",
        "magistrate",
        "citizen",
        "former",
    ]
)
SMALL: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "from",
        "with",
        "without",
        "within",
        "into",
        "onto",
        "over",
        "under",
        "between",
        "among",
        "against",
        "during",
        "after",
        "before",
        "since",
        "until",
        "about",
        "around",
        "near",
        "through",
        "throughout",
        "as",
        "than",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "while",
        "if",
        "because",
        "although",
        "though",
        "so",
        "not",
        "no",
        "'s",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "can",
        "could",
        "must",
        "it",
        "its",
        "he",
        "she",
        "they",
        "them",
        "him",
        "her",
        "his",
        "their",
        "we",
        "us",
        "our",
        "i",
        "you",
        "your",
        "this",
        "these",
        "those",
        "there",
        "here",
        "also",
        "only",
        "very",
        "just",
        "still",
        "already",
        "yet",
        "even",
        "however",
        "then",
        "thus",
        "said",
        "says",
        "stated",
        "reported",
        "added",
        "according",
        "told",
        "ago",
    ]
)


@lru_cache(maxsize=20000)
def violence(word: str) -> str:
    """Return the kind of violence that a word tells of, or an empty string."""
    if len(word) < 3:
        return ""
    return next((kind for kind, stems in _STEMS if stems.match(word)), "")


def word_class(word: str) -> str:
    """Return a word's class: a small word by kind, a mark as it stands, else ``w``."""
    if word in DETERMINERS:
        return "DET"
    if word in PREPOSITIONS:
        return f"P:{word}"
    if word in BEING:
        return "BE"
    if word in SMALL:
        return "F"
    if not word[0].isalnum():
        return word
    return "NUM" if word[0].isdigit() else "w"
