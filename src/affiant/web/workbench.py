"""What every screen stands on: who sits here, the case, the box, the templates."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from affiant.box import Box
from affiant.errors import WrongUseError
from affiant.log.keys import SigningKey
from affiant.web.drawing import Drawing
from affiant.web.keeper import Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """One sitting of one person.

    Attributes:
        keeper: Holds the case.
        key: Signs what is decided here; opened once, at the start.
        reviewer: First public key of the person who sits here.
        box: Makes pictures of pages.
        drawing: The templates.
    """

    keeper: Keeper
    key: SigningKey
    reviewer: str
    box: Box
    drawing: Drawing


def workbench_of(request: Request) -> Workbench:
    """Return the workbench that a request came to."""
    return cast(Workbench, request.app.state.workbench)


def asked(request: Request, *, name: str) -> str:
    """Return a value from the address.

    Raises:
        WrongUseError: It is not there.
    """
    value = request.query_params.get(name)
    if not value:
        raise WrongUseError(f"the address lacks {name}", remedy="Go back to the list of documents.")
    return value
