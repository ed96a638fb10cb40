"""What the models see of each mention, as short strings that are hashed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zlib import crc32

from affiant.claims.learned.acts import ToldAct
from affiant.claims.learned.cues import (
    BEING,
    DETERMINERS,
    PREPOSITIONS,
    SMALL,
    TITLES,
    violence,
    word_class,
)
from affiant.claims.learned.reports import Place, Report

ROWS: Final = 1 << 19
"""How many rows the tables of weights have: a feature's row is its checksum modulo this."""

_SIGHT: Final = 6


def row_of(feature: str) -> int:
    """Return the row of a feature."""
    return crc32(feature.encode()) & (ROWS - 1)


def rows_of(features: Iterable[str]) -> list[int]:
    """Return the rows of features, each once, in order."""
    return sorted({row_of(feature) for feature in features})


def party_features(key: str, *, acts: Sequence[ToldAct]) -> Iterator[str]:
    """Yield in which parts of acts the rules saw these words."""
    words = set(key.split())
    for act in acts:
        for party in act.parties:
            if words and words <= party.words:
                how = "=" if words == party.words else "<"
                yield f"{how}E={party.side}_{act.family}"
                yield f"{how}E2={party.side}_{party.strength}_{party.inferred}_{act.modality}"


def wording_features(key: str, *, known: Sequence[int]) -> list[str]:
    """Return what the words of a mention are, wherever it stands.

    Args:
        key: Its plain form.
        known: For each word that is no small word, how common it is, from 0 to 9.
    """
    words = key.split()
    first, last = words[0], words[-1]
    found = [f"k={key}", f"h={last}", f"f={first}", f"len={min(len(words), 6)}", f"sx={last[-3:]}"]
    if len(words) > 1:
        found += [f"h2={' '.join(words[-2:])}", f"fh={first}_{last}"]
    head = last
    for at, word in enumerate(words[1:], start=1):
        if word in PREPOSITIONS:
            head = words[at - 1]
            found += [f"pp={word}", f"hp={head}_{word}_{last}"]
            break
    found += [f"hd={head}", f"hx={head[-3:]}", *(f"w={word}" for word in words)]
    if known:
        found.append(f"df={max(known)}_{min(known)}_{min(len(words), 4)}")
        found.append(f"dfx={sum(known) // len(known)}")
    if first[0].isdigit():
        found.append("num")
    return found


def place_features(report: Report, *, place: Place) -> list[str]:
    """Return what stands around a mention at one place."""
    number, first, last = place
    words = report.sentences[number]
    found = [*_beside(words, first=first, last=last), *_before(words, first=first)]
    found += _after(words, last=last)
    left, right = words[max(0, first - _SIGHT) : first], words[last + 1 : last + 1 + _SIGHT]
    found += [f"lw={word}" for word in left if word not in SMALL]
    found += [f"rw={word}" for word in right if word not in SMALL]
    found += [f"st={kind}" for kind in {violence(word) for word in words}]
    found.append(f"si={number if number < 6 else 6 + min(number // 6, 5)}")
    return found


def _beside(words: Sequence[str], *, first: int, last: int) -> list[str]:
    """Return the words right beside a mention and their classes."""
    padded = ("<", "<", "<", *words, ">", ">")
    third, second, before = padded[first : first + 3]
    after, then = padded[last + 4 : last + 6]
    left, right = word_class(before), word_class(after)
    found = [f"p1={before}", f"p2={second}_{before}", f"n1={after}", f"n2={after}_{then}"]
    found += [f"pc={left}", f"nc={right}", f"pn={left}{right}"]
    if before in DETERMINERS or before in TITLES or before == ".":
        found += [f"p2d={second}", f"p3d={third}{second}"]
    return found


def _before(words: Sequence[str], *, first: int) -> list[str]:
    """Return the word of violence, and the verb, that govern a mention from the left."""
    near = words[max(0, first - 8) : first][::-1]
    found: list[str] = []
    link = "None"
    for distance, word in enumerate(near):
        if word in PREPOSITIONS and link == "None":
            link = word
        kind = violence(word)
        if kind:
            found += [f"L={word}_{link}", f"Lt={kind}_{link}_{distance // 3}"]
            break
    else:
        found.append("L0")
    for distance, word in enumerate(near[:6]):
        if word.endswith("ed") or word in BEING or (word in PREPOSITIONS and distance):
            return [*found, f"Lv={word}", f"Lv2={word}_{link}"]
    return found


def _after(words: Sequence[str], *, last: int) -> list[str]:
    """Return the word of violence, and the verb, that follow a mention."""
    near = words[last + 1 : last + 10]
    found: list[str] = []
    between = ""
    for distance, word in enumerate(near):
        if word in BEING:
            between = "B"
        elif word in PREPOSITIONS and not between:
            between = "P"
        elif word == ",":
            between += ","
        kind = violence(word)
        if kind:
            found += [f"R={word}_{between}", f"Rt={kind}_{between}_{distance // 3}"]
            break
    else:
        found.append("R0")
    for distance, word in enumerate(near[:5]):
        if word.endswith("ed") or word in BEING or word in ("that", "who", "which"):
            follows = near[distance + 1 : distance + 2] if word in BEING else ()
            return [*found, f"Rv={word}{''.join(follows)}"]
    return found
