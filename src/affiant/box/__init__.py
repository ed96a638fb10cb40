"""The confined child process that opens hostile files."""

from affiant.box.box import ALL_LAYERS, Box, Reply, is_strong
from affiant.box.limits import Limits

__all__ = ["ALL_LAYERS", "Box", "Limits", "Reply", "is_strong"]
