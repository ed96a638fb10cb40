"""The confined child process that opens hostile files."""

from affiant.box.box import ALL_LAYERS, Box, Reply, is_strong
from affiant.box.limits import Limits
from affiant.box.program import DOCUMENT, ProgramBox

__all__ = ["ALL_LAYERS", "DOCUMENT", "Box", "Limits", "ProgramBox", "Reply", "is_strong"]
