"""One server that speaks the OpenAI protocol, asked over HTTP and believed in nothing."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit

import msgspec

from affiant.errors import BadInputError, NoReplyError, WrongUseError

MOST_BYTES: Final = 8 << 20
"""No reply is longer."""
PATIENCE_S: Final = 600.0


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelServer:
    """A server and the model to ask there.

    Attributes:
        address: Address up to and without ``/chat/completions``: ``http://127.0.0.1:8080/v1``.
        model: The model's name at the server.
        secret: What the server wants to see as bearer token, or None; never recorded.
        patience_s: So long a reply may take, in seconds.
    """

    address: str
    model: str
    secret: str | None = None
    patience_s: float = PATIENCE_S

    @property
    def host(self) -> str:
        """The host that the words of documents go to."""
        return host_of(self.address)

    def ask(self, body: bytes) -> str:
        """Send one request; return the words of the first choice, as they came.

        Redirects are not followed, and proxies of the environment are not used.

        Raises:
            NoReplyError: No answer, one that is too long, or one in another form.
            WrongUseError: The extra ``llm`` is not installed.
        """
        httpx = _library()
        headers = {"content-type": "application/json"}
        if self.secret:
            headers["authorization"] = f"Bearer {self.secret}"
        try:
            with (
                httpx.Client(
                    trust_env=False, follow_redirects=False, timeout=self.patience_s
                ) as client,
                client.stream(
                    "POST",
                    f"{self.address.rstrip('/')}/chat/completions",
                    content=body,
                    headers=headers,
                ) as answer,
            ):
                if answer.status_code != 200:
                    raise self._no_reply(f"it answered with status {answer.status_code}")
                data = self._whole(answer.iter_bytes())
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as problem:
            raise self._no_reply(type(problem).__name__) from problem
        try:
            return msgspec.json.decode(data, type=_Answer).choices[0].message.content
        except (msgspec.MsgspecError, IndexError, UnicodeDecodeError) as problem:
            raise self._no_reply("its answer is not in the protocol's form") from problem

    def _whole(self, parts: Iterator[bytes]) -> bytes:
        """Return the body of an answer, as far as it may be long."""
        data = bytearray()
        for part in parts:
            data += part
            if len(data) > MOST_BYTES:
                raise self._no_reply(f"its answer is longer than {MOST_BYTES} bytes")
        return bytes(data)

    def _no_reply(self, why: str) -> NoReplyError:
        return NoReplyError(
            f"the model server at {self.host} gave no reply that can be used: {why}",
            remedy="See to it that it runs and knows the model, then run the command again; "
            "what was proposed so far is kept.",
        )


def host_of(address: str) -> str:
    """Return the host of a server's address, with its port where one is named.

    Raises:
        BadInputError: Not an address of a server.
    """
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.scheme in ("http", "https")
        port = parts.port
    except ValueError as problem:
        raise _no_address(address) from problem
    if not named or parts.username or parts.query or parts.fragment:
        raise _no_address(address)
    return f"{parts.hostname}:{port}" if port else str(parts.hostname)


def stays_here(address: str) -> bool:
    """Tell whether the words stay on this machine: the host is a loopback address."""
    name = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _no_address(address: str) -> BadInputError:
    return BadInputError(
        f"{address!r} is not the address of a model server",
        remedy="Write it as http://127.0.0.1:8080/v1, without name, password or query.",
    )


def _library() -> ModuleType:
    """Return httpx.

    Raises:
        WrongUseError: It is not installed.
    """
    try:
        library = import_module("httpx")
    except ImportError as problem:
        raise WrongUseError(
            "asking a model server needs the extra 'llm', which is not installed",
            remedy="Install it: pip install 'affiant[llm]'.",
        ) from problem
    return library
