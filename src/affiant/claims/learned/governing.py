"""What the models see of a mention by what governs it, here and where its head comes again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from affiant.claims.learned.cues import PREPOSITIONS, SMALL, sorts, violence
from affiant.claims.learned.reports import Place, Report
from affiant.claims.learned.syntax import left_governor, right_governor

_LOOKED_AT: Final = 5
_AGAIN: Final = 6
_TOO_COMMON: Final = 6
_RARE: Final = 3
_SHAPED: Final = 6
_CROSSED: Final = ("Gk", "Sk", "GS")
_CROSSED_AGAIN: Final = ("cGk", "cSk")
_NAMED: Final = frozenset({"rare", "family", "given"})

WordIndex = Mapping[str, Sequence[tuple[int, int]]]
Common = Callable[[str], int]


def word_index(report: Report) -> WordIndex:
    """Return where each word of a report stands: number of the sentence, of the word."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(report.sentences):
        for at, word in enumerate(words):
            found[word].append((number, at))
    return found


def head_of(key: str) -> str:
    """Return the word that a mention is about: the last before any preposition."""
    words = key.split()
    for at, word in enumerate(words[1:]):
        if word in PREPOSITIONS:
            return words[at]
    return words[-1]


def sort_of(key: str, *, common: Common) -> str:
    """Return what sort of thing the head of a mention tells of, ``rare`` for an unusual word."""
    head = head_of(key)
    found = sorts(head)
    return found[0] if found else "rare" if common(head) < _RARE else "word"


def governing_features(
    report: Report, *, key: str, places: Sequence[Place], index: WordIndex, common: Common
) -> set[str]:
    """Return what governs a mention and what sorts of words stand around it, at all places."""
    sort = sort_of(key, common=common)
    found = set(_shape_features(key, sort=sort, common=common))
    governed: set[str] = set()
    for place in places[:_LOOKED_AT]:
        number, first, last = place
        governed.update(_governed(report.sentences[number], first=first, last=last))
        found.update(_around(report, place=place))
    found |= governed
    found.update(f"{sort}|{one}" for one in governed if one[:2] in _CROSSED)
    again = list(_again(key, sort=sort, places=places, index=index, common=common))
    told = {
        f"c{one}"
        for number, at in again[:_AGAIN]
        for one in _governed(report.sentences[number], first=at, last=at)
    }
    found |= told
    found.update(f"{sort}|{one}" for one in told if one[:3] in _CROSSED_AGAIN)
    found.add(f"cor={min(len(again), 4)}_{sort}")
    found.add(f"pos={int(4 * places[0][0] / len(report.sentences))}")
    return found


def _governed(words: Sequence[str], *, first: int, last: int) -> Iterator[str]:
    """Yield the governors of a run with their kind of violence."""
    left, right = left_governor(words, first=first), right_governor(words, last=last)
    verbal = "v" if left.how in ("act", "pas", "ing") else left.how
    before, after = violence(left.word) or verbal, violence(right.word) or right.how
    listed = "c" in left.marks
    yield f"G={left.word}_{left.link}"
    yield f"Gv={left.word}_{left.how}_{left.link}"
    yield f"Gk={before}_{left.how}_{left.link}_{listed}"
    yield f"Gm={before}_{left.marks}"
    yield f"S={right.word}_{right.how}"
    yield f"Sk={after}_{right.how}_{right.marks}"
    yield f"Sk2={after}_{right.how}"
    yield f"GS={before}_{left.how}_{left.link}_{after}_{right.how}"


def _around(report: Report, *, place: Place) -> Iterator[str]:
    """Yield the sorts of words right beside a mention, and the violence told around it."""
    number, first, last = place
    words = report.sentences[number]
    before = report.sentences[number - 1] if number else ()
    yield from (f"pst={kind}" for kind in {violence(word) for word in before})
    yield from (f"stw={word}" for word in words if violence(word))
    yield from _beside("b", words=reversed(words[max(0, first - 3) : first]))
    yield from _beside("a", words=words[last + 1 : last + 3])


def _beside(side: str, *, words: Iterable[str]) -> Iterator[str]:
    for distance, word in enumerate(words):
        for sort in sorts(word)[:2] or ((word,) if word in SMALL else ("o",)):
            yield f"{side}s{distance}={sort}"


def _shape_features(key: str, *, sort: str, common: Common) -> Iterator[str]:
    """Yield what sorts of words a mention consists of, word by word."""
    words = key.split()
    own = sorts(head_of(key))
    yield from (f"hs={one}" for one in own)
    yield from (f"ws={one}" for word in words for one in sorts(word))
    yield f"hsl={own}_{min(len(words), 4)}"
    yield f"fs={sorts(words[0])}_{own}"
    yield f"shp={'-'.join(_letter(word, common=common) for word in words[:_SHAPED])}"
    yield f"srt={sort}"


def _letter(word: str, *, common: Common) -> str:
    """Return what sort of word this is, as short as can be."""
    if word in SMALL:
        return "f"
    found = sorts(word)
    if "given" in found:
        return "G"
    if "family" in found:
        return "Y"
    if found:
        return found[0][:2]
    if word[0].isdigit():
        return "9"
    return "c" if common(word) < _RARE else "r"


def _again(
    key: str, *, sort: str, places: Sequence[Place], index: WordIndex, common: Common
) -> Iterator[tuple[int, int]]:
    """Yield where the head of a mention, or the end of a name, comes without the rest."""
    words = key.split()
    is_name = sort in _NAMED and len(words) > 1 and not any(w in PREPOSITIONS for w in words)
    own = {(number, at) for number, first, last in places for at in range(first, last + 1)}
    for word in words[-2:] if is_name else [head_of(key)]:
        if word not in SMALL and common(word) <= _TOO_COMMON:
            yield from (place for place in index.get(word, ()) if place not in own)
