#!/usr/bin/env python3
"""Check a bundle of a case, with nothing but Python 3.8 or later.

    python3 verify.py BUNDLE.zip [--pin KEY] [--roots FILE] [--json]

KEY is the public key (64 hex digits) of somebody whom you trust to have opened the case or
signed its newest checkpoint, or a file that holds an earlier checkpoint of the case.
Exit: 0 all was checked, 3 a part could not be checked, 5 something is wrong, 2 wrong use.

How to read it: section 1, then check() in section 11, which takes every step in its order, then
from the top. A demand is one line, need(fact, kind="what is wrong"). Inside
"with report.about(item)" a demand that is not met becomes a problem of that item, and the check
goes on behind it. Format and rules are those of docs/reference/file-format.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import mmap
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

# 1. Demands, and the report of those that are not met
# What reading leads to where something lacks a part, has another form or is too large
HOSTILE = (AttributeError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError)


class Broken(ValueError):
    """A demand that is not met: its kind, and what is wrong."""


def need(fact, **problem):
    """Demand a fact; where it does not hold, break off with kind="what is wrong"."""
    if not fact:
        raise Broken(*problem.popitem())


class Report:
    """What was checked, what is wrong and what could not be checked."""

    def __init__(self):
        self.checked, self.problems, self.not_checked, self.notes = Counter(), [], [], []

    @contextmanager
    def about(self, item, *, entry=None):
        """Note what breaks off in here as a problem of an item, which this entry recorded."""
        try:
            yield
        except HOSTILE as lack:
            unread = ("form", f"it cannot be read: {lack!r:.99}")
            kind, detail = lack.args if isinstance(lack, Broken) else unread
            head = entry.header if entry else {}
            who = {"since": head.get("at"), "who": head.get("actor")}
            self.problems.append({"item": item, "kind": kind, **who, "detail": detail})


# 2. The zip file: stored members, sorted by name; all around them is written again and compared
def members_of(path):
    """Return the members of a canonical zip file, by name: (bytes, the CRC-32 noted for them)."""
    need(path.stat().st_size, zip="it is empty")
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    members, directory, place, before = {}, bytearray(), 0, b""
    while data[place : place + 4] == b"PK\3\4" and len(data) >= place + 30:
        crc, size, _, length = struct.unpack_from("<3IH", data, place + 14)
        start, end = place + 30 + length, place + 30 + length + size
        name = bytes(data[place + 30 : start])
        line = struct.pack("<5H3I2H", 10, 0, 0, 0, 0x21, crc, size, size, length, 0)
        exact = data[place:start] == b"PK\3\4" + line + name and name.isascii() and before < name
        need(exact, zip=f"{name!r:.99} does not stand there canonically")
        need(end < 2**32 - 1 and length < 256 and len(members) < 65534, zip="it is too large")
        directory += b"PK\1\2\24\0" + line + struct.pack("<3H2I", 0, 0, 0, 0, place) + name
        members[name.decode()] = (data[start:end], crc)
        place, before = end, name
    count, length = len(members), len(directory)
    last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, length, place, 0)
    need(data[place:] == directory + last, zip="there are bytes that belong to no member")
    return members


# 3. JSON: the one byte string that stands for a value (RFC 8785 without floats)
def canonical(value):
    """Return the canonical bytes of a value: names sorted by their UTF-16 code units."""

    def in_order(part):
        if isinstance(part, dict):
            names = sorted(part, key=lambda name: name.encode("utf-16-be"))
            return {name: in_order(part[name]) for name in names}
        return [in_order(inner) for inner in part] if isinstance(part, list) else part

    return json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode()


def parse(data):
    """Return the object that these bytes are the canonical form of."""
    most = 2**53 - 1  # a number beyond it is read as this one, so that the bytes differ
    numbers = {"parse_int": lambda digits: max(-most, min(int(digits[:17]), most))}
    numbers.update(parse_float=int, parse_constant=int)  # int() refuses what is not whole
    try:
        value = json.loads(str(data, "utf-8"), **numbers)
        exact = isinstance(value, dict) and canonical(value) == data
    except (ValueError, RecursionError):
        exact = False
    need(exact, json="it is not an object in canonical JSON")
    return value


# 4. Signatures: Ed25519 (RFC 8032), strictly: one spelling of each point, S below the order
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p, *, q):
    """Add two points of the curve, each (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


@lru_cache(maxsize=256)
def point(data):
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


GENERATOR = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(message, *, signature, key):
    """Tell whether this key (hex) made this signature over this message."""
    raw = bytes.fromhex(key)
    owner, s = point(raw), int.from_bytes(signature[32:], "little")
    if owner is None or len(signature) != 64 or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + raw + message).digest(), "little") % ORDER
    minus = (P - owner[0], owner[1], 1, P - owner[3])
    steps = ((0, 1, 1, 0), GENERATOR, minus, add(GENERATOR, q=minus))
    total = steps[0]
    for bit in range(252, -1, -1):  # total = s times the generator, minus k times the key
        total = add(add(total, q=total), q=steps[(s >> bit & 1) + 2 * (k >> bit & 1)])
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return signature[:32] == (y + (x & 1) * 2**255).to_bytes(32, "little")


# 5. The tree (RFC 6962) and the checkpoint (C2SP signed note)
HEX64 = re.compile(r"[0-9a-f]{64}")
NOTE = r"(affiant/case/([0-9a-f]{32})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:.+\n)+)"
SEAL = r"\u2014 (affiant/key/([0-9a-f]{64})) ([A-Za-z0-9+/]{91}=)"


def sha(data):
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()


def roots_over(leaves):
    """Return the roots over no leaf, over the first leaf, over the first two, and so on."""
    roots, peaks = [sha(b"")], []  # peaks: roots of the perfect subtrees, largest first
    for size, leaf in enumerate(leaves):
        node, level = leaf, size
        while level & 1:
            node, level = sha(b"\1" + peaks.pop() + node), level >> 1
        peaks.append(node)
        for peak in reversed(peaks[:-1]):
            node = sha(b"\1" + peak + node)
        roots.append(node)
    return roots


class Note:
    """A checkpoint: case, size and root, and the keys (hex) that signed it."""

    def __init__(self, data):
        note = re.fullmatch(NOTE, str(data, "utf-8", "replace"))
        need(note, checkpoint="it does not have the form of a checkpoint")
        self.case, self.size, self.keys = note[2], int(note[3]), set()
        self.root = base64.b64decode(note[4])
        need(base64.b64encode(self.root).decode() == note[4], checkpoint="its root is misspelt")
        for line in note[5].split("\n")[:-1]:
            seal = re.fullmatch(SEAL, line)
            need(seal and seal[2] not in self.keys, checkpoint="a malformed or repeated signature")
            key_id = sha(seal[1].encode() + b"\n\1" + bytes.fromhex(seal[2]))[:4]
            signature = base64.b64decode(seal[3])[4:]
            exact = base64.b64encode(key_id + signature).decode() == seal[3]
            holds = exact and signed(note[1].encode(), signature=signature, key=seal[2])
            need(holds, checkpoint="a signature does not hold")
            self.keys.add(seal[2])


# 6. Entries: a line each, with header, signature and body
HEADER = re.compile(  # this is canonical JSON too: names in order, nothing to escape
    r'\{"actor":"(?P<actor>[0-9a-f]{64})",'
    r'"after":\{"root":"(?P<root>[0-9a-f]{64})","size":(?P<size>0|[1-9][0-9]{0,15})\},'
    r'"at":"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z)",'
    r'"case":"(?P<case>[0-9a-f]{32})","commitment":"(?P<commitment>[0-9a-f]{64})",'
    r'"kind":"(?P<kind>[a-z_]+\.[a-z_]+/[1-9][0-9]*)","v":1\}'
)


class Entry:
    """A line of entries.jsonl; it has a body only where all that is shown is as it was signed."""

    def __init__(self, position):
        self.position, self.item = position, f"entry {position}"
        self.state = "broken"  # or whole, partly erased, erased, withheld
        self.leaf, self.kind, self.header, self.body = b"", "", {}, None
        self.gone, self.files = set(), []  # fields that were erased; members that it recorded

    def read(self, data):
        """Check line, header, signature and body, in this order."""
        line = parse(data)
        if set(line) == {"leaf"} and HEX64.fullmatch(line["leaf"]):
            self.leaf, self.state = bytes.fromhex(line["leaf"]), "withheld"
            return
        head, signature = line["header"].encode(), bytes.fromhex(line["signature"])
        self.leaf = sha(b"\0" + head + signature)
        form = HEADER.fullmatch(line["header"])
        need(form and int(form["size"]) < 2**53, header="it does not have the form of a header")
        self.header, self.kind = form.groupdict(), form["kind"]
        exact = signature.hex() == line["signature"]
        holds = exact and signed(head, signature=signature, key=form["actor"])
        need(holds, signature="it is not the actor's over this header")
        if set(line) == {"header", "signature"}:
            self.state = "erased"
            return
        try:
            self.read_body(line)
        except HOSTILE as lack:
            raise Broken("commitment", f"no body that leads to it: {lack!r:.99}") from lack

    def read_body(self, line):
        """Check that body, salts and the digests of what was erased lead to the commitment."""
        body, partly = parse(line["body"].encode()), "opening" in line
        if partly:
            opening = parse(line["opening"].encode())
        else:
            salt = bytes.fromhex(HEX64.fullmatch(line["salt"])[0])
            salts = {name: hmac.new(salt, name.encode(), "sha256").hexdigest() for name in body}
            opening = {"salts": salts, "digests": {}}
        salts, digests = opening["salts"], dict(opening["digests"])
        need(len(line) == 4 and len(opening) == 2, form="further fields")
        need(set(salts) == set(body) and not set(body) & set(digests), form="other fields' salts")
        self.gone = set(digests)
        for name, value in body.items():
            salt = bytes.fromhex(HEX64.fullmatch(salts[name])[0])
            digests[name] = sha(salt + canonical(value)).hex()
        found = sha(canonical(digests)).hex()
        need(found == self.header["commitment"], commitment="another body, salt or digest")
        self.state = "partly erased" if partly else "whole"
        self.body = defaultdict(str, body) if partly else body  # what is erased reads as ""


# 7. The log: order, keys, what each signer had seen, checkpoint, pin, erasures
def check_log(entries, *, note, pin, report):
    """Check entries at their places, then checkpoint and pin against them; return the roots."""
    roots, keys, seen = roots_over([entry.leaf for entry in entries]), Keys(report), set()
    for entry in entries:
        head = entry.header
        with report.about(entry.item, entry=entry):
            if head:
                size, once = int(head["size"]), head["commitment"] not in seen
                seen.add(head["commitment"])
                if bytes.fromhex(head["root"]) not in roots[size : size + 1]:
                    line = "it was signed on another copy of the case, or entries were removed"
                    report.notes.append(f"{entry.item}: {line}")
                need(note is None or head["case"] == note.case, header="it is of another case")
                need(once, header="its commitment stands in the log twice")
        with report.about(entry.item, entry=entry):
            keys.enter(entry, entries=entries)
    with report.about("checkpoint"):
        if note:
            over = (note.size, note.root) == (len(entries), roots[-1])
            need(over, checkpoint=f"it is not over these {len(entries)} entries")
            may = note.keys <= keys.admitted - keys.ended
            need(may, stranger="its signer was not admitted to the case, or not any more")
    with report.about("signer"):
        vouched = pin in (None, keys.opener, *(note.keys if note else ()))
        if isinstance(pin, Note):
            same = note is not None and note.case == pin.case
            vouched = same and pin.root in roots[pin.size : pin.size + 1]
        need(vouched, stranger="the pinned key or checkpoint does not vouch for this history")
    return roots


class Keys:
    """Whose key may sign: admitted, and not ended; a key ends once, for good."""

    def __init__(self, report):
        self.opener, self.admitted, self.ended, self.notes = None, set(), set(), report.notes

    def enter(self, entry, *, entries):
        """Demand that the signer may sign this entry, then take in what it says of keys."""
        kind, body, actor = entry.kind, entry.body or {}, entry.header.get("actor")
        shown = kind if entry.body is not None else ""
        ends = {"key.rotated/1": "old", "key.revoked/1": "key"}.get(shown)
        admits = {"key.rotated/1": "new", "key.admitted/1": "key"}.get(shown)
        may = actor is None or actor in self.admitted - self.ended
        if entry.position == 0:
            self.opener, may = actor, kind == "case.opened/1"
        elif entry.position == 1:
            may = kind == "key.admitted/1" and actor == self.opener == body.get("key")
        elif ends == "old":  # only a key itself hands over to another
            may = may and actor == body["old"]
        need(may, stranger="its signer was not admitted before, or not any more, or to do this")
        self.admitted.update([body[admits]] if admits else [])
        self.ended.update([body[ends]] if ends else [])
        since = body.get("in_doubt_since") if ends == "key" else None
        if since is not None:
            need(0 <= since <= entry.position, form="it puts entries in doubt that are none")
            signed_by = {each.position: each.header.get("actor") for each in entries}
            doubted = [at for at in range(since, entry.position) if signed_by[at] == body["key"]]
            self.notes.append(f"{entry.item} ends a key and doubts what it signed: {doubted}")


def check_erasures(entries, *, report):
    """Check that whatever is gone was erased by a later entry, and the other way round."""
    erased_by = {}  # by commitment: place of the newest erasure, and the fields (None: all)
    for entry in entries:
        with report.about(entry.item, entry=entry):
            if entry.kind == "entry.erased/1" and entry.body is not None:
                for each in entry.body["commitments"]:
                    named, before = entry.body.get("fields"), erased_by.get(each, (0, set()))[1]
                    both = None if None in (named, before) else {*named, *before}
                    erased_by[each] = (entry.position, both)
    for entry in entries:
        by, named = erased_by.get(entry.header.get("commitment"), (-1, set()))
        report.checked["entries"] += entry.state not in ("withheld", "broken")
        with report.about(entry.item, entry=entry):
            if entry.state in ("erased", "partly erased"):
                report.notes.append(f"{entry.item} ({entry.kind}) is {entry.state}")
                need(by > entry.position, erased="no later entry says that it was erased")
                less = named is None or (entry.body is not None and entry.gone <= named)
                need(less, erased=f"more of it is gone than entry {by} says")
            left = set(entry.body or ()) if by > entry.position else set()
            need(not left & (left if named is None else named), erased="what was erased is here")
    withheld = sum(entry.state == "withheld" for entry in entries)
    if withheld:
        report.not_checked.append(f"{withheld} entries are withheld: what they say is not known")


# 8. Replay: what the entries amount to; in each table the newest stands, as the last
ROWS = {  # by the kind of an entry: what its body b puts into the tables, as (table, key, value)
    "policy.set/1": lambda b: [("policy", b["name"], b["value"])],
    "text.read/1": lambda b: [(("documents of", b["text"]), b["document"], "")],
    "text.transcribed/1": lambda b: [(("documents of", b["text"]), b["document"], "")],
    "source.declared/1": lambda b: [("source", b["source_id"], [b["name"], *b["speaks_as"]])],
    "document.attributed/1": lambda b: [("source_of", b["document"], b["source_id"])],
    "knower.declared/1": lambda b: [("basis", b["knower_id"], b["basis"])],
    "knower.assigned/1": lambda b: [("knower_of", c, b["knower_id"]) for c in b["claim_ids"]],
    "dependence.declared/1": lambda b: [
        ("pair", tuple(sorted((b["left"], b["right"]))), b["verdict"])
    ],
    "edge.declared/1": lambda b: [("edge", (b["document"], b["of"], b["kind"]), "")],
    "incident.opened/1": lambda b: [("incident", b["incident_id"], b["label"])],
    "incident.joined/1": lambda b: [("incident_of", c, b["incident_id"]) for c in b["claim_ids"]],
    "claim.withdrawn/1": lambda b: [("end", b["claim_id"], "withdrawn")],
    "claim.superseded/1": lambda b: [("end", b["claim_id"], "superseded")],
    "claim.settled/1": lambda b: [("settled", b["claim_id"], b["verdict"])],
}
VERDICTS = {f"claim.{verdict}/1": verdict for verdict in ("accepted", "rejected", "unsure")}
OTHERS = """case.opened key.admitted key.rotated key.revoked stamp.obtained original.added
    original.handled part.listed text.unread claim.reported document.read_through incident.left
    person.opened person.joined judgement.made publication.decided release.made decision.undone
    entry.erased model.allowed model.forbidden model.replied passage.read_blind seed.decided
    coding.taken_in estimate.kept"""
SAID = """act family modality method involvements counts when where characterisations denies
    language origin inferred speakers document suggestion"""
KNOWN = {*ROWS, *VERDICTS, *(f"{kind}/1" for kind in OTHERS.split())}


class State:
    """The tables after the last entry; entries taken back and erased bodies are passed over."""

    def __init__(self, entries, *, report):
        self.of, undone = defaultdict(dict), set()
        for entry in reversed(entries):
            with report.about(entry.item, entry=entry):
                undoes = entry.kind == "decision.undone/1" and entry.body is not None
                if undoes and entry.header["commitment"] not in undone:
                    undone.add(entry.body["commitment"])
        for entry in entries:
            if entry.kind and entry.kind not in KNOWN:
                report.not_checked.append(f"{entry.item}: the kind {entry.kind} is not known here")
            report.notes += ["an estimate stands as signed"] * (entry.kind == "estimate.kept/1")
            with report.about(entry.item, entry=entry):
                if entry.body is not None:
                    self.enter(entry, stands=entry.header["commitment"] not in undone)

    def enter(self, entry, *, stands):
        """Put into the tables what an entry says."""
        kind, body = entry.kind, entry.body
        if kind in VERDICTS and "quotes" in body:  # the first one carries the claim,
            need(body["quotes"], form="it carries a claim without a quote")
            self.introduce(body)  # also when it is taken back
        if "claim_id" in body or "claim_ids" in body:  # two people's ids of one claim are one
            body = {name: self.named(value, name=name) for name, value in body.items()}
        person = self.of["person"]  # the keys that were rotated into one another are one person's
        if kind == "key.rotated/1" and stands:
            person[body["new"]] = person.get(body["old"], body["old"])
        if kind in VERDICTS and stands:
            by = person.get(entry.header["actor"], entry.header["actor"])
            self.of["verdicts on", body["claim_id"]][by] = VERDICTS[kind]
        if kind == "incident.left/1" and stands:
            for claim_id in body["claim_ids"]:
                if self.of["incident_of"].get(claim_id) == body["incident_id"]:
                    del self.of["incident_of"][claim_id]
        for table, key, value in ROWS[kind](body) if kind in ROWS and stands else ():
            self.of[table].pop(key, None)
            self.of[table][key] = value

    def introduce(self, body):
        """Enter a claim, or that its id is another name of the same one, decided on elsewhere."""

        def said(claim):
            quotes = [{**each, "region": None} for each in claim["quotes"]]
            return quotes, [claim.get(name) for name in SAID.split()]

        claims, new = self.of["claim"], body["claim_id"]
        if new in claims or new in self.of["same"]:
            return
        of_same = self.of["from", body.get("suggestion")] if body.get("suggestion") else {}
        first = next((each for each in of_same if said(claims[each]) == said(body)), None)
        if first is None:
            claims[new], of_same[new] = body, ""
        else:
            self.of["same"][new] = first

    def named(self, value, *, name):
        """Return a field of a body in which claims go by the names that the tables have."""
        if name in ("claim_id", "by") and isinstance(value, str):
            return self.of["same"].get(value, value)
        if name == "claim_ids" and value:
            return list(dict.fromkeys(self.of["same"].get(each, each) for each in value))
        return value

    def status(self, claim_id):
        """Return what the reviewers' latest verdicts on a claim amount to."""
        given = list(self.of["verdicts on", claim_id].values())
        if claim_id in self.of["end"]:
            return self.of["end"][claim_id]
        if claim_id in self.of["settled"]:
            return self.of["settled"][claim_id]
        if len(set(given)) > 1 or "unsure" in given:
            return "unsure"
        enough = len(given) >= int(self.of["policy"].get("reviewers_needed", "1"))
        return given[0] if given and enough else "suggested"

    def voice(self, claim):
        """Return the source that speaks in a claim, or its document where none is known."""

        def plain(name):
            return unicodedata.normalize("NFC", name).casefold().strip()

        name, document = claim["speakers"][-1]["name"], claim["document"]
        for source_id, names in self.of["source"].items() if name else ():
            if plain(name) in map(plain, names):
                return source_id
        return self.of["source_of"].get(document, f"document:{document}")


# 9. Files: both manifests, digests, and kept files as the entries name them; quotes
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NAMES = {"VERIFY.md", "bag-info.txt", "bagit.txt", "bundle.json", "verify.py", MANIFEST, TAGS}
NAMES |= {"data/checkpoint", "data/entries.jsonl", "data/numbers.json"}
OBJECT = re.compile(r"data/(?:originals|texts)/([0-9a-f]{2})/([0-9a-f]{62})")
STAMP = re.compile(r"data/stamps/[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
KEPT = dict.fromkeys(("text.read/1", "text.transcribed/1"), ("texts", "text"))
KEPT["original.added/1"] = ("originals", "digest")


def files_of(entry):
    """Return the members whose bytes an entry recorded."""
    body, kind = entry.body, entry.kind if entry.body is not None else ""
    if kind == "stamp.obtained/1":
        return [f"data/stamps/{body['folder']}/{name}" for name in dict(body["files"] or ())]
    folder, field = KEPT.get(kind, ("", ""))
    digest = body[field] if folder else ""
    return [f"data/{folder}/{digest[7:9]}/{digest[9:]}"] if digest else []


def check_files(members, *, content, entries, report):
    """Check each member's bytes, and that kept files are those that entries name."""
    named, lines = defaultdict(list), {""}
    for entry in entries:
        with report.about(entry.item, entry=entry):
            entry.files = files_of(entry)
        for name in entry.files:
            named[name].append(entry)
    for manifest in (MANIFEST, TAGS):
        listed = str(content[manifest], "utf-8", "replace").split("\n")
        lines.update(listed)
        with report.about(manifest):
            here = [name for name in members if name.startswith("data/") == (manifest == MANIFEST)]
            exact = [line[66:] for line in listed] == [*(each for each in here if each != TAGS), ""]
            need(
                exact and not listed[-1], form="it does not list the files that are here, in order"
            )
    for name in sorted({*members, *NAMES, *named}):
        kept, problems = OBJECT.fullmatch(name), len(report.problems)
        with report.about(name):
            need(name in members, missing="it is not in the bundle")
            data, crc = members[name]
            intact, digest = zlib.crc32(data) == crc, hashlib.sha256(data).hexdigest()
            need(intact, altered="its bytes do not have the checksum noted in the zip file")
            known = name in NAMES or (name in named and (kept or STAMP.fullmatch(name)))
            need(known, unlisted="a bundle has no such member, or no entry names it")
            exact = not kept or digest == kept[1] + kept[2]
            exact = exact and (f"{digest}  {name}" in lines or name == TAGS)
            need(exact, altered="its bytes do not have the digest that is noted")
            report.checked["files"] += 1
        for entry in named[name] if len(report.problems) == problems else ():
            with report.about(name, entry=entry):
                check_kept(data, name=name, fields=entry.body, report=report)


def check_kept(data, *, name, fields, report):
    """Check an original's size, a stamp's file, or a text's length and its paragraphs' root."""
    _, folder, *rest = name.split("/")
    field, length, leaves = "size", len(data), []
    if folder == "stamps":
        recorded = fields["files"][rest[1]] == f"sha256:{sha(data).hex()}"
        need(recorded, altered="its bytes do not have the digest that the entry gives")
        report.checked["files of stamps"] += 1
        return
    if folder == "texts":
        text = str(data, "utf-8", "replace")
        field, length = "length", len(text)
        if fields["secret"] and fields["paragraphs"]:
            secret = bytes.fromhex(fields["secret"])
            for at, paragraph in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text)):
                salt = hmac.new(secret, at.to_bytes(8, "big"), "sha256").digest()
                leaves.append(sha(b"\0" + salt + paragraph.encode()))
            stated = {"count": len(leaves), "root": roots_over(leaves)[-1].hex()}
            need(fields["paragraphs"] == stated, paragraphs="they do not lead to the root recorded")
            report.checked["paragraph roots"] += 1
        else:
            report.not_checked.append(f"{name}: the root of its paragraphs; the secret is erased")
    need(fields[field] in (length, ""), altered="it is not as long as the entry says")
    report.checked[folder] += 1


def check_stamps(members, *, entries, heads, roots, report):
    """Check that each stamp is over a checkpoint that this log had (heads) and has a good token."""
    broken = {problem["item"] for problem in report.problems}
    for entry in entries:
        if entry.kind != "stamp.obtained/1" or not entry.files or broken & {*entry.files}:
            continue
        body, item = entry.body, f"data/stamps/{entry.body['folder']}"
        with report.about(item, entry=entry):
            files = {name.rsplit("/", 1)[1]: bytes(members[name][0]) for name in entry.files}
            note = Note(files["checkpoint"])
            head = (note.case, note.size, note.root.hex())
            had = head in heads and head[1:] == (body["size"], body["root"])
            need(had, stamp="the checkpoint that was stamped is none of this log")
            if shutil.which("openssl"):
                files["roots.pem"] = roots or files["roots.pem"]
                check_token(files, at=body["time"])
                report.checked["stamps"] += 1
            else:
                report.not_checked.append(f"{item}: its token; openssl is not installed here")


def check_token(files, *, at):
    """Have openssl check that a token holds over a checkpoint by these roots, at its own time."""
    moment = datetime.strptime(at[:19] + "+0000", "%Y-%m-%dT%H:%M:%S%z")
    when = f"\nTime stamp: {moment:%b} {moment.day:2} {moment:%H:%M:%S}[.0-9]* {moment:%Y} GMT\n"
    over = "-data checkpoint -CAfile roots.pem -untrusted chain.pem -attime"
    openssl = partial(subprocess.run, capture_output=True, check=False)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("checkpoint", "reply.tsr", "chain.pem", "roots.pem"):
            Path(folder, name).write_bytes(files[name])
        for words in ("-reply -text", f"-verify {over} {int(moment.timestamp())}"):
            done = openssl(["openssl", "ts", *words.split(), "-in", "reply.tsr"], cwd=folder)
            need(done.returncode == 0, stamp="its token does not hold, or not by these roots")
            told = re.search(when, done.stdout.decode("utf-8", "replace"))
            need(told or words[:2] == "-v", stamp=f"its token does not say {at}")


def check_quotes(members, *, state, report):
    """Check that each claim's quotes stand, to the character, in a text of its document."""
    text_of = lru_cache(maxsize=4)(lambda name: str(members[name][0], "utf-8", "replace"))
    for claim_id, claim in state.of["claim"].items():
        with report.about(f"claim {claim_id}"):
            for quote in claim["quotes"]:
                start, end, digest = quote["start"], quote["end"], quote["text_digest"]
                name, homes = (
                    f"data/texts/{digest[7:9]}/{digest[9:]}",
                    state.of["documents of", digest],
                )
                if name not in members:
                    report.not_checked.append(f"claim {claim_id}: a quote from {name}, not in here")
                    continue
                at_home = not homes or claim["document"] in homes
                need(at_home, anchor=f"{name} is not recorded as a text of its document")
                exact = 0 <= start < end and text_of(name)[start:end] == quote["exact"]
                need(exact, anchor=f"{name} has other words from {start} to {end}")
                report.checked["quotes"] += 1


# 10. Numbers: the rule range_of_unrepeated_counts/1, and who is shown to know
RULE = "range_of_unrepeated_counts/1"
QUESTIONS = ("displaced", "ill_treated", "killed", "missing", "taken", "wounded")
REPEATING = ("repeats", "translates", "strengthens", "weakens")
PERCEIVED = {"saw", "took_part", "instrument"}


def number(state, *, incident_id, question):
    """Return an incident's number for a question, or None where no claim gives one."""
    claims, knower_of, counts = state.of["claim"], state.of["knower_of"], {}
    for claim_id, joined in sorted(state.of["incident_of"].items()):
        if joined == incident_id and claim_id in claims and state.status(claim_id) == "accepted":
            given = answers(claims[claim_id], question=question)
            counts.update({claim_id: given} if given else {})
    answering = {claims[claim_id]["document"] for claim_id in counts}
    out = {each for each in answering if is_out(each, answering=answering, edges=state.of["edge"])}
    members = [claim_id for claim_id in counts if claims[claim_id]["document"] not in out]
    given = [count for claim_id in members for count in counts[claim_id]]
    lows = [count["min"] for count in given if count["min"] is not None]
    highs = [count["max"] for count in given if count["max"] is not None]
    knowers = {knower_of[claim_id] for claim_id in members if knower_of.get(claim_id)}
    voices = {state.voice(claims[each]) for each in members if not knower_of.get(each)}
    shown, groups = independent(knowers, state=state)
    found = {"incident_id": incident_id, "label": state.of["incident"][incident_id]}
    found.update(question=question, rule=RULE, members=members)
    found.update(min=min(lows, default=None), max=max(highs, default=None))
    found.update(shown_independent=shown, at_most=groups + len(voices))
    return found if members else None


def answers(claim, *, question):
    """Return the counts by which a claim answers a question about one event."""
    denied = claim["speakers"][-1]["stance"] in ("denies", "declines", "retracts")
    if denied or claim["modality"] not in ("actual", "presupposed"):
        return []
    asked = [each for each in claim["counts"] if (each["of"], each["scope"]) == (question, "event")]
    return [each for each in asked if (each["min"], each["max"]) != (None, None)]


def is_out(document, *, answering, edges):
    """Tell whether a document repeats another that answers, or was retracted or corrected."""
    reached = [document]
    for at in reached:  # which grows meanwhile by all that the document leads to
        onward = {of for by, of, kind in edges if by == at and kind in REPEATING}
        reached += onward - {*reached}
    return bool(answering & {*reached[1:]}) or any(
        of == document != by and (kind == "retracts" or (kind == "corrects" and by in answering))
        for by, of, kind in edges
    )


def independent(knowers, *, state):
    """Return the size of the largest set of groups shown independent, and how many there are."""
    decided, basis = state.of["pair"], state.of["basis"]
    group = {each: {each} for each in {*knowers, *(each for two in decided for each in two)}}
    for left, right in decided:
        if decided[left, right] == "dependent":
            merged = group[left] | group[right]
            group.update(dict.fromkeys(merged, merged))
    groups = {min(group[knower]): group[knower] for knower in knowers}

    def in_doubt(left, *, right):
        pairs = {tuple(sorted((one, other))) for one in groups[left] for other in groups[right]}
        perceived = {two for two in pairs if {basis.get(two[0]), basis.get(two[1])} <= PERCEIVED}
        verdicts = {decided.get(two, two in perceived) for two in pairs}
        return "not_known" in verdicts or not verdicts & {"shown_independent", True}

    def largest(names):
        size = 0
        while names:
            clear = [name for name in names[1:] if not in_doubt(names[0], right=name)]
            if len(clear) < len(names[1:]) and len(groups) <= 20:
                return size + max(1 + largest(clear), largest(names[1:]))  # in, and out
            size, names = size + 1, clear  # above 20 groups: in; this can only understate
        return size

    return largest(sorted(groups)), len(groups)


def check_numbers(stated, *, state, report):
    """Compute every number again and compare."""
    given = {f"{each['incident_id']}/{each['question']}": each for each in stated["numbers"]}
    found = {}
    for incident_id in state.of["incident"]:
        for question in QUESTIONS:
            value = number(state, incident_id=incident_id, question=question)
            found.update({f"{incident_id}/{question}": value} if value else {})
    for name in sorted({*found, *given}):
        with report.about(f"number {name}"):
            detail = f"stated is {given.get(name)}, the entries give {found.get(name)}"
            need(found.get(name) == given.get(name), number=detail)
            report.checked["numbers"] += 1
    exact = stated == {"rule": RULE, "numbers": [given[name] for name in sorted(given)]}
    need(exact, number="it has another form or order")


# 11. The whole check, and what is printed
# SHA-256 of the VERIFY.md that belongs to this file
GUIDE = "2132742d447a2aa7c7135667123800e6689e1d7dd25d5d6ccf92d0c44c75af35"


def verify(path, *, pin=None, roots=None):
    """Check a bundle against itself and, where they are given, the pin and the trust roots."""
    report = Report()
    with report.about("bundle"):
        check(members_of(path), pin=pin, roots=roots, report=report)
    if pin is None:
        report.notes.append("signer not known to you: give --pin with a key that you trust")
    if roots is None and report.checked["stamps"]:
        report.notes.append("stamps hold by roots that came with them: give --roots with your own")
    return report


def check(members, *, pin, roots, report):
    """Check one part after the other."""
    content = {name: bytes(members.get(name, [b""])[0]) for name in NAMES}
    note, entries = None, []
    with report.about("checkpoint"):
        note = Note(content["data/checkpoint"])
    *lines, rest = content["data/entries.jsonl"].split(b"\n")
    for position, line in enumerate([*lines, rest] if rest else lines):
        entries.append(Entry(position))
        with report.about(f"entry {position}", entry=entries[-1]):
            entries[-1].read(line)
            need(position < len(lines), form="its line does not end")
    case = note.case if note else entries[0].header.get("case") if entries else None
    sizes = [len(members[name][0]) for name in members if name.startswith("data/")]
    info = f"External-Identifier: {case}\nPayload-Oxum: {sum(sizes)}.{len(sizes)}\n"
    must = {"bagit.txt": BAGIT, "bag-info.txt": f"Bag-Software-Agent: affiant\n{info}".encode()}
    must["bundle.json"] = canonical({"case": case, "format": 2, "size": len(entries)})
    for name, data in must.items():
        with report.about(name):
            need(content[name] == data, altered=f"of this bundle it must say {data}")
    own = {"verify.py": sha(Path(__file__).read_bytes()).hex(), "VERIFY.md": GUIDE}
    for name, digest in own.items():
        if sha(content[name]).hex() != digest:
            report.not_checked.append(f"{name}: it is not the one that belongs to this verifier")
    history = check_log(entries, note=note, pin=pin, report=report)
    check_erasures(entries, report=report)
    check_files(members, content=content, entries=entries, report=report)
    heads = {(case, size, root.hex()) for size, root in enumerate(history)}
    check_stamps(members, entries=entries, heads=heads, roots=roots, report=report)
    state = State(entries, report=report)
    check_quotes(members, state=state, report=report)
    with report.about("data/numbers.json"):
        check_numbers(parse(content["data/numbers.json"]), state=state, report=report)


def read_pin(text):
    """Return the key, or the checkpoint in the file, that is to vouch for the bundle."""
    file = Path(text)
    return text if HEX64.fullmatch(text) else Note(file.read_bytes() if file.is_file() else b"")


def conclusion(report, *, pin):
    """Return the exit code and the last line."""
    if report.problems:
        return 5, f"BROKEN: {len(report.problems)} problems. Do not rely on this bundle."
    if report.not_checked:
        return 3, "Consistent as far as it was checked; what was not checked stands above."
    if pin is None:
        return 0, "consistent; signer not known to you"
    return 0, "All was checked, and the pinned key or checkpoint vouches for it."


def main():
    """Check the bundle that is named, print what was found, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--pin", type=read_pin, help="a public key, or a file with a checkpoint")
    parser.add_argument("--roots", type=Path, help="a PEM file: authorities whose stamps you trust")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if not options.bundle.is_file():
        parser.error(f"{options.bundle} is not a file")
    roots = options.roots.read_bytes() if options.roots else None
    report = verify(options.bundle, pin=options.pin, roots=roots)
    code, last = conclusion(report, pin=options.pin)
    lines = [f"checked      {report.checked[what]} {what}" for what in sorted(report.checked)]
    shape = "PROBLEM      {item}: {kind}: {detail} (since {since}, by {who})"
    lines += [shape.format(**problem) for problem in report.problems]
    lines += [f"NOT CHECKED  {line}" for line in report.not_checked]
    lines += [f"note         {line}" for line in report.notes]
    if options.json:
        lines, last = [], json.dumps({**vars(report), "exit_code": code, "conclusion": last})
    for line in (*lines, last):  # what a hostile bundle says must not steer the terminal
        sys.stdout.write(line.encode("unicode_escape").decode() + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
