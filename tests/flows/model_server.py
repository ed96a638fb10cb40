"""A server on this machine that speaks the OpenAI protocol and says what a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[dict[str, Any]], str]


@dataclass
class Heard:
    """What the server was asked: paths, headers, bodies."""

    address: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that it was told."""
        return json.dumps(self.bodies, ensure_ascii=False)


@contextmanager
def model_server(say: Say, /, *, raw: Callable[[], bytes] | None = None) -> Iterator[Heard]:
    """Serve until the block ends; ``say`` answers a request, ``raw`` answers in its place."""
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.bodies.append(body)
            heard.headers.append({name.lower(): value for name, value in self.headers.items()})
            heard.paths.append(self.path)
            if raw is not None:
                self.wfile.write(raw())
                self.close_connection = True
                return
            choice = {"index": 0, "message": {"role": "assistant", "content": say(body)}}
            data = json.dumps({"object": "chat.completion", "choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    heard.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
