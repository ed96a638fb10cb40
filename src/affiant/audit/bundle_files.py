"""The files of a bundle: digests, originals and texts as the entries name them, quotes."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from affiant.audit.bag import MANIFEST, TAG_MANIFEST, Manifests, expected_tags
from affiant.audit.bundle_log import MALFORMED, Line
from affiant.audit.report import Problem, Report
from affiant.audit.zip_file import ZipFile
from affiant.errors import AnchorError
from affiant.log.canon import canonical
from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.store.claims import ClaimRow

FORMAT: Final = 2
RECORDS: Final = frozenset({"data/checkpoint", "data/entries.jsonl", "data/numbers.json"})
NAMES: Final = RECORDS | frozenset(
    {"VERIFY.md", "bag-info.txt", "bagit.txt", "bundle.json", "verify.py", MANIFEST, TAG_MANIFEST}
)
_OBJECT: Final = re.compile(r"data/(originals|texts)/([0-9a-f]{2})/([0-9a-f]{62})")
_WORD: Final = "[A-Za-z0-9][A-Za-z0-9._-]*"
_KEPT: Final = re.compile(rf"{_OBJECT.pattern}|data/stamps/{_WORD}/{_WORD}")
_FOLDERS: Final = {
    "original.added/1": ("originals", "digest"),
    "text.read/1": ("texts", "text"),
    "text.transcribed/1": ("texts", "text"),
}


def check_members(bundle: ZipFile, *, lines: Iterable[Line], report: Report) -> None:
    """Check each member against its checksum, its name, its manifest, and that it belongs here."""
    named = {name for line in lines for name in _named_by(line)}
    manifests = Manifests(bundle)
    for name in manifests.broken:
        detail = "it does not list the files that are here, in order"
        report.add([Problem(item=name, kind="form", detail=detail)])
    for name in sorted({*bundle.members, *NAMES}):
        found = _wrong_with(name, bundle=bundle, manifests=manifests, named=named)
        if found is None:
            report.count("files")
        else:
            kind, detail = found
            report.add([Problem(item=name, kind=kind, detail=detail)])


def _wrong_with(
    name: str, *, bundle: ZipFile, manifests: Manifests, named: Collection[str]
) -> tuple[str, str] | None:
    """Return (kind, detail) of what is wrong with a member, or None."""
    if name not in bundle.members:
        return "missing", "it is not in the bundle"
    digest, kept = bundle.digest(name), _OBJECT.fullmatch(name)
    if digest is None:
        return "altered", "its bytes do not have the checksum noted in the zip file"
    if name not in NAMES and not (name in named and _KEPT.fullmatch(name)):
        return "unlisted", "a bundle has no such member, or no entry names it"
    same = kept is None or digest == kept[2] + kept[3]
    if not same or not manifests.holds(name, digest=digest):
        return "altered", "its bytes do not have the digest that is noted"
    return None


def check_tags(bundle: ZipFile, *, case: str | None, size: int, report: Report) -> None:
    """Check the tag files that say that this is a bag, of which case, in which format."""
    stated = canonical({"format": FORMAT, "case": case, "size": size})
    exact = {**expected_tags(bundle, case=case), "bundle.json": stated}
    for name, data in exact.items():
        if bundle.read(name) != data:
            detail = f"of this bundle it must say {data.decode('ascii')!r}"
            report.add([Problem(item=name, kind="altered", detail=detail)])


def object_name(folder: str, *, digest: str) -> str:
    """Return the member that holds the bytes with this digest."""
    return f"data/{folder}/{digest[7:9]}/{digest[9:]}"


def check_objects(bundle: ZipFile, *, lines: Iterable[Line], report: Report) -> None:
    """Check kept files against the entries that name them."""
    broken = {problem.item for problem in report.problems}
    for line in lines:
        files = line.fields().get("files")
        if line.kind == "stamp.obtained/1" and files and not isinstance(files, dict):
            report.add([line.problem("form", detail="it does not name the files of a stamp")])
        for name in _named_by(line):
            if name not in broken:
                _check_object(bundle, name=name, line=line, report=report)


def _named_by(line: Line) -> list[str]:
    """Return the members whose bytes an entry recorded."""
    folder, field = _FOLDERS.get(line.kind, ("", ""))
    digest = line.fields().get(field)
    if folder and digest:
        return [object_name(folder, digest=str(digest))]
    return files_of_stamp(line) if line.kind == "stamp.obtained/1" else []


def files_of_stamp(line: Line) -> list[str]:
    """Return the members that hold a stamp's files."""
    fields = line.fields()
    files = fields.get("files")
    names = files if isinstance(files, dict) else {}
    return [f"data/stamps/{fields.get('folder')}/{name}" for name in names]


def _check_object(bundle: ZipFile, *, name: str, line: Line, report: Report) -> None:
    """Check one original, text or file of a stamp against the entry that names it."""
    folder, fields = name.split("/")[1], line.fields()
    try:
        if name not in bundle.members:
            found: tuple[str, str] | None = ("missing", "an entry names it")
        elif folder == "texts":
            found = _wrong_with_text(bundle.read(name), name=name, fields=fields, report=report)
        elif folder == "stamps":
            found = _wrong_with_stamp(bundle, name=name, fields=fields)
        else:
            same = _size(fields, line=line) in (bundle.members[name].size, "")
            found = None if same else ("altered", "it is not as long as the entry says")
    except MALFORMED as problem:
        found = ("form", f"its entry lacks something: {problem!r}"[:200])
    if found is None:
        report.count(folder if folder != "stamps" else "files of stamps")
    else:
        kind, detail = found
        who = line.problem(kind, detail=detail)
        report.add([Problem(item=name, kind=kind, detail=detail, since=who.since, who=who.who)])


def _wrong_with_stamp(
    bundle: ZipFile, *, name: str, fields: Mapping[str, Any]
) -> tuple[str, str] | None:
    """Return (kind, detail) of what is wrong with a file of a stamp, or None."""
    recorded = fields["files"][name.rsplit("/", 1)[1]]
    if recorded != f"sha256:{bundle.digest(name)}":
        return "altered", "its bytes do not have the digest that the entry gives"
    return None


def _size(fields: Mapping[str, Any], *, line: Line) -> object:
    """Return the size that is stated; one that was erased reads as the empty text."""
    return fields.get("size", "") if line.state == "partly erased" else fields["size"]


def _wrong_with_text(
    data: bytes, *, name: str, fields: Mapping[str, Any], report: Report
) -> tuple[str, str] | None:
    """Return (kind, detail) of what is wrong with a text, or None."""
    text = data.decode("utf-8", "replace")
    secret, paragraphs = fields.get("secret"), fields.get("paragraphs")
    if secret and paragraphs:
        root = paragraph_root(text, secret=bytes.fromhex(secret)).hex()
        if paragraphs != {"count": len(split_paragraphs(text)), "root": root}:
            return "paragraphs", "they do not lead to the root that was recorded"
        report.count("paragraph roots")
    else:
        report.not_checked.append(f"{name}: the root of its paragraphs; the secret is erased")
    if fields.get("length", "") not in (len(text), ""):
        return "altered", "it is not as long as the entry says"
    return None


def check_quotes(
    bundle: ZipFile,
    *,
    claims: Sequence[ClaimRow],
    homes: Mapping[str, Collection[str]],
    report: Report,
) -> None:
    """Check that each claim's quotes stand, to the character, in a text of its document.

    Args:
        bundle: Holds the texts.
        claims: In any order.
        homes: Digest of a text to the documents that it was read from.
        report: Takes what is found.
    """
    digest, text = "", ""
    for row in sorted(claims, key=lambda row: row.claim.text_digest):
        for quote in row.claim.quotes:
            name = object_name("texts", digest=quote.text_digest)
            if name not in bundle.members:
                line = f"claim {row.claim_id}: a quote from {name}, which is not in here"
                report.not_checked.append(line)
                continue
            at_home = homes.get(quote.text_digest)
            if at_home and row.document_id not in at_home:
                detail = f"{name} is not recorded as a text of its document"
                report.add([Problem(item=f"claim {row.claim_id}", kind="anchor", detail=detail)])
                continue
            if quote.text_digest != digest:
                digest = quote.text_digest
                text = bundle.read(name).decode("utf-8", "replace")
            try:
                quote.check(text)
                report.count("quotes")
            except AnchorError as problem:
                item = f"claim {row.claim_id}"
                report.add([Problem(item=item, kind="anchor", detail=problem.problem)])
