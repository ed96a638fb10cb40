"""Why a request failed, in our own words: a code is kept as evidence, never a server's text."""

from collections.abc import Mapping
from typing import Final

from affiant.errors import AffiantError

FAILURES: Final = {
    "address_malformed": "it is not a web address",
    "address_odd": "the host is spelt in an odd way that programs read differently",
    "address_userinfo": "the address holds a name or password before an @",
    "scheme_refused": "only http and https are fetched",
    "port_refused": "the port is not one of those that are asked without --port",
    "address_refused": "the host's network address is private or special and was not allowed",
    "name_refused": "the name has a meaning in local or hidden networks only",
    "name_not_resolved": "the name has no network address",
    "resolving_timed_out": "looking the name up took too long",
    "connection_refused": "the server refused the connection",
    "connection_timed_out": "the server did not answer the connection",
    "connection_failed": "the network gave an error",
    "connection_reset": "the connection broke off",
    "proxy_failed": "the proxy did not make the connection",
    "tls_failed": "no encrypted connection could be agreed on",
    "certificate_not_trusted": "the certificate cannot be trusted for this name",
    "silent": "the server fell silent",
    "too_slow": "the time for this capture was over",
    "too_large": "the answer is larger than asked for",
    "head_too_large": "the head of the answer is too large",
    "head_broken": "the head of the answer is not HTTP",
    "no_answer": "the server closed the connection without an answer",
    "body_short": "fewer bytes came than were announced",
    "chunk_broken": "a chunk of the answer is not as HTTP has it",
    "too_many_redirects": "it was sent on too often",
    "redirect_loop": "it was sent back to where it had been",
    "too_many_requisites": "the page needs more files than asked for",
    "not_scanned": "the page's encoding was not understood, so its files were not fetched",
    "browser_missing": "no browser is installed",
    "browser_failed": "the browser did not do what it was told",
    "browser_timed_out": "the browser did not finish in time",
    "browser_page_failed": "the browser could not load the page",
    "not_by_the_page": "the browser asked for it by itself, not the page",
    "worker_died": "the process that fetches ended early",
}

TRUNCATED: Final[Mapping[str, str]] = {
    "too_large": "length",
    "head_too_large": "length",
    "silent": "time",
    "too_slow": "time",
    "body_short": "disconnect",
    "connection_reset": "disconnect",
    "no_answer": "disconnect",
    "tls_failed": "disconnect",
}


class FetchFailedError(AffiantError):
    """A request failed; the code says how, and the facts what is known of it.

    Attributes:
        code: One of ``FAILURES``.
        facts: Plain values for the record of the failure.
    """

    def __init__(self, code: str, *, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(
            FAILURES[code], remedy="The failure is kept as evidence; try again later if need be."
        )
        self.code = code
        self.facts = dict(facts or {})


def truncation(code: str) -> str:
    """Return what ``WARC-Truncated`` says of an answer that ended so.

    Source: WARC 1.1, section 5.13.
    """
    return TRUNCATED.get(code, "unspecified")
