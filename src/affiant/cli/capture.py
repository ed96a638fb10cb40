"""``affiant capture``."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from affiant.cli.command import writes
from affiant.cli.output import print_line, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import BadInputError, WrongUseError
from affiant.preserve.capture import (
    FAILURES,
    Caps,
    Captured,
    Errand,
    Manner,
    capture_all,
    read_allowed,
    read_proxy,
)

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MEGABYTE = 1_000_000


@writes
@click.argument("addresses", nargs=-1)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with one address a line; what follows # is a comment.",
)
@click.option("--resume", is_flag=True, help="Pass over what was captured before.")
@click.option("--browser", is_flag=True, help="Also picture, print and elements, by Chromium.")
@click.option("--page-only", is_flag=True, help="Leave out the files that a page needs.")
@click.option(
    "--delay", type=click.FloatRange(0, 3600), default=1.0, help="Seconds between pages of a host."
)
@click.option(
    "--allow", multiple=True, metavar="ADDRESS", help="Reach this private network address too."
)
@click.option(
    "--port", "ports", multiple=True, type=click.IntRange(1, 65535), help="Ask this port too."
)
@click.option("--proxy", metavar="ADDRESS", help="Go through a SOCKS5 proxy, as Tor's.")
@click.option("--insecure", is_flag=True, help="Go on where a certificate cannot be trusted.")
@click.option("--agent", metavar="TEXT", help="What the requests say they come from.")
@click.option("--time", "seconds", type=click.IntRange(1), default=600, help="Seconds for each.")
@click.option(
    "--size", "megabytes", type=click.IntRange(1), default=1000, help="Megabytes for each page."
)
@click.pass_obj
def capture(settings: Settings, /, addresses: tuple[str, ...], **options: Any) -> int:
    """Preserve web pages: every exchange, failures too.

    The servers see that you ask, and from where: see --proxy. Private addresses are refused
    unless you allow them. What robots.txt asks is not obeyed: this is evidence.

    Example: affiant capture https://example.org/report --browser
    """
    asked = [*addresses, *_listed(options["source"])]
    if not asked:
        raise WrongUseError(
            "no address was given", remedy="Name one, or a file of them: --from FILE."
        )
    manner = _manner(options)
    if settings.surroundings.rehearsal:
        for address in asked:
            say(settings, message=f"Would capture {address}.")
        return 0
    errand = Errand(manner=manner, delay_s=options["delay"], resume=options["resume"])
    no_browser = options["browser"] and manner.browser is None
    if no_browser:
        say(settings, message=f"{FAILURES['browser_missing']}: no picture, print or elements.")
    counts = {"captured": 0, "failed": 0, "passed": 0, "unseen": 0}
    with (
        settings.open() as case,
        progress(settings, title="Capturing", total=len(asked)) as advance,
    ):
        for result in capture_all(case, addresses=asked, key=settings.key(), errand=errand):
            _show(settings, result=result, counts=counts)
            advance(result.address)
    say(
        settings,
        message=f"{counts['captured']} captured, {counts['failed']} failed and kept as failed, "
        f"{counts['passed']} passed over.",
    )
    if counts["failed"]:
        return 1
    return 3 if no_browser or counts["unseen"] else 0


def _listed(source: Path | None) -> Iterable[str]:
    """Return the addresses of a file.

    Raises:
        BadInputError: It cannot be read, or is not UTF-8.
    """
    if source is None:
        return []
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInputError(
            f"{source.name} cannot be read as a list of addresses",
            remedy="Give a text file in UTF-8 with one address a line.",
        ) from problem
    without = [line if line.lstrip()[:1] != "#" else "" for line in lines]
    found = [line.partition(" #")[0].strip() for line in without]
    return [line for line in found if line]


def _manner(options: dict[str, Any]) -> Manner:
    """Return how to capture, from the options.

    Raises:
        BadInputError: An allowed address, the proxy or the agent is not one.
    """
    for text in options["allow"]:
        read_allowed(text)
    if options["proxy"] is not None:
        read_proxy(options["proxy"])
    agent = options["agent"]
    if agent is not None and not (agent.isascii() and agent.isprintable()):
        raise BadInputError(
            "the agent holds characters that a request cannot", remedy="Give it in plain ASCII."
        )
    size = options["megabytes"] * _MEGABYTE
    known = {"agent": agent} if agent else {}
    return Manner(
        allow=options["allow"],
        ports=options["ports"],
        proxy=options["proxy"],
        insecure=options["insecure"],
        requisites=not options["page_only"],
        browser=_browser() if options["browser"] else None,
        gap_ms=round(options["delay"] * 100),
        caps=Caps(total_s=options["seconds"], page_bytes=size, total_bytes=2 * size),
        **known,
    )


def _browser() -> str | None:
    """Return where a Chromium stands, or None; one cannot be driven on Windows yet."""
    if sys.platform == "win32":
        return None
    return next((path for path in map(shutil.which, _BROWSERS) if path), None)


def _show(settings: Settings, *, result: Captured, counts: dict[str, int]) -> None:
    """Acknowledge one address."""
    counts[result.status] += 1
    outcome = result.outcome
    seen = outcome.browser if outcome is not None else None
    if seen is not None and seen["code"]:
        counts["unseen"] += 1
    if settings.as_json:
        print_line(_plain(result))
        return
    if outcome is None:
        say(settings, message=f"{result.address}: captured before, passed over.")
        return
    words = f"{outcome.status}" if outcome.code is None else FAILURES[outcome.code]
    lines = [f"{result.address}: {words}", f"  {result.document} {result.name}"]
    others = [failure for failure in outcome.failures if failure["role"] != "address"]
    if others:
        lines.append(f"  {len(others)} files of the page failed; the failures are kept.")
    if seen is not None and seen["code"]:
        lines.append(f"  Not all was seen by the browser: {FAILURES[seen['code']]}.")
    say(settings, message="\n".join(lines))


def _plain(result: Captured) -> dict[str, Any]:
    """Return a result as it is printed for programs."""
    outcome = result.outcome
    return {
        "address": result.address,
        "status": result.status,
        "document": result.document,
        "name": result.name,
        "size": result.size,
        "code": outcome.code if outcome else None,
        "final": outcome.final if outcome else None,
        "http_status": outcome.status if outcome else None,
        "media_type": outcome.media_type if outcome else None,
        "requests": outcome.requests if outcome else 0,
        "failures": list(outcome.failures) if outcome else [],
        "browser": outcome.browser if outcome else None,
    }
