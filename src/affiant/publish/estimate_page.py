"""The report of an estimate: one page, beside the documented count, or why there is none."""

import base64
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from affiant.estimate import Estimation, Line
from affiant.estimate.kept import OF_PEOPLE, Said, said_of
from affiant.estimate.reading import Stratum
from affiant.estimate.sentences import METHODS_IN_WORDS, span
from affiant.publish.pages.marks import visible
from affiant.publish.pages.upset import chains, intervals, odds_band, patterns_of, upset

_HERE: Final = Path(__file__).parent / "pages"

NOT_SHOWN: Final = frozenset({"traces", "modes", "odds", "variants"})
"""Diagnostics that are drawn, or that would show a number that was refused."""


def render_estimates(answers: Sequence[tuple[Stratum, Estimation]]) -> bytes:
    """Draw the page: one file, nothing loaded from elsewhere, no script.

    A refused number stands nowhere on it.
    """
    sheets = (_HERE / "static" / name for name in ("estimate.css", "figures.css"))
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    digest = base64.b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    shown = [_shown(stratum, answer=answer, said=said_of(answer)) for stratum, answer in answers]
    page = (
        _environment()
        .get_template("estimate.html")
        .render(answers=shown, style=style, policy=policy)
    )
    return page.encode("utf-8")


def render_sections(answers: Sequence[tuple[Stratum, Estimation, Said]]) -> str:
    """Draw a section for each stratum, for a page of the published site."""
    shown = [_shown(stratum, answer=answer, said=said) for stratum, answer, said in answers]
    return _environment().get_template("estimate_sections.html").render(answers=shown)


def _environment() -> Environment:
    """Return the templates: everything escaped, nothing undefined."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(visible=visible, span=span)
    environment.globals.update(methods=METHODS_IN_WORDS)
    return environment


def _shown(stratum: Stratum, *, answer: Estimation, said: Said) -> dict[str, Any]:
    """Return what the template shows of one stratum."""
    table = answer.table
    latent = [line for line in answer.lines if line.method == "latent"]
    traces = latent[0].diagnostics.get("traces", ()) if latent else ()
    return {
        "stratum": stratum,
        "answer": answer,
        "said": said,
        "patterns": patterns_of(table),
        "sizes": [(name, table.size(name)) for name in table.lists],
        "upset": upset(table),
        "intervals": None if answer.refused else intervals(answer),
        "odds": None if answer.refused else odds_band(answer),
        "chains": chains(traces) if traces else None,
        "diagnostics": [(line, _diagnostics(line)) for line in answer.lines],
        "linkage": table.linkage.split("/") if table.linkage else None,
    }


def _diagnostics(line: Line) -> list[tuple[str, str]]:
    """Return a line's figures, name and value."""
    hidden = NOT_SHOWN | OF_PEOPLE if line.refused else NOT_SHOWN
    return [
        (name.replace("_", " "), _plain(value))
        for name, value in line.diagnostics.items()
        if name not in hidden
    ]


def _plain(value: object) -> str:
    """Return a figure in words."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)
