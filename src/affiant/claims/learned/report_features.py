"""What the models see of a whole report, as short strings that are hashed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log2
from typing import Final

from affiant.claims.learned.acts import ToldAct
from affiant.claims.learned.cues import DOUBT, SMALL, TIMES, sorts, violence
from affiant.claims.learned.reports import Report
from affiant.claims.learned.syntax import left_governor, right_governor

_NAMES: Final = ("given", "family")
_WIDE: Final = 8
_PAIRS: Final = 30


def report_features(report: Report, *, acts: Sequence[ToldAct]) -> set[str]:
    """Return what stands in a report: words, kinds of violence with what is around, and acts."""
    found = {f"n={int(log2(1 + sum(map(len, report.sentences))))}"}
    for number, words in enumerate(report.sentences):
        kinds = {violence(word) for word in words} - {""}
        found.update(f"u={word}" for word in words)
        found.update(f"t={kind}" for kind in kinds)
        if number < 2:
            found.update(f"u{number}={word}" for word in words)
            found.update(f"t{number}={kind}" for kind in kinds)
        where = _where(words, number=number)
        for at, word in enumerate(words):
            kind = violence(word)
            if kind and kind != "doing":
                found.update(_around(words, at=at, kind=kind))
                found.update(_circumstances(words, at=at, where=where))
                found.update(_sides(words, at=at, where=where))
    for act in acts:
        found.update(_act_features(act))
    counted = Counter(act.family for act in acts)
    found.update(f"en={family}_{min(number, 5)}" for family, number in counted.items())
    return found


def _where(words: Sequence[str], *, number: int) -> tuple[int, str, str]:
    """Return how early a sentence stands, whether it tells a time, and whether it doubts."""
    seen = set(words)
    return min(number, 4), "T" if seen & TIMES else "-", "N" if seen & DOUBT else "-"


def _around(words: Sequence[str], *, at: int, kind: str) -> Iterator[str]:
    """Yield what stands around a word of violence: its neighbours, and content words near."""
    word = words[at]
    padded = ("<", "<", *words, ">", ">")
    before, after = padded[at : at + 2], padded[at + 3 : at + 5]
    yield f"e={before[1]}_{word}_{after[0]}"
    yield f"g={before[0]}_{before[1]}_{word}"
    yield f"i={word}_{after[0]}_{after[1]}"
    for near in range(max(0, at - 5), min(len(words), at + 6)):
        if near != at and words[near] not in SMALL:
            yield f"c={kind}_{words[near]}"
            if abs(near - at) < 4:
                yield f"d={word}_{words[near]}_{int(near > at)}"


def _circumstances(words: Sequence[str], *, at: int, where: tuple[int, str, str]) -> Iterator[str]:
    """Yield in what kind of sentence a word of violence stands, and what governs it."""
    word, kind = words[at], violence(words[at])
    place, time, doubt = where
    yield from (f"x{kind}{time}{doubt}", f"xw{word}{time}", f"xw{word}{doubt}")
    yield from (f"xp{kind}{place}{time}", f"xpw{word}{place}")
    if at + 1 < len(words):
        left, right = left_governor(words, first=at), right_governor(words, last=at)
        yield f"xg{kind}{left.word}{left.link}"
        yield f"xh{kind}{right.word}{right.how}"
        yield f"xv{word}_{words[at - 1] if at else '<'}"


def _sides(words: Sequence[str], *, at: int, where: tuple[int, str, str]) -> Iterator[str]:
    """Yield who and what stands before and after a word of violence."""
    word, kind = words[at], violence(words[at])
    _, time, doubt = where
    left = sorts_among(words[max(0, at - _WIDE) : at])
    right = sorts_among(words[at + 1 : at + 1 + _WIDE])
    for side, found in (("l", left), ("r", right)):
        for sort in found:
            yield from (f"x{side}{kind}{sort}", f"x{side}w{word}{sort}")
            yield f"x{side}t{kind}{sort}{time}{doubt}"
    if len(left) * len(right) < _PAIRS:
        yield from (f"xlr{kind}{one}{other}" for one in left for other in right)


def sorts_among(words: Sequence[str]) -> set[str]:
    """Return the sorts of persons and things that words tell of, names as one sort."""
    found = {sort for word in words for sort in sorts(word)}
    names = found & set(_NAMES)
    return (found - names) | ({"name"} if names else set())


def _act_features(act: ToldAct) -> Iterator[str]:
    """Yield what the rules say of one act."""
    family = act.family
    yield f"ea={act.act}"
    yield f"ef={family}"
    yield f"ef={family}_{act.modality}_{act.stance}"
    yield f"efw={family}_{act.dated}"
    yield f"efm={family}_{act.method}"
    yield f"efl={family}_{int(act.placed)}"
    yield f"efp={family}_{int(act.position * 4)}"
    for party in act.parties:
        yield f"ei={family}_{party.side}_{party.strength}_{party.inferred}"
