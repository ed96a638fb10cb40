"""Text, parts and hints from each format."""

from affiant.read.codes import PARTIAL, UNREADABLE
from affiant.read.document import read_document
from affiant.read.host import IN_PROCESS, read_confined
from affiant.read.inside import PRELOAD
from affiant.read.members import MOST_DEPTH
from affiant.read.sniffing import sniff
from affiant.read.values import About, Extraction, Hints, Member, PageSpan, Problem, Reading

__all__ = [
    "IN_PROCESS",
    "MOST_DEPTH",
    "PARTIAL",
    "PRELOAD",
    "UNREADABLE",
    "About",
    "Extraction",
    "Hints",
    "Member",
    "PageSpan",
    "Problem",
    "Reading",
    "read_confined",
    "read_document",
    "sniff",
]
