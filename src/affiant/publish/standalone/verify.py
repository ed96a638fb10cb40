#!/usr/bin/env python3
"""Check a bundle of a case, with nothing but Python 3.8 or later.

    python3 verify.py BUNDLE.zip [--pin KEY] [--json]

KEY is the public key (64 hex digits) of somebody whom you trust to have opened the case or
signed its newest checkpoint, or a file that holds an earlier checkpoint of the case.
Exit: 0 all was checked, 3 a part could not be checked, 5 something is wrong, 2 wrong use.

Read it in this order: report, zip, JSON, signatures, tree, entries, log, replay, files,
numbers. Format and rules are those of docs/reference/file-format.md. Signatures are checked
here, in Python, in 2.5 ms each: starting a program like openssl for each takes 5 ms.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z
    Fields = dict[str, Any]

NAMES = {"VERIFY.md", "bundle.json", "checkpoint", "entries.jsonl", "numbers.json", "verify.py"}
OBJECT = re.compile(r"(originals|texts)/[0-9a-f]{2}/[0-9a-f]{62}")
HEX32, HEX64 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
# SHA-256 of the VERIFY.md that belongs to this file
GUIDE = "27bbd83761e6386c20de99bac4e159f9010fd74e73cb7b7f49bcdc8ac3c11a0b"
T = TypeVar("T")
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class Broken(Exception):
    """Something is not what it must be: the kind of problem, and in which way."""


class Report:
    """What was checked, what is wrong and what could not be checked."""

    def __init__(self) -> None:
        self.checked: dict[str, int] = {}
        self.problems: list[Fields] = []
        self.not_checked: list[str] = []
        self.notes: list[str] = []

    def count(self, what: str) -> None:
        """Note that one more of something was checked and found right."""
        self.checked[what] = self.checked.get(what, 0) + 1

    def problem(self, item: str, *, kind: str, detail: str, entry: Entry | None = None) -> None:
        """Note a problem and, where it is known, when and by whom the item was recorded."""
        head = entry.header if entry else {}
        who = {"since": head.get("at"), "who": head.get("actor")}
        self.problems.append({"item": item, "kind": kind, **who, "detail": detail})

    def attempt(self, item: str, *, step: Callable[[], T], entry: Entry | None = None) -> T | None:
        """Return what a step returns; where it finds something broken, note that."""
        try:
            return step()
        except Broken as problem:
            self.problem(item, kind=problem.args[0], detail=problem.args[1], entry=entry)
        except MALFORMED as lack:
            self.problem(item, kind="form", detail=f"it lacks something: {lack!r:.99}", entry=entry)
        return None


# Zip: stored members, sorted by name; every header is written again and compared


class Bundle:
    """The members of a file that is, byte for byte, the canonical zip of them."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.places: dict[str, tuple[int, int, int]] = {}  # name: start, size, CRC-32
        try:
            members = zipfile.ZipFile(file).infolist()
        except (zipfile.BadZipFile, NotImplementedError, struct.error, *MALFORMED) as problem:
            raise Broken("zip", f"it is not a zip file: {problem}") from problem
        place, directory, before = 0, bytearray(), ""
        for member in members:
            name, size, crc = member.filename, member.file_size, member.CRC
            raw = name.encode("ascii", "replace")
            if max(size, place) >= 2**32 - 1 or len(raw) > 255 or name <= before:
                raise Broken("zip", f"{name!r:.99} is too large or not in its place")
            line = struct.pack("<5H3I2H", 10, 0, 0, 0, 0x21, crc, size, size, len(raw), 0)
            local = b"PK\3\4" + line + raw
            if self.cut(place, size=len(local)) != local:
                raise Broken("zip", f"the header of {name!r:.99} is not canonical")
            directory += b"PK\1\2\24\0" + line + struct.pack("<3H2I", 0, 0, 0, 0, place) + raw
            self.places[name] = (place + len(local), size, crc)
            place, before = place + len(local) + size, name
        count, length = len(members), len(directory)
        if count > 65534 or place >= 2**32 - 1:
            raise Broken("zip", "it is too large to be canonical")
        end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, length, place, 0)
        if self.cut(place, size=length + 23) != directory + end:
            raise Broken("zip", "its directory is not canonical")

    def cut(self, start: int, *, size: int) -> bytes:
        """Return bytes of the file."""
        self.file.seek(start)
        return self.file.read(size)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; none where there is no such member."""
        start, size, _ = self.places.get(name, (0, 0, 0))
        return self.cut(start, size=size)

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a member, hex, its CRC-32 confirmed."""
        if name not in self.places:
            raise Broken("missing", "it is not in the bundle")
        start, left, crc = self.places[name]
        digest, found = hashlib.sha256(), 0
        while left:
            chunk = self.cut(start, size=min(left, 1 << 20))
            digest.update(chunk)
            found, start, left = zlib.crc32(chunk, found), start + len(chunk), left - len(chunk)
        if found != crc:
            raise Broken("altered", "its bytes do not have the checksum noted in the zip file")
        return digest.hexdigest()


# JSON: the one byte string that stands for a value (RFC 8785 without floats)


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value."""
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _in_order(value: object) -> object:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be", "surrogatepass"))
        return {name: _in_order(value[name]) for name in names}
    return [_in_order(inner) for inner in value] if isinstance(value, list) else value


def _number(spelling: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,16}", spelling) or abs(int(spelling)) > 2**53 - 1:
        raise ValueError("a number that JSON readers disagree about")
    return int(spelling)


def parse(data: bytes, *, kind: str = "json") -> Fields:
    """Return the object that these bytes are the canonical form of."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_int=_number, parse_float=_number, parse_constant=_number
        )
        intact = isinstance(value, dict) and canonical(value) == data
    except (ValueError, RecursionError):
        intact = False
    if not intact:
        raise Broken(kind, "it is not an object in canonical JSON")
    return dict(value)


# Signatures: Ed25519 (RFC 8032), strictly: one spelling of each point, S below the order

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p: Point, *, q: Point) -> Point:
    """Add two points of the curve."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


@lru_cache(maxsize=256)
def point(data: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or None where they stand for none."""
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


GENERATOR = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signed(message: bytes, *, signature: bytes, key: str) -> bool:
    """Tell whether this key (hex) made this signature over this message."""
    raw = bytes.fromhex(key)
    owner, s = point(raw), int.from_bytes(signature[32:], "little")
    if owner is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + raw + message).digest(), "little") % ORDER
    minus = (P - owner[0], owner[1], 1, P - owner[3])
    steps = ((0, 1, 1, 0), GENERATOR, minus, add(GENERATOR, q=minus))
    total: Point = (0, 1, 1, 0)
    for bit in range(252, -1, -1):  # total = s times the generator, minus k times the key
        total = add(add(total, q=total), q=steps[(s >> bit & 1) + 2 * (k >> bit & 1)])
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return signature[:32] == (y + (x & 1) * 2**255).to_bytes(32, "little")


# Tree (RFC 6962) and checkpoint (C2SP signed note)


def sha(data: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()


class Tree:
    """A Merkle tree that grows by one leaf at a time; peaks of perfect subtrees are kept."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        level, self.size = self.size, self.size + 1
        while level & 1:
            leaf, level = sha(b"\1" + self.peaks.pop() + leaf), level >> 1
        self.peaks.append(leaf)

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        root = self.peaks[-1] if self.peaks else sha(b"")
        for peak in reversed(self.peaks[:-1]):
            root = sha(b"\1" + peak + root)
        return root


NOTE = re.compile(r"(affiant/case/([0-9a-f]{32})\n(0|[1-9][0-9]{0,15})\n(\S{44})\n)\n((?:.+\n)+)")
SEAL = re.compile(r"\u2014 (affiant/key/([0-9a-f]{64})) (\S{92})")


class Note:
    """A checkpoint: case, size and root, and the keys (hex) that signed it."""

    def __init__(self, data: bytes) -> None:
        note = NOTE.fullmatch(data.decode("utf-8", "replace"))
        if not note:
            raise Broken("checkpoint", "it does not have the form of a checkpoint")
        self.case, self.size, self.root = note[2], int(note[3]), _base64(note[4], size=32)
        self.keys: set[str] = set()
        for line in note[5].split("\n")[:-1]:
            seal = SEAL.fullmatch(line)
            if not seal or seal[2] in self.keys:
                raise Broken("checkpoint", "a signature line is malformed or stands there twice")
            raw = _base64(seal[3], size=68)
            known = sha(seal[1].encode() + b"\n\1" + bytes.fromhex(seal[2]))[:4] == raw[:4]
            if not known or not signed(note[1].encode(), signature=raw[4:], key=seal[2]):
                raise Broken("checkpoint", "a signature does not hold")
            self.keys.add(seal[2])


def _base64(text: str, *, size: int) -> bytes:
    """Return the bytes of base64 in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if len(data) != size or base64.b64encode(data).decode() != text:
        raise Broken("checkpoint", "it holds base64 of another length or spelling")
    return data


# Entries: header, signature, body

FORMS = {
    "case": HEX32,
    "at": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"),
    "kind": re.compile(r"[a-z_]+\.[a-z_]+/[1-9][0-9]*"),
    "actor": HEX64,
    "commitment": HEX64,
}


class Entry:
    """One line of entries.jsonl; it has a body only where all of the entry is as signed.

    Its state is whole, partly erased, erased, withheld or broken. A field that was erased
    reads as the empty text.
    """

    def __init__(self, position: int) -> None:
        self.position, self.item, self.state = position, f"entry {position}", "broken"
        self.leaf, self.kind = b"", ""
        self.header: Fields = {}
        self.body: Any = None

    def read(self, data: bytes) -> None:
        """Check line, header, signature and body, in this order."""
        line = parse(data)
        if set(line) == {"leaf"} and HEX64.fullmatch(line["leaf"]):
            self.leaf, self.state = bytes.fromhex(line["leaf"]), "withheld"
            return
        head, signature = line["header"].encode(), bytes.fromhex(line["signature"])
        self.leaf = sha(b"\0" + head + signature)
        self.header = read_header(head)
        self.kind = self.header["kind"]
        exact = signature.hex() == line["signature"]
        if not exact or not signed(head, signature=signature, key=self.header["actor"]):
            raise Broken("signature", "it is not the actor's over this header")
        if set(line) == {"header", "signature"}:
            self.state = "erased"
        else:
            try:
                self.body = read_body(line, commitment=self.header["commitment"])
            except MALFORMED as lack:
                raise Broken("commitment", f"what is left of the body: {lack!r:.99}") from lack
            self.state = "partly erased" if isinstance(self.body, defaultdict) else "whole"


def read_header(data: bytes) -> Fields:
    """Return the fields of a header, each of the form that it must have."""
    header = parse(data, kind="header")
    after, version = header.get("after"), header.get("v")
    if set(header) != {"v", "after", *FORMS} or version != 1 or isinstance(version, bool):
        raise Broken("header", "it has other fields than a header of this format")
    if not isinstance(after, dict) or set(after) != {"size", "root"} or after["size"] < 0:
        raise Broken("header", "it names no state of the log")
    forms = [*((form, header[name]) for name, form in FORMS.items()), (HEX64, after["root"])]
    if type(after["size"]) is not int or not all(form.fullmatch(text) for form, text in forms):
        raise Broken("header", "a field has another form than it must have")
    return dict(header)


def read_body(line: Fields, *, commitment: str) -> Fields:
    """Return a body; what is left of it and the digests of what is gone lead to the commitment."""
    body = parse(line["body"].encode(), kind="commitment")
    opening: Fields = {"salts": {}, "digests": {}}
    if set(line) == {"header", "signature", "body", "salt"} and HEX64.fullmatch(line["salt"]):
        salt = bytes.fromhex(line["salt"])
        opening["salts"] = {n: hmac.new(salt, n.encode(), "sha256").hexdigest() for n in body}
    elif set(line) == {"header", "signature", "body", "opening"}:
        opening = parse(line["opening"].encode(), kind="commitment")
    else:
        raise Broken("commitment", "its salt is missing or malformed")
    salts, digests = opening["salts"], dict(opening["digests"])
    exact = len(opening) == 2 and set(salts) == set(body) and not set(salts) & set(digests)
    if not exact or not all(map(HEX64.fullmatch, [*salts.values(), *digests.values()])):
        raise Broken("commitment", "the salt or the list of erased fields has another form")
    for name, value in body.items():
        digests[name] = sha(bytes.fromhex(salts[name]) + canonical(value)).hex()
    if sha(canonical(digests)).hex() != commitment:
        raise Broken("commitment", "the body is not the one that was committed to")
    return defaultdict(str, body) if "opening" in line else body


# The log: order, keys, what each signer had seen, erasures, the root


class Log:
    """What the entries so far make: a tree, its roots, the keys admitted, commitments seen."""

    def __init__(self, case: str | None) -> None:
        self.case, self.opener = case, None  # type: str | None, str | None
        self.tree, self.roots = Tree(), [sha(b"")]
        self.admitted: set[str] = set()
        self.seen: set[str] = set()

    def append(self, entry: Entry, *, report: Report) -> None:
        """Take the next entry and note whatever it may not be at its place."""
        head, problem = entry.header, partial(report.problem, entry.item, entry=entry)
        if head:
            after = head["after"]
            if self.roots[after["size"] : after["size"] + 1] != [bytes.fromhex(after["root"])]:
                line = "it was signed on another copy of the case, or entries were removed"
                report.notes.append(f"{entry.item}: {line}")
            if head["case"] != (self.case or head["case"]):
                problem(kind="header", detail="it belongs to another case")
            if head["commitment"] in self.seen:
                problem(kind="header", detail="its commitment stands in the log twice")
            self.seen.add(head["commitment"])
        if not self._may_sign(entry):
            problem(kind="stranger", detail="its signer was not admitted to the case before")
        if entry.kind == "key.admitted/1" and entry.body is not None:
            self.admitted.add(entry.body["key"])
        self.tree.append(entry.leaf)
        self.roots.append(self.tree.root())

    def _may_sign(self, entry: Entry) -> bool:
        """Tell whether the signer was admitted; the first two entries admit the first."""
        actor = entry.header.get("actor")
        if entry.position == 0:
            self.opener = actor
            return entry.kind == "case.opened/1"
        if entry.position == 1:
            named = (entry.body or {}).get("key")
            return entry.kind == "key.admitted/1" and actor == self.opener == named
        return not entry.header or actor in self.admitted


def check_log(
    entries: list[Entry], *, note: Note | None, pin: str | Note | None, report: Report
) -> None:
    """Check the entries together, against the checkpoint and against the pin."""
    log = Log(note.case if note else None)
    for entry in entries:
        log.append(entry, report=report)
    problem = partial(report.problem, "checkpoint")
    if note and (note.size, note.root) != (len(entries), log.roots[-1]):
        problem(kind="checkpoint", detail=f"it is not over these {len(entries)} entries")
    elif note and not note.keys <= log.admitted:
        problem(kind="stranger", detail="its signer was not admitted to the case")
    if isinstance(pin, Note):
        held = note is not None and pin.case == note.case
        vouched = held and log.roots[pin.size : pin.size + 1] == [pin.root]
    else:
        vouched = pin in {None, log.opener, *(note.keys if note else ())}
    if not vouched:
        detail = "the pinned key or checkpoint does not vouch for this history"
        report.problem("signer", kind="stranger", detail=detail)


def check_erasures(entries: list[Entry], *, report: Report) -> None:
    """Check that whatever is gone was erased by a later entry, and the other way round."""
    erased_by: dict[str, int] = {}
    for entry in entries:
        if entry.kind == "entry.erased/1" and entry.body is not None:
            named = partial(dict.fromkeys, entry.body.get("commitments"), entry.position)
            erased_by.update(report.attempt(entry.item, step=named, entry=entry) or {})
    for entry in entries:
        by = erased_by.get(entry.header.get("commitment", ""), -1)
        detail = ""
        if entry.state in ("erased", "partly erased"):
            report.notes.append(f"{entry.item} ({entry.kind}) is {entry.state}")
            detail = "" if by > entry.position else "no later entry says that it was erased"
        elif entry.state == "whole" and by > entry.position:
            detail = f"entry {by} says that it was erased, and it is whole"
        if detail:
            report.problem(entry.item, kind="erased", detail=detail, entry=entry)
        if entry.state not in ("withheld", "broken"):
            report.count("entries")
    withheld = sum(entry.state == "withheld" for entry in entries)
    if withheld:
        report.not_checked.append(f"{withheld} entries are withheld: what they say is not known")


# Replay: what the entries amount to; undone ones and erased bodies are passed over

NEWEST: dict[str, Callable[[Any], tuple[str, Any, Any]]] = {  # table, key, value
    "policy.set/1": lambda b: ("policy", b["name"], b["value"]),
    "source.declared/1": lambda b: ("source", b["source_id"], [b["name"], *(b["speaks_as"] or [])]),
    "document.attributed/1": lambda b: ("source_of", b["document"], b["source_id"]),
    "edge.declared/1": lambda b: ("edge", (b["document"], b["of"], b["kind"]), ""),
    "dependence.declared/1": lambda b: (
        *("dependence", tuple(sorted((b["left"], b["right"]))), b["verdict"]),
    ),
    "incident.opened/1": lambda b: ("incident", b["incident_id"], b["label"]),
    "claim.withdrawn/1": lambda b: ("end", b["claim_id"], "withdrawn"),
    "claim.superseded/1": lambda b: ("end", b["claim_id"], "superseded"),
}
VERDICTS = {f"claim.{verdict}/1": verdict for verdict in ("accepted", "rejected", "unsure")}
TABLES = "policy source source_of edge dependence incident end claim incident_of knower_of"
OTHERS = """case.opened key.admitted original.added original.handled part.listed text.read
    text.unread knower.declared claim.reported document.read_through person.opened person.joined
    judgement.made publication.decided release.made decision.undone entry.erased
    incident.joined incident.left knower.assigned"""
KNOWN = {f"{kind}/1" for kind in OTHERS.split()} | {*NEWEST, *VERDICTS}


class State:
    """Tables of what stands after the last entry; in each the newest stands, as the last."""

    def __init__(self, entries: list[Entry], *, report: Report) -> None:
        self.of: dict[str, dict[Any, Any]] = {table: {} for table in TABLES.split()}
        self.verdicts: dict[str, dict[str, str]] = {}
        undone: set[str] = set()
        for entry in reversed(entries):
            is_undoing = entry.kind == "decision.undone/1" and entry.body is not None
            if is_undoing and entry.header["commitment"] not in undone:
                undone.add(entry.body["commitment"])
        for entry in entries:
            if entry.kind and entry.kind not in KNOWN:
                report.not_checked.append(f"{entry.item}: the kind {entry.kind} is not known here")
            elif entry.body is not None:
                stands = entry.header["commitment"] not in undone
                step = partial(self._apply, entry, stands=stands)
                report.attempt(entry.item, step=step, entry=entry)

    def _apply(self, entry: Entry, *, stands: bool) -> None:
        """Enter into the tables what an entry says."""
        body = entry.body
        if entry.kind in VERDICTS:
            if "quotes" in body and body["quotes"][0]:  # the first one carries the claim,
                self.of["claim"].setdefault(body["claim_id"], body)  # also when it is undone
            if stands:
                given = self.verdicts.setdefault(body["claim_id"], {})
                given[entry.header["actor"]] = VERDICTS[entry.kind]
        elif entry.kind in NEWEST and stands:
            table, key, value = NEWEST[entry.kind](body)
            self.of[table].pop(key, None)
            self.of[table][key] = value
        elif entry.kind == "knower.assigned/1" and stands:
            self.of["knower_of"].update(dict.fromkeys(body["claim_ids"], body["knower_id"] or None))
        elif entry.kind == "incident.joined/1" and stands:
            self.of["incident_of"].update(dict.fromkeys(body["claim_ids"], body["incident_id"]))
        elif entry.kind == "incident.left/1" and stands:
            for claim_id in body["claim_ids"]:
                if self.of["incident_of"].get(claim_id) == body["incident_id"]:
                    self.of["incident_of"][claim_id] = None

    def status(self, claim_id: str) -> str:
        """Return what the reviewers' latest verdicts on a claim amount to."""
        given = self.verdicts.get(claim_id, {})
        if claim_id in self.of["end"]:
            return str(self.of["end"][claim_id])
        if len(set(given.values())) > 1 or "unsure" in given.values():
            return "unsure"
        if not given or len(given) < int(self.of["policy"].get("reviewers_needed", "1")):
            return "suggested"
        return next(iter(given.values()))

    def voice(self, claim: Fields) -> str:
        """Return the source that speaks in a claim, or its document where none is known."""
        name = claim["speakers"][-1]["name"]
        for source_id, names in self.of["source"].items() if name else ():
            if plain(name) in map(plain, names):
                return str(source_id)
        return str(self.of["source_of"].get(claim["document"], "document:" + claim["document"]))


def plain(name: str) -> str:
    """Return a name as it is compared."""
    return unicodedata.normalize("NFC", name).casefold().strip()


# Files: checksums and digests, originals and texts as the entries name them, quotes

FOLDERS = {"original.added/1": ("originals", "digest"), "text.read/1": ("texts", "text")}


def check_member(
    bundle: Bundle, *, name: str, files: dict[str, str] | None, report: Report
) -> None:
    """Check a member against its checksum, its digest and, of an original or text, its name."""
    digest = bundle.digest(name)
    if name not in NAMES and not OBJECT.fullmatch(name):
        raise Broken("unlisted", "a bundle has no such member")
    if files is not None and name != "bundle.json" and name not in files:
        raise Broken("unlisted", "bundle.json does not list it")
    in_name = name.split("/", 1)[1].replace("/", "") if "/" in name else digest
    if not digest == in_name == (files or {}).get(name, digest):
        raise Broken("altered", "its bytes do not have the digest that is noted")
    report.count("files")


def object_name(folder: str, *, digest: str) -> str:
    """Return where the bytes with this digest lie."""
    return f"{folder}/{digest[7:9]}/{digest[9:]}"


def check_objects(bundle: Bundle, *, entries: list[Entry], report: Report) -> None:
    """Check originals and texts against the entries that name them, and that one does."""
    named, broken = set(), {problem["item"] for problem in report.problems}
    for entry in entries:
        folder, field = FOLDERS.get(entry.kind, ("", ""))
        if folder and entry.body is not None and entry.body.get(field):
            name = object_name(folder, digest=entry.body[field])
            named.add(name)
            if name not in broken:
                step = partial(check_object, bundle, name=name, fields=entry.body, report=report)
                report.attempt(name, step=step, entry=entry)
    for name in sorted({*filter(OBJECT.fullmatch, bundle.places)} - named - broken):
        report.problem(name, kind="unlisted", detail="no entry names it")


def check_object(bundle: Bundle, *, name: str, fields: Fields, report: Report) -> None:
    """Check an original's size, or a text's length and the root over its salted paragraphs."""
    if name not in bundle.places:
        raise Broken("missing", "an entry names it")
    length = bundle.places[name][1]
    if name.startswith("texts/"):
        text = bundle.read(name).decode("utf-8", "replace")
        length = len(text)
        if fields["secret"] and fields["paragraphs"]:
            count, root = paragraphs(text, secret=bytes.fromhex(fields["secret"]))
            if fields["paragraphs"] != {"count": count, "root": root}:
                raise Broken("paragraphs", "they do not lead to the root that was recorded")
            report.count("paragraph roots")
        else:
            report.not_checked.append(f"{name}: the root of its paragraphs; the secret is erased")
    if fields["length" if name.startswith("texts/") else "size"] not in (length, ""):
        raise Broken("altered", "it is not as long as the entry says")
    report.count(name.split("/", 1)[0])


def paragraphs(text: str, *, secret: bytes) -> tuple[int, str]:
    """Return how many paragraphs a text has and the root over them, each with its salt."""
    tree = Tree()
    for paragraph in re.findall(r"[^\n]*\n|[^\n]+", text):
        salt = hmac.new(secret, tree.size.to_bytes(8, "big"), "sha256").digest()
        tree.append(sha(b"\0" + salt + paragraph.encode("utf-8")))
    return tree.size, tree.root().hex()


def check_quotes(bundle: Bundle, *, claims: Fields, report: Report) -> None:
    """Check that each claim's quotes stand in its text, to the character."""
    text_of = lru_cache(maxsize=1)(lambda name: bundle.read(name).decode("utf-8", "replace"))
    for claim_id, claim in sorted(claims.items(), key=lambda item: str(item[1]["quotes"])):
        for quote in claim["quotes"]:
            name = object_name("texts", digest=quote["text_digest"])
            start, end = quote["start"], quote["end"]
            if name not in bundle.places:
                report.not_checked.append(f"claim {claim_id}: a quote from {name}, not in here")
            elif 0 <= start < end and text_of(name)[start:end] == quote["exact"]:
                report.count("quotes")
            else:
                detail = f"{name} has other words from {start} to {end}"
                report.problem(f"claim {claim_id}", kind="anchor", detail=detail)


# Numbers: the rule range_of_unrepeated_counts/1, and who is shown to know

RULE = "range_of_unrepeated_counts/1"
QUESTIONS = ("displaced", "ill_treated", "killed", "missing", "taken", "wounded")
REPEATING = ("repeats", "translates", "strengthens", "weakens")


def number(state: State, *, incident_id: str, question: str) -> Fields | None:
    """Return an incident's number for a question, or None where no claim gives one."""
    claims, edges, knower_of = state.of["claim"], state.of["edge"], state.of["knower_of"]
    counts = {
        claim_id: answers(claims[claim_id], question=question)
        for claim_id, joined in sorted(state.of["incident_of"].items())
        if joined == incident_id and claim_id in claims and state.status(claim_id) == "accepted"
    }
    said_in = {claim_id: claims[claim_id]["document"] for claim_id in counts if counts[claim_id]}
    answering = set(said_in.values())
    members = [
        claim_id
        for claim_id, document in said_in.items()
        if not is_replaced(document, answering=answering, edges=edges)
        and not repeated_by(document, edges=edges) & answering
    ]
    given = [count for claim_id in members for count in counts[claim_id]]
    lows = [count["min"] for count in given if count["min"] is not None]
    highs = [count["max"] for count in given if count["max"] is not None]
    knowers = {knower_of[claim_id] for claim_id in members if knower_of.get(claim_id)}
    voices = {state.voice(claims[each]) for each in members if not knower_of.get(each)}
    shown, groups = independent(knowers, pairs=state.of["dependence"])
    found = {
        **{"incident_id": incident_id, "label": state.of["incident"][incident_id]},
        **{"question": question, "rule": RULE, "members": members},
        **{"min": min(lows, default=None), "max": max(highs, default=None)},
        **{"shown_independent": shown, "at_most": groups + len(voices)},
    }
    return found if members else None


def answers(claim: Fields, *, question: str) -> list[Fields]:
    """Return the counts by which a claim answers a question about one event."""
    denied = claim["speakers"][-1]["stance"] in ("denies", "declines", "retracts")
    if denied or claim["modality"] not in ("actual", "presupposed"):
        return []
    return [
        count
        for count in claim["counts"]
        if (count["of"], count["scope"]) == (question, "event")
        and (count["min"], count["max"]) != (None, None)
    ]


def is_replaced(document: str, *, answering: set[str], edges: dict[Any, str]) -> bool:
    """Tell whether another document retracts this one, or corrects it and answers itself."""
    return any(
        of == document != other
        and (kind == "retracts" or (kind == "corrects" and other in answering))
        for other, of, kind in edges
    )


def repeated_by(document: str, *, edges: dict[Any, str]) -> set[str]:
    """Return the other documents that this one repeats, directly or not."""
    reached, waiting = {document}, [document]
    while waiting:
        at = waiting.pop()
        further = {of for other, of, kind in edges if other == at and kind in REPEATING} - reached
        reached |= further
        waiting += further
    return reached - {document}


def independent(knowers: set[str], *, pairs: dict[Any, str]) -> tuple[int, int]:
    """Return the size of the largest set of groups shown independent, and how many there are."""
    group = {
        knower: knower for knower in {*knowers, *(knower for pair in pairs for knower in pair)}
    }
    for left, right in (pair for pair, verdict in pairs.items() if verdict == "dependent"):
        old, new = max(group[left], group[right]), min(group[left], group[right])
        group = {knower: new if of == old else of for knower, of in group.items()}
    doubtful = {
        frozenset((group[left], group[right]))
        for (left, right), verdict in pairs.items()
        if verdict == "not_known"
    }
    groups = sorted({group[knower] for knower in knowers})
    if len(groups) <= 20:
        return largest(groups, doubtful=doubtful), len(groups)
    chosen: list[str] = []
    for name in groups:  # too many to try all: this can only understate
        if not any(frozenset((name, other)) in doubtful for other in chosen):
            chosen.append(name)
    return len(chosen), len(groups)


def largest(groups: list[str], *, doubtful: set[frozenset[str]]) -> int:
    """Return the size of the largest set without a doubtful pair, trying each in and out."""
    if not groups:
        return 0
    first, rest = groups[0], groups[1:]
    clear = [other for other in rest if frozenset((first, other)) not in doubtful]
    found = 1 + largest(clear, doubtful=doubtful)
    return found if clear == rest else max(found, largest(rest, doubtful=doubtful))


def check_numbers(stated: Fields, *, state: State, report: Report) -> None:
    """Compute every number again and compare."""
    given = {f"{each['incident_id']}/{each['question']}": each for each in stated["numbers"]}
    found = {}
    for incident_id in state.of["incident"]:
        for question in QUESTIONS:
            value = number(state, incident_id=incident_id, question=question)
            found.update({f"{incident_id}/{question}": value} if value else {})
    for name in sorted({*found, *given}):
        if found.get(name) == given.get(name):
            report.count("numbers")
        else:
            detail = f"stated is {given.get(name)}, the entries give {found.get(name)}"
            report.problem(f"number {name}", kind="number", detail=detail)
    if stated != {"rule": RULE, "numbers": [given[name] for name in sorted(given)]}:
        report.problem("numbers.json", kind="number", detail="it has another form or order")


# The whole check, and what is printed


def verify(path: Path, *, pin: str | Note | None = None) -> Report:
    """Check a bundle against itself and, where one is given, against the pin."""
    report = Report()
    try:
        with path.open("rb") as file:
            check(Bundle(file), pin=pin, report=report)
    except Broken as problem:
        report.problem("bundle", kind=problem.args[0], detail=problem.args[1])
    except (*MALFORMED, OSError, MemoryError, RecursionError) as problem:
        report.problem("bundle", kind="form", detail=f"the check broke off: {problem!r:.99}")
    if pin is None:
        report.notes.append("signer not known to you: give --pin with a key that you trust")
    return report


def check(bundle: Bundle, *, pin: str | Note | None, report: Report) -> None:
    """Check one part after the other."""
    listed = report.attempt("bundle.json", step=lambda: parse(bundle.read("bundle.json")))
    files = None if listed is None else dict(listed["files"])
    for name in sorted({*bundle.places, *NAMES, *(files or ())}):
        step = partial(check_member, bundle, name=name, files=files, report=report)
        report.attempt(name, step=step)
    own = {"verify.py": sha(Path(__file__).read_bytes()).hex(), "VERIFY.md": GUIDE}
    for name, digest in own.items():
        if (files or own).get(name) != digest:
            report.not_checked.append(f"{name}: it is not the one that belongs to this verifier")
    note = report.attempt("checkpoint", step=lambda: Note(bundle.read("checkpoint")))
    lines = bundle.read("entries.jsonl").split(b"\n")
    entries = [Entry(position) for position in range(len(lines) - 1)]
    for entry in entries:
        step = partial(entry.read, lines[entry.position])
        report.attempt(entry.item, step=step, entry=entry)
    case = note.case if note else entries[0].header.get("case") if entries else ""
    stated = {"format": 1, "case": case, "size": len(entries), "files": files}
    if (listed is not None and listed != stated) or lines[-1]:
        detail = "format, case or number of entries are not those of this bundle"
        report.problem("bundle.json", kind="altered", detail=detail)
    check_log(entries, note=note, pin=pin, report=report)
    check_erasures(entries, report=report)
    state = State(entries, report=report)
    check_objects(bundle, entries=entries, report=report)
    check_quotes(bundle, claims=state.of["claim"], report=report)
    numbers = report.attempt("numbers.json", step=lambda: parse(bundle.read("numbers.json")))
    if numbers is not None:
        step = partial(check_numbers, numbers, state=state, report=report)
        report.attempt("numbers.json", step=step)


def read_pin(text: str) -> str | Note:
    """Return the key, or the checkpoint in the file, that is to vouch for the bundle."""
    if HEX64.fullmatch(text):
        return text
    try:
        return Note(Path(text).read_bytes())
    except (Broken, OSError, ValueError) as problem:
        raise argparse.ArgumentTypeError(f"neither a key nor a checkpoint: {problem}") from problem


def conclusion(report: Report, *, pin: str | Note | None) -> tuple[int, str]:
    """Return the exit code and the last line."""
    if report.problems:
        return 5, f"BROKEN: {len(report.problems)} problems. Do not rely on this bundle."
    if report.not_checked:
        return 3, "Consistent as far as it was checked; what was not checked stands above."
    if pin is None:
        return 0, "consistent; signer not known to you"
    return 0, "All was checked, and the pinned key or checkpoint vouches for it."


def main() -> int:
    """Check the bundle that is named, print what was found, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--pin", type=read_pin, help="a public key, or a file with a checkpoint")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if not options.bundle.is_file():
        parser.error(f"{options.bundle} is not a file")
    report = verify(options.bundle, pin=options.pin)
    code, last = conclusion(report, pin=options.pin)
    if options.json:
        sys.stdout.write(json.dumps({**vars(report), "exit_code": code, "conclusion": last}) + "\n")
        return code
    lines = [f"checked      {report.checked[what]} {what}" for what in sorted(report.checked)]
    for each in report.problems:
        lines.append(
            "PROBLEM      {item}: {kind}: {detail} (since {since}, by {who})".format(**each)
        )
    lines += [f"NOT CHECKED  {line}" for line in report.not_checked]
    lines += [f"note         {line}" for line in report.notes]
    sys.stdout.write("\n".join([*lines, last, ""]))
    return code


if __name__ == "__main__":
    sys.exit(main())
