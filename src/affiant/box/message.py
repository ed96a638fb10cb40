"""Messages between the host and the warm process: JSON after its length in four bytes."""

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_LENGTH_BYTES: Final = 4
_MOST_DESCRIPTORS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one side told the other.

    Attributes:
        fields: The JSON object.
        descriptors: Open files that came with it; whoever receives them closes them.
    """

    fields: Mapping[str, Any]
    descriptors: tuple[int, ...] = ()


def send(
    connection: socket.socket, *, fields: Mapping[str, Any], descriptors: Sequence[int] = ()
) -> None:
    """Send one message, and open files with it.

    Raises:
        OSError: The other side is gone.
    """
    body = json.dumps(fields).encode("ascii")
    length = len(body).to_bytes(_LENGTH_BYTES, "big")
    if descriptors:
        socket.send_fds(connection, [length], list(descriptors))
    else:
        connection.sendall(length)
    connection.sendall(body)


def receive(connection: socket.socket) -> Message | None:
    """Wait for one message; None where the other side has hung up.

    Raises:
        OSError: The connection broke, or its own time limit passed.
    """
    head, descriptors, _, _ = socket.recv_fds(connection, _LENGTH_BYTES, _MOST_DESCRIPTORS)
    body = b""
    if len(head) == _LENGTH_BYTES:
        body = _receive_exactly(connection, length=int.from_bytes(head, "big"))
    if not body:
        for descriptor in descriptors:
            os.close(descriptor)
        return None
    return Message(fields=json.loads(body), descriptors=tuple(descriptors))


def _receive_exactly(connection: socket.socket, *, length: int) -> bytes:
    """Return ``length`` bytes, or none at all where the other side hangs up before."""
    body = bytearray()
    while len(body) < length:
        piece = connection.recv(length - len(body))
        if not piece:
            return b""
        body += piece
    return bytes(body)
