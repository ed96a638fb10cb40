"""Rows of a list written with separators: "3 / two lads / driven off / 17 Jan / concierge"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from affiant.claims.blocks import Block
from affiant.claims.english.counting import count_of
from affiant.claims.english.drafts import Draft
from affiant.claims.english.parties import victims
from affiant.claims.english.phrases import Phrase, leading_quantity
from affiant.claims.english.tagging import read_sentence
from affiant.claims.english.voices import Memory, Voice, basis_of_name
from affiant.claims.lexicon import phrases, table
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, Basis

_SEPARATORS = (r"\s+/\s+", r"\s*\|\s*", r"\t+", r"\s+[–—]\s+")
_FEWEST_ROWS = 3
_FEWEST_FIELDS = 3
_COLUMNS = {
    "source": r"\b(?:told|sources?|informant|reported by|witness|by whom|from whom|according)\b",
    "what": r"\b(?:what|fate|happened|injur\w+|cause|how|event|circumstances|harm|act|details)\b",
    "who": r"\b(?:who|name|names|victim|victims|person|persons|whom)\b",
}
_SELF = re.compile(r"\b(?:him|her|them|my|our)sel(?:f|ves)\b|\bthe same\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:our|own|we|us|ourselves)\b", re.IGNORECASE)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Attributes:
        who: First and last offset of those of whom it tells, or None.
        what: First and last offset of what is told, up to the column that names who told it.
        source: First and last offset of who told it, or None.
    """

    who: Span | None
    what: Span
    source: Span | None


def rows_of(text: str, *, blocks: list[Block]) -> Mapping[int, Row]:
    """Return the rows of the lists of a text by the offset at which their block begins."""
    found: dict[int, Row] = {}
    run: list[list[Span]] = []
    last = ""
    for block in [*blocks, None]:
        separator, fields = _split(text, block=block)
        if run and (block is None or separator != last or block.kind == "chat"):
            found.update(_table(text, rows=run))
            run = []
        if separator and block is not None and block.kind != "chat":
            run.append(fields)
        last = separator
    return found


def _split(text: str, *, block: Block | None) -> tuple[str, list[Span]]:
    """Return the separator of a line and its fields, or nothing where it has none."""
    if block is None or block.end - block.start > 600:
        return "", []
    for separator in _SEPARATORS:
        marks = [match.span() for match in re.finditer(separator, text[block.start : block.end])]
        if len(marks) < _FEWEST_FIELDS - 1:
            continue
        starts = [block.start, *(block.start + end for _, end in marks)]
        ends = [*(block.start + begin for begin, _ in marks), block.end]
        return separator, list(zip(starts, ends, strict=True))
    return "", []


def _table(text: str, *, rows: list[list[Span]]) -> dict[int, Row]:
    """Return the rows of one table, its columns told by its heading."""
    if len(rows) < _FEWEST_ROWS:
        return {}
    columns = _columns(text, heading=rows[0])
    if "what" not in columns:
        return {}
    found = {}
    for fields in rows[1:]:
        if len(fields) <= columns["what"]:
            continue
        place = columns.get("source", len(fields))
        source = fields[place] if place < len(fields) else None
        end = source[0] if source and place > columns["what"] else fields[-1][1]
        who = fields[columns["who"]] if columns.get("who", 99) < len(fields) else None
        found[fields[0][0]] = Row(who, (fields[columns["what"]][0], end), source)
    return found


def _columns(text: str, *, heading: list[Span]) -> dict[str, int]:
    """Return which column tells who, what and who told it."""
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS.items():
        for at, span in enumerate(heading):
            free = at not in found.values()
            if free and re.search(pattern, text[slice(*span)], re.IGNORECASE):
                found[name] = at
                break
    return found


def begin_row(text: str, *, row: Row, memory: Memory) -> None:
    """Keep those of whom a row tells, so that what is told befell them."""
    if row.who is None:
        return
    sentence = read_sentence(text, span=row.who)
    if not sentence.tokens:
        return
    whole = Phrase(0, len(sentence.tokens) - 1)
    first = next((at for at, one in enumerate(sentence.tokens) if one.low in ("(", ",")), None)
    short = Phrase(0, first - 1) if first else whole
    memory.subject = replace(victims(sentence, patient=short), name=text[slice(*row.who)])
    count = count_of(sentence, patient=short, of="other", span=(short.first, short.last))
    both = sum(one.tag == "conj" for one in sentence.tokens[: short.last + 1]) == 1
    known = count is not None and count.min is not None
    numbered = leading_quantity(sentence, phrase=short) is not None
    if count is not None and (both or not known) and not numbered:
        count = replace(count, min=2 if both else 1, max=2 if both else 1)
    memory.how_many = () if count is None else (replace(count, breakdown=()),)


def complete(
    text: str, *, draft: Draft, chain: tuple[Voice, ...], row: Row, memory: Memory
) -> tuple[Voice, ...]:
    """Give an act of a row those whom it befell, and return its voices with who told it."""
    _add_victims(draft, row=row, memory=memory)
    if row.source is None:
        return chain
    written = text[slice(*row.source)]
    basis: Basis = "took_part"
    if _SELF.search(written) and row.who is not None:
        name, span = text[slice(*row.who)], row.who
    elif _OURS.search(written) or not written.strip(" –—-?"):
        return chain
    else:
        name = re.split(r"\s*[,(;]", written, maxsplit=1)[0]
        span = (row.source[0], row.source[0] + len(name))
        basis = _basis(text, span=row.source, name=name)
    if len(chain) > 1 or not name:
        return chain
    outer = replace(chain[-1], stance="reports")
    return (outer, Voice(name, chain[-1].stance, span, basis, how="speaker_by_phrase"))


def _basis(text: str, *, span: Span, name: str) -> Basis:
    """Return how the one who told it knows, as the column says."""
    saw = re.search(r"\b(?:saw|seen|was in|was there|was at|watched|present)\b", text[slice(*span)])
    words = phrases(table("speech")["basis"]["saw"].split("|"))
    return "saw" if saw or words.search(text, *span) else basis_of_name(name)


def _add_victims(draft: Draft, *, row: Row, memory: Memory) -> None:
    human = FAMILY_OF[draft.act] in COUNT_OF_FAMILY
    victim = any(party.side == "victim" for party in draft.involvements)
    if row.who is None or memory.subject is None or not human:
        return
    if not victim:
        draft.involvements.append(replace(memory.subject, role="victim", side="victim"))
    draft.spans.append(("victim", *row.who))
    if not draft.counts and not draft.denied:
        of = COUNT_OF_FAMILY[FAMILY_OF[draft.act]]
        draft.counts.extend(replace(count, of=of) for count in memory.how_many)
        draft.spans.append(("count", *row.who))
