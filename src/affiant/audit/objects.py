"""Originals, texts and the quotes cut from them: what is wanted, handed to the crew, reported."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from affiant.audit.crew import Crew
from affiant.audit.entries import LogWalk
from affiant.audit.kept_files import (
    Damage,
    Recording,
    WantedOriginal,
    WantedQuote,
    WantedText,
    check_originals,
    check_texts,
)
from affiant.audit.regions import misplaced
from affiant.audit.report import Problem, Progress, Report, Step
from affiant.audit.sample import sample
from affiant.audit.unreadable import UNREADABLE
from affiant.store.case import Case
from affiant.store.objects import PREFIX

_FILES: Final = 128
_BYTES: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class _Part:
    """Some files that are being checked."""

    count: int
    wait: Callable[[], list[Damage]]


class FileCheck:
    """The check of one kind of kept files, begun early and reported when the log was walked."""

    def __init__(
        self, name: str, *, parts: Sequence[_Part], total: int, looked_at: int, quotes: int = 0
    ) -> None:
        self._name = name
        self._parts = parts
        self._total = total
        self._looked_at = looked_at
        self._quotes = quotes

    def finish(self, case: Case, *, walk: LogWalk, report: Report, tell: Progress) -> None:
        """Wait for everything, and report it with who handled the items last."""
        done = 0
        tell(Step(name=self._name, total=self._total))
        for part in self._parts:
            report.add(_problem(damage, case=case, walk=walk) for damage in part.wait())
            done += part.count
            tell(Step(name=self._name, done=done, total=self._total))
        report.count(self._name, by=self._looked_at)
        if self._quotes:
            report.count("quotes", by=self._quotes)
        if self._looked_at < self._total:
            report.not_checked.append(
                f"what stands in {self._total - self._looked_at} of {self._total} {self._name} "
                f"({100 - 100 * self._looked_at // self._total} %): --quick looked into "
                f"{self._looked_at}, drawn at random"
            )


def begin_originals(case: Case, *, crew: Crew, quick: bool) -> FileCheck:
    """Begin to check every original against both digests and its size."""
    digests = {row.digest for row in case.documents.originals()}
    chosen = _chosen(digests, case=case, quick=quick)
    wanted = _wanted_originals(case, chosen=chosen)
    parts = [_Part(len(some), crew.begin(check_originals, tasks=some)) for some in _by_size(wanted)]
    return FileCheck("originals", parts=parts, total=len(wanted), looked_at=len(chosen))


def damaged_originals(case: Case) -> list[Damage]:
    """Return what is wrong with the originals, read one after the other."""
    digests = {row.digest for row in case.documents.originals()}
    return check_originals(_wanted_originals(case, chosen=digests))


def _wanted_originals(case: Case, *, chosen: set[str]) -> list[WantedOriginal]:
    """Return every original as it was recorded; those that are chosen are read."""
    return [
        WantedOriginal(
            path=str(case.originals.path(row.digest)),
            digest=row.digest.removeprefix(PREFIX),
            blake3=row.blake3,
            size=row.size,
            position=row.position,
            whole=row.digest in chosen,
        )
        for row in case.documents.originals()
    ]


def begin_texts(case: Case, *, crew: Crew, quick: bool, report: Report) -> FileCheck:
    """Begin to check every text against its entries, and the quotes in it."""
    recordings, homes = _recordings(case)
    quotes = _quotes(case, homes=homes, known=recordings.keys(), report=report)
    chosen = _chosen(recordings, case=case, quick=quick)
    wanted = _wanted_texts(case, recordings=recordings, quotes=quotes, chosen=chosen)
    parts = []
    for at in range(0, len(wanted), _FILES):
        some = wanted[at : at + _FILES]
        parts.append(_Part(len(some), crew.begin(check_texts, tasks=some)))
    quoted = sum(len(text.quotes) for text in wanted if text.whole)
    return FileCheck("texts", parts=parts, total=len(wanted), looked_at=len(chosen), quotes=quoted)


def damaged_texts(case: Case) -> list[Damage]:
    """Return what is wrong with the texts, read one after the other."""
    recordings, _ = _recordings(case)
    chosen = set(recordings)
    return check_texts(_wanted_texts(case, recordings=recordings, quotes={}, chosen=chosen))


def _recordings(case: Case) -> tuple[dict[str, list[Recording]], set[tuple[str, str]]]:
    """Return what entries say of each text, and which document has which."""
    recordings: dict[str, list[Recording]] = defaultdict(list)
    homes = set()
    for row in case.documents.texts():
        homes.add((row.document_id, row.text_digest))
        recordings[row.text_digest].append(
            Recording(row.length, row.paragraphs, row.root, row.secret, row.position)
        )
    return recordings, homes


def _wanted_texts(
    case: Case,
    *,
    recordings: Mapping[str, list[Recording]],
    quotes: Mapping[str, list[WantedQuote]],
    chosen: set[str],
) -> list[WantedText]:
    """Return every text as it was recorded; those that are chosen are read."""
    return [
        WantedText(
            path=str(case.texts.path(digest)),
            digest=digest.removeprefix(PREFIX),
            recordings=tuple(recorded),
            quotes=tuple(quotes.get(digest, ())),
            whole=digest in chosen,
        )
        for digest, recorded in recordings.items()
    ]


def _chosen(digests: Iterable[str], *, case: Case, quick: bool) -> set[str]:
    """Return the digests of the files that are read."""
    found = set(digests)
    return sample(found, randomness=case.surroundings.randomness) if quick else found


def _by_size(wanted: Sequence[WantedOriginal]) -> Iterator[list[WantedOriginal]]:
    """Yield them in parts of not too many files and bytes."""
    part, size = list[WantedOriginal](), 0
    for file in wanted:
        part.append(file)
        size += file.size
        if len(part) == _FILES or size > _BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _quotes(
    case: Case, *, homes: set[tuple[str, str]], known: Iterable[str], report: Report
) -> dict[str, list[WantedQuote]]:
    """Return the quotes by text; report those of no text, or of another document's."""
    found: dict[str, list[WantedQuote]] = defaultdict(list)
    texts = set(known)
    for claim in case.claims.all():
        report.add(misplaced(case, claim=claim))
        for quote in claim.claim.quotes:
            kind, detail = "anchor", "it quotes a text that is not one of its document"
            if quote.text_digest not in texts:
                kind, detail = "missing", f"it quotes {quote.text_digest}, which is not recorded"
            else:
                found[quote.text_digest].append(WantedQuote(claim.claim_id, claim.position, quote))
            if (claim.document_id, quote.text_digest) not in homes:
                item, since = f"claim {claim.claim_id}", f"entry {claim.position}"
                report.add([Problem(item=item, kind=kind, detail=detail, since=since)])
    return found


def _problem(damage: Damage, *, case: Case, walk: LogWalk) -> Problem:
    """Return a finding with the entry since when, and who handled the item last."""
    who = walk.who(damage.position)
    word, _, digest = damage.item.partition(" ")
    if word == "original":
        try:
            actors = [event.actor for event in case.custody.events(digest)]
            who = walk.names.get(actors[-1], who) if actors else who
        except UNREADABLE:
            who = walk.who(damage.position)
    return Problem(
        item=damage.item,
        kind=damage.kind,
        detail=damage.detail,
        since=walk.lineage.since(damage.position),
        who=who,
    )
