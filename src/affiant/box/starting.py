"""The one way in which programs are started: nothing inherited, a session of their own."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

CLEAN_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


def start(
    command: Sequence[str],
    *,
    given: int = subprocess.DEVNULL,
    answer: int = subprocess.DEVNULL,
    descriptors: Sequence[int] = (),
    environment: Mapping[str, str] = CLEAN_ENVIRONMENT,
) -> subprocess.Popen[bytes]:
    """Start a fixed command of our own at the root folder, its errors unheard.

    Args:
        command: What to run; nothing in it was written by whoever made a document.
        given: Its standard input.
        answer: Its standard output.
        descriptors: Further open files that it gets under the same numbers.
        environment: All that it sees of one.

    Raises:
        OSError: It cannot be started.
    """
    return subprocess.Popen(  # noqa: S603 - a fixed command of our own
        list(command),
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        pass_fds=tuple(descriptors),
        env=dict(environment),
        cwd="/",
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its whole group, and wait until it is gone."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
