"""How long a decision and the next item take in a large case: ``python benchmarks/decide.py``."""

import statistics
import tempfile
import time
from pathlib import Path

from affiant.claims.queue import Scope, queue, queue_item
from affiant.claims.review import decide
from affiant.log.keys import key_from_seed
from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.count import Count
from affiant.model.decision import Decision
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.suggestion import Suggestion
from affiant.store import Case
from affiant.store.beginning import create_case
from affiant.store.surroundings import Surroundings

CLAIMS, ENTRIES, ROUNDS = 1_500, 10_000, 40
KEY = key_from_seed(bytes([7]) * 32)
LINE = "In Oreth 12 people were killed at the mill that day, a driver said.\n"


def main() -> None:
    """Build the case, decide, and print medians and the slowest of twenty."""
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(
            Path(folder) / "case",
            name="large",
            key=KEY,
            person="Ada Corvin",
            surroundings=Surroundings(configuration=Path(folder) / "configuration"),
        )
        fill(case, Path(folder))
        served, decided = [], []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            ref = next(
                queue(case, reviewer=KEY.public, kind="likely", scope=Scope(document=DOCUMENT[0]))
            )
            queue_item(case, ref=ref, reviewer=KEY.public)
            middle = time.perf_counter()
            decide(case, claim_id=ref.item_id, decision=Decision(verdict="accepted"), key=KEY)
            served.append(middle - begin)
            decided.append(time.perf_counter() - middle)
        for name, times in (("next item", served), ("decide", decided)):
            slowest = statistics.quantiles(times, n=20)[-1]
            median = statistics.median(times)
            print(f"{name}: median {median * 1e3:.1f} ms, 95 % {slowest * 1e3:.1f} ms")
        case.close()


DOCUMENT: list[str] = []


def fill(case: Case, folder: Path) -> None:
    """Lay one document with its suggestions, and entries until there are enough."""
    text = LINE * CLAIMS
    digest = case.originals.keep(text.encode())
    case.texts.keep(text.encode())
    DOCUMENT.append(digest)
    with case.writing(KEY) as pen:
        body = {"digest": digest, "event": "added", "name": "a", "path": "a", "obtained": None}
        more = {"size": len(text), "media_type": "text/plain", "blake3": "0" * 64}
        pen.record("original.added/1", body={**body, **more})
        text_body = {
            **{"document": digest, "text": digest, "length": len(text), "encoding": "utf-8"},
            **{"replaced": 0, "surrogates": 0, "tool": "t", "version": "1", "settings": ""},
            **{"isolation": "in-process", "secret": "00" * 32},
            "paragraphs": {"count": CLAIMS, "root": "00" * 32},
        }
        pen.record("text.read/1", body=text_body)
        for number in range(ENTRIES):
            source = {"source_id": f"{number:032x}", "name": f"Voice {number}", "kind": "outlet"}
            rest = {"interests": "", "reliability": None, "speaks_as": []}
            pen.record("source.declared/1", body={**source, **rest})
    with case.deriving():
        found = [suggestion(number, digest=digest) for number in range(CLAIMS)]
        case.derived.set_suggestions(digest, text_digest=digest, suggestions=found, tool="rules 2")


def suggestion(number: int, *, digest: str) -> Suggestion:
    """Return what is suggested for one line."""
    start = number * len(LINE)
    quote = Quote(
        slot="act", exact=LINE[:-1], start=start, end=start + len(LINE) - 1, text_digest=digest
    )
    claim = Claim(
        quotes=(quote,),
        speakers=(Speaker(name="a driver"),),
        act="killing",
        counts=(Count(of="killed", min=12, max=12, words="12 people"),),
        origin=ClaimOrigin(tool="rules", version="2"),
    )
    return Suggestion(claim=claim, why="passive killing verb", score=(number % 97) / 100)


if __name__ == "__main__":
    main()
