"""Originals, texts and the quotes cut from them, checked byte by byte."""

from collections.abc import Iterator
from pathlib import Path

from blake3 import blake3

from affiant.audit.regions import misplaced
from affiant.audit.report import Problem, Report
from affiant.errors import AffiantError, AnchorError
from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.documents import TextRow
from affiant.store.objects import ObjectStore, digest_of_file

_BLAKE3 = "select digest, blake3, size, position from document where container is null"


def check_originals(case: Case, *, report: Report) -> None:
    """Check every original against both digests and its size, and look for strangers."""
    wanted: set[str] = set()
    for digest, second, size, position in case.db.execute(_BLAKE3):
        wanted.add(digest)
        report.count("originals")
        path = case.originals.path(digest)
        problem = _check_file(path, digest=digest, second=second, size=size)
        if problem is not None:
            kind, detail = problem
            report.add(
                [
                    Problem(
                        item=f"original {digest}",
                        kind=kind,
                        detail=detail,
                        since=f"entry {position}",
                        who=_who(case, digest=digest),
                    )
                ]
            )
    _strangers(case.originals, folder="originals", wanted=wanted, report=report)


def _check_file(path: Path, *, digest: str, second: str, size: int) -> tuple[str, str] | None:
    """Return (kind, detail) of what is wrong with a kept file, or None."""
    if path.is_symlink():
        return "altered", "a link stands where the file should"
    if not path.is_file():
        return "missing", "the file is not there"
    if path.stat().st_size != size:
        return "altered", f"it has {path.stat().st_size} bytes, not {size}"
    hasher = blake3()
    if digest_of_file(path) != digest:
        return "altered", "its SHA-256 is not the recorded one"
    hasher.update_mmap(path) if size else None
    if hasher.hexdigest() != second:
        return "altered", "its BLAKE3 is not the recorded one"
    return None


def _who(case: Case, *, digest: str) -> str | None:
    """Return the name of whoever last handled an original."""
    keys = case.policies.keys()
    actors = [event.actor for event in case.custody.events(digest)]
    return keys.get(actors[-1]) if actors else None


def check_texts(case: Case, *, report: Report) -> None:
    """Check every text against its digest, length and paragraph root, and its quotes."""
    wanted: dict[str, str] = {}
    broken: set[str] = set()
    for row in case.documents.texts():
        report.count("texts")
        text = wanted.get(row.text_digest)
        if text is None and row.text_digest not in broken:
            try:
                text = case.text(row.text_digest)
                wanted[row.text_digest] = text
            except (AffiantError, UnicodeDecodeError) as problem:
                broken.add(row.text_digest)
                kind = "missing" if "not in" in str(problem) else "altered"
                report.add([_text_problem(row, kind=kind, detail=str(problem))])
        if text is not None:
            report.add(_check_text(row, text=text))
    _check_quotes(case, texts=wanted, broken=broken, report=report)
    _strangers(case.texts, folder="texts", wanted=wanted.keys() | broken, report=report)


def _text_problem(row: TextRow, *, kind: str, detail: str) -> Problem:
    return Problem(
        item=f"text {row.text_digest}", kind=kind, detail=detail, since=f"entry {row.position}"
    )


def _check_text(row: TextRow, *, text: str) -> Iterator[Problem]:
    """Yield where a text is not what its entry says."""
    if len(text) != row.length:
        yield _text_problem(row, kind="altered", detail=f"it has {len(text)} characters")
    count = len(split_paragraphs(text))
    root = paragraph_root(text, secret=bytes.fromhex(row.secret)).hex()
    if count != row.paragraphs or root != row.root:
        yield _text_problem(
            row, kind="altered", detail="its paragraphs do not lead to the recorded root"
        )


def _check_quotes(case: Case, *, texts: dict[str, str], broken: set[str], report: Report) -> None:
    """Check every quote of every claim against its text, and that this is its document's."""
    homes = {(row.document_id, row.text_digest) for row in case.documents.texts()}
    for claim in case.claims.all():
        report.add(misplaced(case, claim=claim))
        for quote in claim.claim.quotes:
            report.count("quotes")
            item = f"claim {claim.claim_id}"
            text = texts.get(quote.text_digest)
            if text is not None and (claim.document_id, quote.text_digest) not in homes:
                report.add([_stray(claim)])
            if text is None:
                if quote.text_digest not in broken:
                    report.add(
                        [
                            Problem(
                                item=item,
                                kind="missing",
                                detail=f"it quotes {quote.text_digest}, which is not recorded",
                                since=f"entry {claim.position}",
                            )
                        ]
                    )
                continue
            try:
                quote.check(text)
            except AnchorError as problem:
                report.add(
                    [
                        Problem(
                            item=item,
                            kind="anchor",
                            detail=problem.problem,
                            since=f"entry {claim.position}",
                        )
                    ]
                )


def _stray(claim: ClaimRow) -> Problem:
    return Problem(
        item=f"claim {claim.claim_id}",
        kind="anchor",
        detail="it quotes a text that is not one of its document",
        since=f"entry {claim.position}",
    )


def _strangers(store: ObjectStore, *, folder: str, wanted: set[str], report: Report) -> None:
    """Report files that no entry names: whole ones are orphans, others do not belong."""
    for digest, path in store.listed():
        if digest in wanted:
            continue
        name = f"{folder}/{path.parent.name}/{path.name}"
        whole = digest is not None and not path.is_symlink() and digest_of_file(path) == digest
        if whole or path.name.endswith(".part"):
            report.notes.append(f"{name} is named by no entry: an orphan, as after a crash")
        else:
            report.add([Problem(item=name, kind="unlisted", detail="no entry names this file")])
