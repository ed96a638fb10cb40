"""An order to the box, and how it is carried out inside."""

import importlib
import json
from collections.abc import Mapping
from typing import IO, Protocol

from affiant.box.frame import encode_head
from affiant.box.outcome import Job
from affiant.errors import UnreadableError


class Task(Protocol):
    """A function that the box can run: bytes in, bytes out."""

    def __call__(self, data: bytes, *, arguments: Mapping[str, str]) -> bytes:
        """Return the answer over a hostile document."""
        ...


def encode_order(job: Job) -> bytes:
    """Return the line that stands before the document."""
    order = {"task": job.task, "arguments": dict(job.arguments)}
    return json.dumps(order).encode("ascii") + b"\n"


def answer(source: IO[bytes], *, target: IO[bytes]) -> None:
    """Run the task and write its frame: the reply, or nothing but a code.

    Any other error is left alone: the process ends, and the host sees a job that broke down.

    Args:
        source: The order as one line, and the document to its end.
        target: Where the frame goes.
    """
    line = source.readline()
    if not line:
        return
    try:
        order = json.loads(line)
        reply = find_task(order["task"])(source.read(), arguments=order["arguments"])
    except UnreadableError as problem:
        _write(target, kind=b"E", content=problem.code.encode("ascii"))
    except MemoryError:
        _write(target, kind=b"E", content=b"memory")
    else:
        _write(target, kind=b"R", content=reply)


def find_task(name: str) -> Task:
    """Return the function that ``package.module:function`` names."""
    module, _, function = name.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _write(target: IO[bytes], *, kind: bytes, content: bytes) -> None:
    target.write(encode_head(kind, length=len(content)))
    target.write(content)
    target.flush()
