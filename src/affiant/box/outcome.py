"""A job, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from affiant.box.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One task and its document."""

    task: str
    data: bytes
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended: the reply, or a code that says why there is none."""

    reply: bytes | None = None
    code: str | None = None


def judge(frame: Frame | None, *, overtime: bool) -> Outcome:
    """Tell from the frame, or else from how the job ended, what came of it."""
    if frame is not None:
        return Outcome(reply=frame.reply, code=frame.code)
    return Outcome(code="timeout" if overtime else "crashed")
