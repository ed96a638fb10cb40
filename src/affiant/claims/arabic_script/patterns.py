"""Patterns over the shadow, made from word lists that a linguist writes."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, TypeAlias

from affiant.claims.arabic_script.shadow import Glue, key_of
from affiant.claims.lexicon import table

Listed: TypeAlias = Any
"""What stands under a key of a word list: words, phrases, or words with values."""

_LEFT: Final = r"(?<![^ ])"
_RIGHT: Final = r"(?![^ ])"
_A_FEW: Final = r"(?:[^ ]+ ){0,5}?"
NEVER: Final = re.compile(r"(?!)")


def listed(name: str, *keys: str, language: str) -> Listed:
    """Return what a word list holds under its keys."""
    found: Any = table(name, language=language)
    for key in keys:
        found = found[key]
    return found


@cache
def words(name: str, *keys: str, language: str) -> frozenset[str]:
    """Return the uniform spellings of the words of one list."""
    found = listed(name, *keys, language=language)
    return frozenset(key_of(word) for word in (found.split() if isinstance(found, str) else found))


@cache
def numbers(name: str, *keys: str, language: str) -> dict[str, Any]:
    """Return a list of words with what each stands for, in uniform spelling."""
    found: dict[str, Any] = listed(name, *keys, language=language)
    return {phrase(word): value for word, value in found.items()}


def phrase(entry: str) -> str:
    """Return the words of an entry in uniform spelling."""
    return " ".join(key_of(word) for word in entry.split())


def written(entry: str) -> str:
    """Return the pattern of an entry: ``~`` a few words, ``*`` any end, ``|`` another spelling."""
    parts = []
    for word in entry.split():
        if word == "~":
            parts.append(_A_FEW)
            continue
        spellings = [re.escape(key_of(one)).replace(r"\*", "[^ ]*") for one in word.split("|")]
        parts.append((f"(?:{'|'.join(spellings)})" if spellings[1:] else spellings[0]) + " ")
    return "".join(parts).removesuffix(" ")


def any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the entries as whole words, longest first."""
    ordered = sorted(entries, key=len, reverse=True)
    return bounded("|".join(written(entry) for entry in ordered)) if ordered else NEVER


def bounded(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches whole words only."""
    return re.compile(f"{_LEFT}(?:{pattern}){_RIGHT}")


@cache
def cues(name: str, *keys: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a list of phrases."""
    found = listed(name, *keys, language=language)
    return any_of(found.split() if isinstance(found, str) else found)


@cache
def formed(name: str, *keys: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a list of nouns with the endings that nouns take."""
    stems = sorted(words(name, *keys, language=language), key=len, reverse=True)
    ends = sorted(words("people", "endings", language=language), key=len, reverse=True)
    return bounded(
        f"(?:{'|'.join(map(re.escape, stems))})(?:{'|'.join(map(re.escape, ends))}){{0,2}}"
    )


@cache
def glue(language: str) -> Glue:
    """Return the words that are written apart and belong together."""
    return Glue(
        before=words("words", "glue_before", language=language),
        after=words("words", "glue_after", language=language),
    )


@cache
def verb_cues(name: str, *keys: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a list of verbs in all their forms."""
    entries = sorted(listed(name, *keys, language=language), key=len, reverse=True)
    made = "|".join(verbal(entry, language=language, named=False) for entry in entries)
    return bounded(made)


@cache
def finite(language: str) -> re.Pattern[str]:
    """Return the pattern of any verb that ends a clause."""
    stems = listed("verbs", "stems", language=language)
    made = "|".join(_verb(stem, language=language, named=False, alone=True) for stem in stems)
    progressive = "|".join(words("verbs", "endings", "progressive", language=language))
    also = "|".join(words("verbs", "also", language=language))
    return bounded(rf"{made}|{also}|ن?(?:{progressive})[^ ]{{3,}}")


def verbal(entry: str, *, language: str, named: bool = True) -> str:
    """Return the pattern of an entry whose last word with a known stem is a verb."""
    parts = entry.split()
    stems = listed("verbs", "stems", language=language)
    at = next((i for i in range(len(parts) - 1, -1, -1) if parts[i] in stems), None)
    if at is None:
        return written(entry)
    verb = _verb(parts[at], language=language, named=named, alone=at == 0)
    same = listed("verbs", "same", language=language).get(parts[at], ()) if at else ()
    others = (
        _verb(one, language=language, named=named, alone=False, mark=f"_{index}")
        for index, one in enumerate(same)
    )
    verb = "|".join([verb, *others])
    before = written(" ".join(parts[:at]))
    if before and parts[at - 1] != "~":
        before = f"{before}(?:{_pronouns(language)})? "
    after = written(" ".join(parts[at + 1 :]))
    return f"{before}(?:{verb})" + (f" {after}" if after else "")


def _pronouns(language: str) -> str:
    found = words("verbs", "endings", "pronouns", language=language)
    return "|".join(sorted(found, key=len, reverse=True))


def _verb(past: str, *, language: str, named: bool, alone: bool, mark: str = "") -> str:
    """Return the pattern of all forms of a verb, with groups for negation and tense."""

    def ends(key: str) -> str:
        found = words("verbs", "endings", key, language=language)
        return "|".join(sorted(found, key=len, reverse=True))

    def group(name: str, *, pattern: str) -> str:
        return f"(?P<{name}{mark}>{pattern})" if named else f"(?:{pattern})"

    negation, prefix = ends("negation"), ends("progressive")
    stem = re.escape(key_of(past))
    found = listed("verbs", "stems", past, language=language)
    stems = [re.escape(key_of(one)) for one in found]
    pronouns, auxiliaries = f"(?:{ends('pronouns')})?", f"(?: (?:{ends('auxiliaries')}))?"
    subjunctive = group(
        "subjunctive",
        pattern=f"{ends('subjunctive')}|(?<=[^ ] )" if not alone else ends("subjunctive"),
    )
    tail = f"(?:{ends('present')}){pronouns}"
    longer = [one for one in stems if len(one) > 1 or not alone]
    now, near = f"(?:{'|'.join(stems)}){tail}", f"(?:{'|'.join(longer) or stem}){tail}"
    no1, no2, no3, no4, no5 = (group(f"no{n}", pattern=negation) for n in range(1, 6))
    return "|".join(
        [
            f"(?:{no1}?{stem}ه(?:{ends('perfect')})?{pronouns}{auxiliaries})",
            f"(?:(?:{no2}?(?:{prefix})?){stem}(?:{ends('past')})?{pronouns})",
            f"(?:{no3}?{group('future', pattern=ends('future'))} {stem})",
            f"(?:{no4}?{group('present', pattern=prefix)}{now})",
            f"(?:(?:{no5}|{subjunctive}){near})",
        ]
    )
