"""How far what the rules propose is what a careful coder finds.

    python tests/golden/pages/scoring.py en fa ar [--half open|held|both] [--since N] [--show N]

What counts as found, missed and wrong stands beside each function. Only open pages (odd
numbers) are scored unless ``--half`` says otherwise; the held ones are for the end.
``--since`` leaves out the pages with a smaller number.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy
from scipy.optimize import linear_sum_assignment

from affiant.claims import suggest
from affiant.claims.review import place_quotes
from affiant.language.folding import fold
from affiant.model.claim import Claim, decode_claim
from affiant.model.suggestion import Suggestion
from affiant.model.vocabulary import FAMILY_OF
from affiant.read.page import read_page
from affiant.read.plain import read_plain

PAGES = Path(__file__).parent
DIGEST = "sha256:" + "0" * 64
LANGUAGES = ("en", "fa", "ar")
VIOLENCE = frozenset(
    {
        *("killing", "taking", "ill_treatment", "sexual_violence", "wounding", "destruction"),
        *("attack_on_protected_object", "displacement", "denial_of_care"),
    }
)
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True)
class Keyed:
    """One claim of a key: also the acts that would be right as well."""

    claim: Claim
    acts: frozenset[str]
    optional: bool

    @property
    def families(self) -> set[str]:
        return {FAMILY_OF[act] for act in self.acts}


@dataclass(frozen=True)
class Page:
    """One golden page with its key."""

    name: str
    language: str
    text: str
    published: str | None
    claims: tuple[Keyed, ...]
    traps: tuple[dict, ...]

    def suggestions(self) -> list[Suggestion]:
        return suggest(
            self.text, text_digest=DIGEST, published=self.published, language=self.language
        )


@dataclass
class Tally:
    """Found, missed and wrong, with what to look at."""

    right: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    missed: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def note(self, page: Page, *, what: str) -> None:
        self.notes.append(f"{page.language}/{page.name}: {what}")

    def f1(self, what: str) -> float:
        """Return F1 in percent; 100 where there was nothing to find and nothing was said."""
        right = self.right[what]
        both = 2 * right + self.wrong[what] + self.missed[what]
        return 100 * 2 * right / both if both else 100.0

    def share(self, what: str) -> float:
        """Return the right ones among right and wrong, in percent."""
        asked = self.right[what] + self.wrong[what]
        return 100 * self.right[what] / asked if asked else 100.0


def load(language: str, *, half: str = "open", since: int = 1) -> Iterator[Page]:
    """Yield the pages of a language from a number on, in order of their numbers."""
    for path in sorted((PAGES / language).glob("*.key.json")):
        number = int(path.name[:2])
        if number >= since and half in ("both", "held" if number % 2 == 0 else "open"):
            yield _page(path, language=language)


def _page(path: Path, *, language: str) -> Page:
    stem = path.name.removesuffix(".key.json")
    key = json.loads(path.read_text(encoding="utf-8"))
    [source] = [file for file in path.parent.glob(f"{stem}.*") if file != path]
    read = read_page if source.suffix == ".html" else read_plain
    text = read(source.read_bytes()).extraction.text
    claims = [
        Keyed(
            claim=decode_claim(
                {**entry, "quotes": place_quotes(entry["quotes"], text=text, text_digest=DIGEST)}
            ),
            acts=frozenset({entry["act"], *entry.get("acts_also", ())}),
            optional=bool(entry.get("optional")),
        )
        for entry in key["claims"]
    ]
    return Page(
        name=stem,
        language=language,
        text=text,
        published=key.get("published"),
        claims=tuple(claims),
        traps=tuple(key.get("traps", ())),
    )


def paired(page: Page, *, found: list[Suggestion]) -> dict[int, int]:
    """Return suggestion index to key index: same family, act quotes that share characters.

    Of all ways to pair one with one, the best by stance, modality and counts is taken;
    claims that have to be found go before optional ones.
    """
    if not found or not page.claims:
        return {}
    worth = numpy.zeros((len(found), len(page.claims)))
    for row, suggestion in enumerate(found):
        for column, keyed in enumerate(page.claims):
            worth[row, column] = _worth(suggestion.claim, keyed=keyed)
    rows, columns = linear_sum_assignment(-worth)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if worth[row, column] > 0
    }


def _worth(claim: Claim, *, keyed: Keyed) -> float:
    if claim.family not in keyed.families:
        return 0.0
    shared = _shared(claim, other=keyed.claim)
    if not shared:
        return 0.0
    return (
        10
        - 2 * keyed.optional
        + shared
        + 2 * (claim.speakers[-1].stance == keyed.claim.speakers[-1].stance)
        + (claim.modality == keyed.claim.modality)
        + 2 * (_numbers(claim) == _numbers(keyed.claim))
        + (claim.act in keyed.acts)
        + _chain_right(claim, keyed=keyed.claim)
    )


def _shared(one: Claim, *, other: Claim) -> float:
    """Return the best overlap of two act quotes, as a share of the longer one."""
    best = 0.0
    for first in one.quotes:
        for second in other.quotes:
            if first.slot == "act" == second.slot:
                both = min(first.end, second.end) - max(first.start, second.start)
                longer = max(first.end - first.start, second.end - second.start)
                best = max(best, both / longer)
    return best


def _numbers(claim: Claim) -> Counter:
    """Return a claim's counts and their parts; those without any bound say nothing."""
    found: Counter = Counter()
    for count in claim.counts:
        if (count.min, count.max) != (None, None):
            found[(count.of, count.min, count.max, count.scope)] += 1
        for part in count.breakdown:
            if (part.min, part.max) != (None, None):
                found[("part", part.min, part.max, "")] += 1
    return found


def _chain_right(claim: Claim, *, keyed: Claim) -> bool:
    """Tell whether the voices are the same, in order, with stance and basis."""
    return len(claim.speakers) == len(keyed.speakers) and all(
        _same_name(one.name, other=other.name)
        and one.stance == other.stance
        and one.basis == other.basis
        for one, other in zip(claim.speakers, keyed.speakers, strict=True)
    )


def _same_name(one: str | None, *, other: str | None) -> bool:
    """Tell whether two names are one but for articles, or the shorter stands in the longer."""
    if one is None or other is None:
        return one is other
    first, second = _bare(one), _bare(other)
    return bool(first and second) and (
        f" {first} " in f" {second} " or f" {second} " in f" {first} "
    )


def _bare(name: str) -> str:
    folded = " ".join(fold(name).split())
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    return folded


def is_right(suggestion: Suggestion, *, keyed: Keyed) -> bool:
    """Tell whether a reviewer could accept a paired suggestion without changing its core.

    The core is the act's family, the modality, the last voice with its stance, and the counts.
    """
    claim, wanted = suggestion.claim, keyed.claim
    return (
        claim.modality == wanted.modality
        and claim.speakers[-1].stance == wanted.speakers[-1].stance
        and _same_name(claim.speakers[-1].name, other=wanted.speakers[-1].name)
        and _numbers(claim) == _numbers(wanted)
    )


def score(page: Page, *, tally: Tally) -> list[tuple[Suggestion, bool]]:
    """Add one page to a tally; return its suggestions with whether each is right."""
    found = page.suggestions()
    pairs = paired(page, found=found)
    judged = []
    for index, suggestion in enumerate(found):
        exact = all(page.text[q.start : q.end] == q.exact for q in suggestion.claim.quotes)
        (tally.right if exact else tally.wrong)["exact"] += 1
        keyed = page.claims[pairs[index]] if index in pairs else None
        judged.append((suggestion, keyed is not None and is_right(suggestion, keyed=keyed)))
        _score_one(page, suggestion=suggestion, keyed=keyed, tally=tally)
    for column in set(range(len(page.claims))) - set(pairs.values()):
        _miss(page, keyed=page.claims[column], tally=tally)
    for trap in page.traps:
        sprung = _sprung(page, trap=trap, found=found)
        (tally.wrong if sprung else tally.right)["traps"] += 1
        if sprung:
            tally.note(page, what=f"TRAP {trap['trap']}: {trap['exact']!r}")
    return judged


def _score_one(page: Page, *, suggestion: Suggestion, keyed: Keyed | None, tally: Tally) -> None:
    """Add one suggestion: right or wrong by family, its counts, and its voices."""
    claim = suggestion.claim
    said = _numbers(claim)
    if keyed is None:
        tally.wrong["family"] += 1
        tally.wrong["count"] += said.total()
        tally.note(page, what=f"wrong {claim.act}: {claim.quotes[0].exact!r} {dict(said)}")
        return
    if keyed.optional:
        return
    tally.right["family"] += 1
    wanted = _numbers(keyed.claim)
    tally.right["count"] += (said & wanted).total()
    tally.wrong["count"] += (said - wanted).total()
    tally.missed["count"] += (wanted - said).total()
    if said != wanted:
        tally.note(page, what=f"count {dict(said)} not {dict(wanted)}: {claim.quotes[0].exact!r}")
    chain = _chain_right(claim, keyed=keyed.claim)
    (tally.right if chain else tally.wrong)["chain"] += 1
    if not chain:
        tally.note(
            page,
            what=f"chain {_voices(claim)} not {_voices(keyed.claim)}: {claim.quotes[0].exact!r}",
        )
    for what, same in _fields(claim, keyed=keyed):
        (tally.right if same else tally.wrong)[what] += 1
        if not same and what in ("modality", "when"):
            tally.note(page, what=f"{what} of {claim.quotes[0].exact!r}")


def _fields(claim: Claim, *, keyed: Keyed) -> Iterator[tuple[str, bool]]:
    """Yield further fields of a paired claim and whether they are right."""
    wanted = keyed.claim
    yield "act", claim.act in keyed.acts
    yield "modality", claim.modality == wanted.modality
    yield "when", (claim.when and claim.when.edtf) == (wanted.when and wanted.when.edtf)
    yield (
        "where",
        (claim.where is None) == (wanted.where is None)
        and (
            claim.where is None
            or wanted.where is None
            or _same_name(claim.where.words, other=wanted.where.words)
        ),
    )
    yield "accused", _accused(claim) == _accused(wanted)


def _accused(claim: Claim) -> set[tuple[str, str]]:
    return {(p.role, _bare(p.name)) for p in claim.involvements if p.side == "accused"}


def _voices(claim: Claim) -> str:
    return " > ".join(f"{v.name or '-'} {v.stance} {v.basis}" for v in claim.speakers)


def _miss(page: Page, *, keyed: Keyed, tally: Tally) -> None:
    if not keyed.optional:
        tally.missed["family"] += 1
        tally.missed["count"] += _numbers(keyed.claim).total()
        act = next(quote.exact for quote in keyed.claim.quotes if quote.slot == "act")
        tally.note(page, what=f"missed {keyed.claim.act}: {act!r}")


def _sprung(page: Page, *, trap: dict, found: list[Suggestion]) -> bool:
    """Tell whether the rules did what a trap was laid for."""
    [place] = place_quotes(
        [{"slot": "act", "exact": trap["exact"], "nth": trap.get("nth", 0)}],
        text=page.text,
        text_digest=DIGEST,
    )
    on_it = [
        s.claim
        for s in found
        if any(
            q.slot in ("act", "count") and q.start < place["end"] and place["start"] < q.end
            for q in s.claim.quotes
        )
    ]
    acts = [claim for claim in on_it if claim.family in VIOLENCE]
    violence = [s.claim for s in found if s.claim.family in VIOLENCE]
    match trap["trap"]:
        case "publication_date" | "anniversary":
            return any(claim.when and claim.when.edtf == trap["edtf"] for claim in violence)
        case "navigation":
            return bool(on_it)
        case "appeal":
            return any(
                claim.modality == "actual" and claim.speakers[-1].stance == "asserts"
                for claim in acts
            )
        case "guarantor":
            return any(
                _same_name(party.name, other=trap["name"]) and party.side == "accused"
                for s in found
                for party in s.claim.involvements
            )
        case "subset":
            wrong = set(trap["wrong"])
            return any(
                count.min in wrong or count.max in wrong
                for claim in on_it
                for count in claim.counts
            )
    raise ValueError(trap["trap"])


FIGURES = ("act", "modality", "when", "where", "accused")


def report(languages: tuple[str, ...], *, half: str, since: int, show: int) -> None:
    """Print the figures of each language, and what went wrong."""
    for language in languages:
        tally, judged = Tally(), []
        for page in load(language, half=half, since=since):
            judged += score(page, tally=tally)
        right = sum(1 for _, fine in judged if fine)
        sure = [fine for suggestion, fine in judged if suggestion.score >= 0.8]
        print(
            f"{language} {half}: exact {tally.share('exact'):.1f} %, "
            f"count F1 {tally.f1('count'):.1f}, family F1 {tally.f1('family'):.1f} "
            f"(right {tally.right['family']}, wrong {tally.wrong['family']}, "
            f"missed {tally.missed['family']}), chain {tally.share('chain'):.1f} %, "
            f"traps sprung {tally.wrong['traps']} of {tally.wrong['traps'] + tally.right['traps']}"
        )
        print("   " + ", ".join(f"{what} {tally.share(what):.1f} %" for what in FIGURES))
        print(
            f"   right {right} of {len(judged)} suggestions; score >= 0.8: {len(sure)}, "
            f"of them right {sum(sure)}"
        )
        for note in tally.notes[:show]:
            print("   ", note)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("languages", nargs="*", choices=LANGUAGES, default=[])
    parser.add_argument("--half", choices=("open", "held", "both"), default="open")
    parser.add_argument("--since", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    report(tuple(asked.languages) or LANGUAGES, half=asked.half, since=asked.since, show=asked.show)
