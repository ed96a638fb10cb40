"""What reading rows may raise that somebody altered: a finding, not a crash."""

from typing import Final

import msgspec

from affiant.errors import AffiantError

UNREADABLE: Final = (
    *(AffiantError, msgspec.MsgspecError),
    *(ValueError, KeyError, TypeError, AttributeError, IndexError),
)
