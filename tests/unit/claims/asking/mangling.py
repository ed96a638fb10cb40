"""Replies of a model that gets many things wrong, with good proposals planted among them."""

import copy
import json
import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Any

from unit.claims.asking.invented import good

_INSERTED = ["\u200c", "\u200f", "\u00a0", "\u0301", "…", " ", "x", "\u0640", "\ufeff", "\u202e"]
_TWINS = str.maketrans({"ی": "ي", "ک": "ك", "e": "е", "a": "а", "o": "ο", "1": "١", "'": "’"})


@dataclass(frozen=True)
class Mangled:
    """A reply, with the act quotes of the good proposals in it."""

    text: str
    acts: tuple[str, ...]

    @property
    def good(self) -> int:
        return len(self.acts)


def mangled(page: str, *, random: Random) -> Mangled:
    """Return a reply of up to six proposals, none to two of them good, some not even JSON."""
    whole, acts, proposals = good(page), [], []
    for _ in range(random.randrange(6)):
        proposals.append(_broken(copy.deepcopy(whole), random=random))
    if random.random() < 0.7:
        act = whole["passages"][0]["exact"]
        proposals.insert(random.randrange(len(proposals) + 1), whole)
        acts.append(act)
    text = json.dumps({"claims": proposals}, ensure_ascii=random.random() < 0.3)
    if random.random() < 0.1:
        text = _cut(text, random=random)
        complete = {json.dumps(whole, ensure_ascii=plain) for plain in (True, False)}
        acts = [act for act in acts if any(words in text for words in complete)]
    return Mangled(text, tuple(acts))


def _broken(proposal: dict[str, Any], *, random: Random) -> dict[str, Any]:
    """Break one passage so that its words stand in no sentence, and perhaps more."""
    passage = random.choice(proposal["passages"])
    passage["exact"] = _inexact(passage["exact"], random=random)
    if random.random() < 0.3:
        proposal[random.choice(sorted(proposal))] = random.choice(
            [None, 7, "", [], {}, [[]], True, "killing", -1, 1e999]
        )
    if random.random() < 0.2:
        passage["sentence"] = random.choice([0, -1, 2, 10**12, None, "1", 1.5])
    return proposal


def _inexact(words: str, *, random: Random) -> str:
    """Return words that look alike and are not the same."""
    at = random.randrange(1, len(words))
    changed = [
        words[:at] + random.choice(_INSERTED) + words[at:],
        words[:at] + words[at + 1 :] + "\u200c",
        words.translate(_TWINS) + "\u200b",
        words[::-1] + "!",
        words.upper() + "?",
        unicodedata.normalize("NFD", words) + "\u0301",
        f"“{words}”",
        words.replace(" ", "  ") + "  ",
        words
        + random.choice([" (sic)", "…", "\n", "\x00", "\ud83d" if random.random() < 0.1 else "!"]),
        "the council killed ninety people",
    ]
    return random.choice(changed)


def _cut(text: str, *, random: Random) -> str:
    """Return a reply that is not the JSON that was asked for."""
    return random.choice(
        [
            text[: random.randrange(len(text))],
            "Here are the claims:\n" + text,
            f"```json\n{text}\n```",
            text.replace('"claims"', '"claim"'),
            text.replace("{", "[", 1),
        ]
    )
