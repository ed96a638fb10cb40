"""Serves the workbench on this machine alone, until it is ended."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn

from affiant.box import Box, Limits
from affiant.log.keys import SigningKey
from affiant.read.raster import PRELOAD
from affiant.store.surroundings import Surroundings
from affiant.web.app import make_app
from affiant.web.drawing import Drawing
from affiant.web.guard import OPENING, Secrets
from affiant.web.keeper import Keeper
from affiant.web.workbench import Workbench

LOOPBACK: Final = "127.0.0.1"


@contextmanager
def _kept(folder: Path, *, surroundings: Surroundings) -> Iterator[Keeper]:
    keeper = Keeper(folder, surroundings=surroundings)
    try:
        yield keeper
    finally:
        keeper.close()


def serve(
    folder: Path,
    *,
    key: SigningKey,
    person: tuple[str, str],
    surroundings: Surroundings,
    opened: Callable[[str], None],
) -> None:
    """Serve until the process is asked to end.

    Args:
        folder: The case's.
        key: Of whoever decides.
        person: Their first public key, and their name.
        surroundings: Clock, randomness, configuration.
        opened: Is given the address to open, once somebody listens there.
    """
    secrets = Secrets(
        token=surroundings.randomness(32).hex(), cookie=surroundings.randomness(32).hex()
    )
    with (
        socket.create_server((LOOPBACK, 0)) as listening,
        Box(preload=PRELOAD, limits=Limits()) as box,
        _kept(folder, surroundings=surroundings) as keeper,
    ):
        workbench = Workbench(
            keeper=keeper,
            key=key,
            reviewer=person[0],
            box=box,
            drawing=Drawing(title=folder.resolve().name, person=person[1]),
        )
        port = listening.getsockname()[1]
        app = make_app(workbench, secrets=secrets, port=port)
        opened(f"http://{LOOPBACK}:{port}{OPENING}?token={secrets.token}")
        settings = uvicorn.Config(
            app, log_level="critical", access_log=False, lifespan="off", server_header=False
        )
        uvicorn.Server(settings).run(sockets=[listening])
