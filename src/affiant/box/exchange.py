"""The host's side of one job: the order goes out and the frame comes in, with a deadline."""

import os
import selectors
from collections.abc import Sequence
from time import monotonic
from typing import Final

from affiant.box.frame import HEAD_BYTES

_PIECE: Final = 1 << 20


class Exchange:
    """Sends the document and collects the reply at one time, so that neither side waits."""

    def __init__(self, pieces: Sequence[bytes], *, order_in: int, frame_out: int) -> None:
        """Take over the two pipes; they are closed when the exchange is over."""
        self._pieces = [memoryview(piece) for piece in pieces if piece]
        self._order_in = order_in
        self._frame_out = frame_out
        self.received = bytearray()

    def run(self, *, deadline: float, most: int) -> str | None:
        """Go on until the job closes its output; return a code where it had to be cut off."""
        os.set_blocking(self._order_in, False)
        with selectors.DefaultSelector() as ready:
            ready.register(self._order_in, selectors.EVENT_WRITE)
            ready.register(self._frame_out, selectors.EVENT_READ)
            try:
                return self._pump(ready, deadline=deadline, most=most + HEAD_BYTES)
            finally:
                for key in list(ready.get_map().values()):
                    os.close(key.fd)

    def _pump(self, ready: selectors.BaseSelector, *, deadline: float, most: int) -> str | None:
        while self._frame_out in ready.get_map():
            left = deadline - monotonic()
            events = ready.select(left) if left > 0 else []
            if not events:
                return "timeout"
            for key, _ in events:
                done = self._write() if key.fd == self._order_in else self._read()
                if done:
                    ready.unregister(key.fd)
                    os.close(key.fd)
            if len(self.received) > most:
                return "output_too_large"
        return None

    def _write(self) -> bool:
        """Send what fits; True when all is sent, or nobody reads it any more."""
        try:
            sent = os.write(self._order_in, self._pieces[0][:_PIECE])
        except BlockingIOError:
            return False
        except BrokenPipeError:
            return True
        self._pieces[0] = self._pieces[0][sent:]
        if not self._pieces[0]:
            del self._pieces[0]
        return not self._pieces

    def _read(self) -> bool:
        """Take what is there; True at the end."""
        piece = os.read(self._frame_out, _PIECE)
        self.received += piece
        return not piece
