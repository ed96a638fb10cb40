"""Claims about atrocities, each anchored to its exact words.

``affiant.open_case(folder)`` opens a case with the system's clock and this user's keys. It is
loaded when it is first asked for, so that ``affiant.log`` can be read and imported alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affiant.store import open_case

__all__ = ["open_case"]


def __getattr__(name: str) -> object:
    """Load what the package offers when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"affiant offers no {name!r}")
    from affiant.store import open_case  # noqa: PLC0415 - lazily: log imports alone

    return open_case
