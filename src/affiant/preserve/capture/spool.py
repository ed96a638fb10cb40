"""An answer on its way: written to disk as it comes, counted and hashed, never held whole."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO


class Spool:
    """A file that holds exactly the bytes of one answer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.head_size = 0
        self._file: BinaryIO = path.open("wb")
        self._block = sha256()
        self._payload = sha256()

    def write_head(self, head: bytes) -> None:
        """Keep the head, which the payload does not count."""
        self.head_size = len(head)
        self._keep(head)

    def write(self, data: bytes) -> None:
        """Keep bytes of the body, as they came."""
        self._payload.update(data)
        self._keep(data)

    def _keep(self, data: bytes) -> None:
        self._block.update(data)
        self._file.write(data)
        self.size += len(data)

    @property
    def block_digest(self) -> str:
        """Digest of everything, as WARC writes it."""
        return f"sha256:{self._block.hexdigest()}"

    @property
    def payload_digest(self) -> str:
        """Digest of what follows the head, as it came."""
        return f"sha256:{self._payload.hexdigest()}"

    def close(self) -> None:
        """Leave the file as it is."""
        self._file.close()

    def body(self) -> BinaryIO:
        """Return the kept bytes for reading, from behind the head."""
        file = self.path.open("rb")
        file.seek(self.head_size)
        return file

    def remove(self) -> None:
        """Close and remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Incoming:
    """Bytes as they come, taken by lines or counts.

    Args:
        receive: Returns the next bytes, or none at the end.
    """

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._waiting = b""
        self._at = 0

    def more(self) -> bytes:
        """Return whatever has come, at least a byte; none at the end."""
        found, self._waiting, self._at = self._waiting[self._at :], b"", 0
        return found or self._receive()

    def some(self, most: int) -> bytes:
        """Return at most so many bytes, at least one; none at the end."""
        if self._at >= len(self._waiting):
            self._waiting, self._at = self._receive(), 0
        found = self._waiting[self._at : self._at + most]
        self._at += len(found)
        return found

    def line(self, most: int) -> bytes:
        """Return a line with its end; without where it is too long or the last."""
        found = bytearray()
        while len(found) < most:
            if self._at >= len(self._waiting):
                self._waiting, self._at = self._receive(), 0
                if not self._waiting:
                    break
            end = self._waiting.find(b"\n", self._at, self._at + most - len(found)) + 1
            stop = end or min(len(self._waiting), self._at + most - len(found))
            found += self._waiting[self._at : stop]
            self._at = stop
            if end:
                break
        return bytes(found)

    @property
    def left(self) -> int:
        """How many bytes have come and were not taken."""
        return len(self._waiting) - self._at
