"""Codings in three forms: claims that go out to other programs and come in again, losslessly.

A coding is the claim in the shape of ``claim list --json``. JSON Lines carry it as it is, CSV
with the nested fields as JSON in their cells, W3C Web Annotation with its quotes as selectors.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from affiant.errors import BadInputError

CodingFormat = Literal["jsonl", "csv", "web-annotation"]
Coding = Mapping[str, Any]
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def write_codings(codings: Iterable[Coding], *, form: CodingFormat) -> str:
    """Return codings as text in one of the forms."""
    if form == "csv":
        return _to_csv(list(codings))
    if form == "web-annotation":
        return _lines(map(_annotation, codings))
    return _lines(codings)


def read_codings(data: str) -> list[dict[str, Any]]:
    """Return the codings of a text in any of the forms, told by how it begins.

    Raises:
        BadInputError: It is none of them, or a line cannot be read.
    """
    text = data.removeprefix("\ufeff")
    if not text.lstrip().startswith(("{", "[")):
        return _from_csv(text)
    try:
        found = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as problem:
        raise BadInputError(
            "a line is not JSON", remedy="Give one JSON object a line, or CSV with its heads."
        ) from problem
    if not all(isinstance(item, dict) for item in found):
        raise BadInputError("a line is not a JSON object", remedy="Give one JSON object a line.")
    return [_coding_of(item) if "@context" in item else item for item in found]


def _lines(values: Iterable[Coding]) -> str:
    return "".join(f"{json.dumps(value, ensure_ascii=False, sort_keys=True)}\n" for value in values)


def _to_csv(codings: Sequence[Coding]) -> str:
    """Return CSV (RFC 4180) whose cells no spreadsheet takes for a formula.

    A text stands as it is, anything else as JSON behind ``json:``; a text that begins so too.
    """
    heads = list(dict.fromkeys(name for coding in codings for name in coding))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(map(_escaped, heads))
    for coding in codings:
        writer.writerow([_cell(coding[name]) if name in coding else "" for name in heads])
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a value as a cell; an empty cell is a field that is not there."""
    plain = isinstance(value, str) and value and not value.startswith("json:")
    return _escaped(str(value) if plain else f"json:{json.dumps(value, ensure_ascii=True)}")


def _escaped(text: str) -> str:
    """Return a text that no program takes for a formula: an apostrophe before what begins one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _from_csv(text: str) -> list[dict[str, Any]]:
    """Return the rows of CSV by the heads of its first line."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        heads = [cell.removeprefix("'") for cell in rows[0]] if rows else []
        return [
            {head: _value(cell) for head, cell in zip(heads, row, strict=True) if cell != ""}
            for row in rows[1:]
        ]
    except (csv.Error, ValueError, RecursionError) as problem:
        raise BadInputError(
            "this is not CSV with a head for each cell",
            remedy="Give CSV as 'affiant exchange export --as csv' writes it.",
        ) from problem


def _value(cell: str) -> object:
    text = cell.removeprefix("'")
    return json.loads(text.removeprefix("json:")) if text.startswith("json:") else text


def _annotation(coding: Coding) -> dict[str, Any]:
    """Return a coding as a W3C Web Annotation: its quotes as targets, the rest as its body.

    Source: Web Annotation Data Model (W3C, 2017): sections 3.2, 4.2.4, 4.2.5.
    """
    rest = {name: value for name, value in coding.items() if name != "quotes"}
    return {
        "@context": CONTEXT,
        "id": f"urn:affiant:claim:{coding.get('claim_id', '')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "Dataset", "format": "application/json", "value": rest},
        "target": [_target(quote) for quote in coding.get("quotes", ())],
    }


def _target(quote: Mapping[str, Any]) -> dict[str, Any]:
    rest = {
        name: value
        for name, value in quote.items()
        if name not in ("start", "end", "exact", "text_digest")
    }
    return {
        "source": f"urn:affiant:text:{quote['text_digest']}",
        "selector": [
            {"type": "TextPositionSelector", "start": quote["start"], "end": quote["end"]},
            {"type": "TextQuoteSelector", "exact": quote["exact"]},
        ],
        "affiant:slot": rest,
    }


def _coding_of(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """Return the coding that an annotation carries.

    Raises:
        BadInputError: It has another form.
    """
    try:
        quotes = []
        for target in annotation["target"]:
            of = {selector["type"]: selector for selector in target["selector"]}
            place, words = of["TextPositionSelector"], of["TextQuoteSelector"]
            quotes.append(
                {
                    **target["affiant:slot"],
                    "exact": words["exact"],
                    "start": place["start"],
                    "end": place["end"],
                    "text_digest": target["source"].removeprefix("urn:affiant:text:"),
                }
            )
        return {**annotation["body"]["value"], "quotes": quotes}
    except (KeyError, TypeError, AttributeError) as problem:
        raise BadInputError(
            "this is not an annotation with a claim, positions and exact words",
            remedy="Give it as 'affiant exchange export --as web-annotation' writes it.",
        ) from problem
