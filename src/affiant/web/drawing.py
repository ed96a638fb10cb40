"""Fills the templates: everything escaped, nothing undefined, no hidden sign."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from affiant.model.vocabulary import (
    ACTS,
    BASES,
    COUNTS,
    MODALITIES,
    QUESTIONS,
    REJECTION_REASONS,
    ROLES,
    SIDES,
    SLOTS,
    STANCES,
    STRENGTHS,
)
from affiant.publish.pages.labels import QUESTIONS as QUESTION_TITLES
from affiant.publish.pages.labels import SLOTS as SLOT_TITLES
from affiant.publish.pages.marks import shown
from affiant.publish.sentences import says
from affiant.web.keys import DIGITS, KEYS
from affiant.web.wording import chain, told_as

_HERE: Final = Path(__file__).parent
VOCABULARY: Final = {
    "act": ACTS,
    "modality": MODALITIES,
    "role": ROLES,
    "side": SIDES,
    "strength": STRENGTHS,
    "stance": STANCES,
    "basis": BASES,
    "slot": SLOTS,
    "of": COUNTS,
    "question": QUESTIONS,
}


class Drawing:
    """The templates of the workbench."""

    def __init__(self, *, title: str, person: str) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            case_title=title,
            person=person,
            keys=KEYS,
            key_of={key.act: key.key for key in KEYS},
            reasons=list(zip(DIGITS, REJECTION_REASONS.items(), strict=True)),
            vocabulary=VOCABULARY,
            slot_titles=SLOT_TITLES,
            question_titles=QUESTION_TITLES,
            says=says,
            chain=chain,
            told_as=told_as,
        )
        self._templates.filters["words"] = lambda name: str(name).replace("_", " ")

    def draw(self, name: str, **values: object) -> str:
        """Fill one template."""
        return self._templates.get_template(f"{name}.html").render(**values)

    def page(
        self,
        name: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        """Answer with a filled template."""
        return HTMLResponse(self.draw(name, **values), status_code=status, headers=headers)


def is_partial(request: Request) -> bool:
    """Tell whether a script asks for a part of a screen and not the browser for a whole one."""
    return request.headers.get("hx-request") == "true"
