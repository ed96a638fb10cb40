"""A document of 100,000 characters with 1,500 suggestions, made without the rules."""

from pathlib import Path

from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.suggestion import Suggestion
from affiant.store import open_case
from affiant.store.surroundings import system_surroundings
from flows.desk import Desk, configured, new_desk, write

SENTENCE = "On that day soldiers killed {n:04d} men near Oreth, a neighbour said. "
FILLED = "کارگران را بردند. "


def large_desk(folder: Path, *, claims: int = 1500, characters: int = 100_000) -> tuple[Desk, str]:
    """Build the case; return it and the document."""
    desk = new_desk(folder)
    lines = [SENTENCE.format(n=n) for n in range(claims)]
    missing = characters - sum(len(line) + 1 for line in lines)
    fill = FILLED * max(0, missing // len(FILLED) // max(1, claims // 5))
    text = "\n".join(line + (fill if nth % 5 == 0 else "") for nth, line in enumerate(lines))
    desk.run("add", write(folder / "in", {"large.txt": text}))
    desk.run("read")
    document = desk.document("large.txt")
    with (
        configured(desk.configuration),
        open_case(desk.folder, surroundings=system_surroundings()) as case,
    ):
        row = case.documents.text_of(document)
        assert row is not None
        kept = case.text(row.text_digest)
        found = [
            _suggestion(kept, number=number, digest=row.text_digest) for number in range(claims)
        ]
        with case.deriving():
            case.derived.set_suggestions(
                document, text_digest=row.text_digest, suggestions=found, tool="measure 1"
            )
    return desk, document


def _suggestion(text: str, *, number: int, digest: str) -> Suggestion:
    """Return the claim that one sentence makes."""
    exact = f"killed {number:04d} men"
    start = text.index(exact)

    def quote(slot: str, words: str) -> Quote:
        at = text.index(words, max(0, start - 30))
        return Quote(slot=slot, exact=words, start=at, end=at + len(words), text_digest=digest)

    count = Count(of="killed", min=number, max=number, words=f"{number:04d}")
    claim = Claim(
        quotes=(quote("act", exact), quote("actor", "soldiers"), quote("count", f"{number:04d}")),
        speakers=(Speaker(name=None), Speaker(name="a neighbour", stance="asserts")),
        act="killing",
        counts=(count,),
        involvements=(Involvement(name="soldiers", role="direct_perpetrator", side="accused"),),
        origin=ClaimOrigin(tool="measure", version="1"),
    )
    return Suggestion(claim=claim, why="made to measure", score=0.5)
