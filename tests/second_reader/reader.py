"""A second reader of a case, written from docs/reference/file-format.md, section by section.

It shares no code with the product, on purpose: only Python's own modules, and
``cryptography`` for Ed25519. Where it finds something that the page forbids, it raises.
"""

import base64
import hashlib
import hmac
import itertools
import json
import sqlite3
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Forbidden(Exception):
    """The page does not allow this."""


def demand(condition: object, sentence: str) -> None:
    if not condition:
        raise Forbidden(sentence)


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


# 1. The folder


def rows_of(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the rows of `entry`, in order, and the row of `log`."""
    connection = sqlite3.connect((folder / "case.db").resolve().as_uri() + "?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        demand(connection.execute("pragma user_version").fetchone()[0] == 7, "schema version")
        entries = [dict(row) for row in connection.execute("select * from entry order by position")]
        [log] = [dict(row) for row in connection.execute("select * from log")]
    finally:
        connection.close()
    positions = [row["position"] for row in entries]
    demand(positions == list(range(len(entries))), "positions without gaps")
    return entries, log


def kept(folder: Path, digest: str, *, kind: str) -> bytes:
    """Return a kept file's bytes."""
    hexed = digest.split(":")[1]
    path = folder / kind / hexed[:2] / hexed[2:]
    demand(not path.is_symlink() and path.is_file(), f"{digest} is an ordinary file")
    data = path.read_bytes()
    demand(sha(data).hex() == hexed, f"{digest} is the digest of its bytes")
    return data


# 2. Canonical JSON


def canonical(value: Any) -> bytes:
    return _spell(value).encode("utf-8")


def _spell(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        demand(abs(value) <= 2**53 - 1, "a number that all readers agree on")
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(map(_escape, value)) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(_spell, value)) + "]"
    demand(isinstance(value, dict), "no other values")
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{_spell(name)}:{_spell(value[name])}" for name in names) + "}"


SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(character: str) -> str:
    if character in SHORT:
        return SHORT[character]
    return f"\\u{ord(character):04x}" if character < " " else character


def parsed(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"))
        exact = isinstance(value, dict) and canonical(value) == data
    except (ValueError, RecursionError) as problem:
        raise Forbidden("not JSON") from problem
    demand(exact, "canonical JSON")
    return value


# 3. Header, body, commitment


def salts_under(salt: bytes, fields: Any) -> dict[str, bytes]:
    return {name: hmac.digest(salt, name.encode("utf-8"), "sha256") for name in fields}


def digests_under(body: dict[str, Any], salts: dict[str, bytes]) -> dict[str, str]:
    return {name: sha(salts[name] + canonical(body[name])).hex() for name in body}


def commitment_over(digests: dict[str, str]) -> str:
    return sha(canonical(digests)).hex()


TEXTS = ("text.read/1", "text.transcribed/1")
HEADER = {"v", "case", "after", "at", "kind", "actor", "commitment"}


# 4. Signature, and whose key may sign


def holds(message: bytes, *, signature: bytes, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_signers(entries: list["Act"]) -> None:
    admitted: set[str] = set()
    ended: set[str] = set()
    for entry in entries:
        if entry.position == 0:
            demand(entry.kind == "case.opened/1", "entry 0 opens the case")
        elif entry.position == 1:
            own = entry.actor == entries[0].actor == (entry.body or {}).get("key")
            demand(entry.kind == "key.admitted/1" and own, "entry 1 admits the opener")
        else:
            demand(entry.actor in admitted - ended, f"entry {entry.position} is by such a key")
        if entry.kind == "key.admitted/1" and entry.body:
            admitted.add(entry.body["key"])
        if entry.kind == "key.revoked/1":
            ended.add(entry.body["key"])
            doubt = entry.body["in_doubt_since"]
            demand(doubt is None or 0 <= doubt <= entry.position, "a place in the log")
        if entry.kind == "key.rotated/1":
            demand(entry.actor == entry.body["old"], "a key hands itself over")
            ended.add(entry.body["old"])
            admitted.add(entry.body["new"])


# 5. What was erased


@dataclass
class Act:
    """One entry, checked alone."""

    position: int
    kind: str
    actor: str
    commitment: str
    after: tuple[int, str]
    leaf: bytes
    body: dict[str, Any] | None
    state: str
    gone: frozenset[str] = frozenset()


def act_from(row: dict[str, Any], *, case: str) -> Act:
    header = parsed(row["header"])
    demand(set(header) == HEADER and header["v"] == 1 and header["case"] == case, "a header")
    for name in ("kind", "actor", "commitment"):
        demand(row[name] == header[name], f"the column {name} is the header's")
    signature = row["signature"]
    demand(holds(row["header"], signature=signature, key=header["actor"]), "the signature")
    body, state, gone = None, "erased", frozenset()
    if row["body"] is None:
        demand(row["salt"] is None and row["opening"] is None, "nothing is left")
    else:
        body, state = parsed(row["body"]), "whole"
        if row["opening"] is None:
            demand(len(row["salt"]) == 32, "a salt")
            digests = digests_under(body, salts_under(row["salt"], body))
        else:
            state = "partly erased"
            opening = parsed(row["opening"])
            demand(set(opening) == {"digests", "salts"} and row["salt"] is None, "an opening")
            demand(set(opening["salts"]) == set(body), "salts of what is left")
            gone = frozenset(opening["digests"])
            demand(not gone & set(body), "digests of what is gone")
            salts = {name: bytes.fromhex(text) for name, text in opening["salts"].items()}
            digests = {**opening["digests"], **digests_under(body, salts)}
        demand(commitment_over(digests) == header["commitment"], "the commitment")
    return Act(
        position=row["position"],
        kind=header["kind"],
        actor=header["actor"],
        commitment=header["commitment"],
        after=(header["after"]["size"], header["after"]["root"]),
        leaf=sha(b"\x00" + row["header"] + signature),
        body=body,
        state=state,
        gone=gone,
    )


def check_erasures(entries: list[Act]) -> None:
    newest: dict[str, int] = {}
    fields: dict[str, set[str] | None] = {}
    for entry in entries:
        if entry.kind == "entry.erased/1" and entry.body:
            named = entry.body.get("fields")
            for each in entry.body["commitments"]:
                before = fields.get(each, set())
                newest[each] = entry.position
                fields[each] = None if None in (named, before) else {*named, *before}
    for entry in entries:
        where, named = newest.get(entry.commitment, -1), fields.get(entry.commitment, set())
        if where > entry.position:
            left = set(entry.body or {})
            demand(not left if named is None else not left & named, "what was erased is gone")
        if entry.state != "whole":
            demand(where > entry.position, f"entry {entry.position} was erased")
            no_more = named is None or (entry.state != "erased" and entry.gone <= named)
            demand(no_more, f"no more of entry {entry.position} is gone than was erased")


# 6. The tree


def root_over(leaves: list[bytes]) -> bytes:
    """Return the root, by the definition of RFC 6962."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01" + root_over(leaves[:split]) + root_over(leaves[split:]))


def path_to(leaves: list[bytes], index: int) -> list[bytes]:
    """Return PATH(index, leaves) of RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*path_to(leaves[:split], index), root_over(leaves[split:])]
    return [*path_to(leaves[split:], index - split), root_over(leaves[:split])]


def proof_of(leaves: list[bytes], first: int, complete: bool = True) -> list[bytes]:
    """Return SUBPROOF(first, leaves, complete) of RFC 6962, section 2.1.2."""
    if first == len(leaves):
        return [] if complete else [root_over(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if first <= split:
        return [*proof_of(leaves[:split], first, complete), root_over(leaves[split:])]
    return [*proof_of(leaves[split:], first - split, False), root_over(leaves[:split])]


# 7. The checkpoint


def check_note(note: str, *, case: str, size: int, root: bytes) -> set[str]:
    """Return the keys that signed; demand that the note is over this state."""
    text = f"affiant/case/{case}\n{size}\n{base64.b64encode(root).decode()}\n"
    demand(note.startswith(text + "\n") and note.endswith("\n"), "the checkpoint's text")
    signers = set()
    for line in note[len(text) + 1 : -1].split("\n"):
        dash, name, seal = line.split(" ")
        key, raw = name.removeprefix("affiant/key/"), base64.b64decode(seal, validate=True)
        demand(base64.b64encode(raw).decode() == seal and dash == "\u2014", "one spelling")
        known = sha(name.encode() + b"\n\x01" + bytes.fromhex(key))[:4]
        demand(raw[:4] == known and len(raw) == 68, "the key id")
        demand(holds(text.encode(), signature=raw[4:], key=key), "the checkpoint's signature")
        signers.add(key)
    return signers


# 8. Kinds of entries: quotes, texts and paragraphs


def paragraphs_root(text: str, secret: bytes) -> tuple[int, bytes]:
    pieces = [piece for piece in text.split("\n")]
    paragraphs = [piece + "\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
    leaves = []
    for index, paragraph in enumerate(paragraphs):
        salt = hmac.digest(secret, index.to_bytes(8, "big"), "sha256")
        leaves.append(sha(b"\x00" + salt + paragraph.encode("utf-8")))
    return len(leaves), root_over(leaves)


def check_files(folder: Path, entries: list[Act]) -> None:
    for entry in entries:
        body = entry.body or {}
        if entry.kind == "original.added/1" and body:
            data = kept(folder, body["digest"], kind="originals")
            demand(body.get("size", len(data)) == len(data), "the size")
        if entry.kind in TEXTS and body:
            text = kept(folder, body["text"], kind="texts").decode("utf-8")
            count, root = paragraphs_root(text, bytes.fromhex(body["secret"]))
            demand(body["length"] == len(text), "the length in code points")
            demand(body["paragraphs"] == {"count": count, "root": root.hex()}, "the paragraphs")


def check_quotes(folder: Path, claims: dict[str, dict[str, Any]], entries: list[Act]) -> int:
    bodies = [entry.body for entry in entries if entry.kind in TEXTS and entry.body]
    homes = {(body["document"], body["text"]) for body in bodies}
    number = 0
    for claim in claims.values():
        for quote in claim["quotes"]:
            demand((claim["document"], quote["text_digest"]) in homes, "a text of its document")
            text = kept(folder, quote["text_digest"], kind="texts").decode("utf-8")
            demand(quote["exact"], "a quote is not empty")
            demand(text[quote["start"] : quote["end"]] == quote["exact"], "the exact words")
            number += 1
    return number


# 9. Replay


@dataclass
class Standing:
    """What stands after the last entry."""

    policy: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    source_of: dict[str, str] = field(default_factory=dict)
    knower_of: dict[str, str] = field(default_factory=dict)
    dependence: dict[frozenset[str], str] = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    edges: set[tuple[str, str, str]] = field(default_factory=set)
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, dict[str, str]] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    other_names: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)
    incident_of: dict[str, str] = field(default_factory=dict)
    mentions: set[tuple[str, str, str]] = field(default_factory=set)

    def status(self, claim_id: str) -> str:
        if claim_id in self.ends:
            return self.ends[claim_id]
        if claim_id in self.settled:
            return self.settled[claim_id]
        said = list(self.verdicts.get(claim_id, {}).values())
        if "unsure" in said or len(set(said)) > 1:
            return "unsure"
        needed = int(self.policy.get("reviewers_needed", "1"))
        return "suggested" if not said or len(said) < needed else said[0]

    def voice(self, claim: dict[str, Any]) -> str:
        name = claim["speakers"][-1]["name"]
        if name:
            for source_id, source in self.sources.items():
                if same(name) in {same(each) for each in [source["name"], *source["speaks_as"]]}:
                    return source_id
        return self.source_of.get(claim["document"], "document:" + claim["document"])


def same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


class LeftOver(dict):
    """A body of which a part was erased: what is gone reads as the empty text."""

    def __missing__(self, name: str) -> str:
        return ""


def taken_back(entries: list[Act]) -> set[str]:
    found: set[str] = set()
    for entry in reversed(entries):
        if entry.kind == "decision.undone/1" and entry.commitment not in found and entry.body:
            found.add(entry.body["commitment"])
    return found


UNSAID = ("claim_id", "why", "seen", "confirmed", "reason", "suggested", "suggested_because",
          "exact_words")  # fmt: skip


def _content(body: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in body.items() if name not in UNSAID}
    told["quotes"] = [
        {name: value for name, value in quote.items() if name != "region"}
        for quote in body["quotes"]
    ]
    return told


def _introduce(body: dict[str, Any], standing: Standing) -> None:
    claim_id = body["claim_id"]
    if claim_id in standing.claims or claim_id in standing.other_names:
        return
    for known, claim in standing.claims.items():
        if body.get("suggestion") and _content(claim) == _content(body):
            standing.other_names[claim_id] = known
            return
    standing.claims[claim_id] = body


def _by_first_names(body: dict[str, Any], standing: Standing) -> dict[str, Any]:
    names, changed = standing.other_names, type(body)(body)
    if isinstance(body.get("claim_id"), str):
        changed["claim_id"] = names.get(body["claim_id"], body["claim_id"])
    if isinstance(body.get("claim_ids"), list):
        changed["claim_ids"] = list(dict.fromkeys(names.get(i, i) for i in body["claim_ids"]))
    return changed


def replay(entries: list[Act]) -> Standing:
    standing, undone = Standing(), taken_back(entries)
    for entry in entries:
        if entry.body is None:
            continue
        body = entry.body if entry.state == "whole" else LeftOver(entry.body)
        verdict = entry.kind.removeprefix("claim.").removesuffix("/1")
        if verdict in ("accepted", "rejected", "unsure") and "quotes" in body:
            _introduce(body, standing)
        body = _by_first_names(body, standing)
        if entry.commitment not in undone:
            if entry.kind == "key.rotated/1":
                first = standing.persons.get(body["old"], body["old"])
                standing.persons[body["new"]] = first
            _enter_voices(entry.kind, body, standing)
            _enter_incidents(entry.kind, body, standing)
            _enter_mentions(entry.kind, body, standing)
            if verdict in ("accepted", "rejected", "unsure"):
                actor = standing.persons.get(entry.actor, entry.actor)
                standing.verdicts.setdefault(body["claim_id"], {})[actor] = verdict
            elif verdict in ("withdrawn", "superseded"):
                standing.ends[body["claim_id"]] = verdict
            elif verdict == "settled":
                standing.settled[body["claim_id"]] = body["verdict"]
    return standing


def _enter_voices(kind: str, body: dict[str, Any], standing: Standing) -> None:
    match kind:
        case "policy.set/1":
            standing.policy[body["name"]] = body["value"]
        case "source.declared/1":
            standing.sources.pop(body["source_id"], None)
            standing.sources[body["source_id"]] = body
        case "document.attributed/1":
            standing.source_of[body["document"]] = body["source_id"]
        case "knower.declared/1":
            standing.basis[body["knower_id"]] = body["basis"]
        case "knower.assigned/1":
            for claim_id in body["claim_ids"]:
                standing.knower_of.pop(claim_id, None)
                if body["knower_id"]:
                    standing.knower_of[claim_id] = body["knower_id"]
        case "dependence.declared/1":
            standing.dependence[frozenset((body["left"], body["right"]))] = body["verdict"]
        case "edge.declared/1":
            standing.edges.add((body["document"], body["kind"], body["of"]))


def _enter_mentions(kind: str, body: dict[str, Any], standing: Standing) -> None:
    for mention in body["mentions"] if kind == "person.joined/1" else ():
        claim_id = standing.other_names.get(mention["claim_id"], mention["claim_id"])
        standing.mentions.add((body["person_id"], claim_id, mention["name"]))


def _enter_incidents(kind: str, body: dict[str, Any], standing: Standing) -> None:
    match kind:
        case "incident.opened/1":
            standing.incidents[body["incident_id"]] = body["label"]
        case "incident.joined/1":
            for claim_id in body["claim_ids"]:
                standing.incident_of[claim_id] = body["incident_id"]
        case "incident.left/1":
            for claim_id in body["claim_ids"]:
                if standing.incident_of.get(claim_id) == body["incident_id"]:
                    del standing.incident_of[claim_id]


# 10. Numbers

RULE = "range_of_unrepeated_counts/1"
QUESTIONS = ("killed", "wounded", "taken", "missing", "displaced", "ill_treated")


def numbers(standing: Standing) -> list[dict[str, Any]]:
    found = []
    for incident_id, question in itertools.product(standing.incidents, QUESTIONS):
        counts = candidates(standing, incident_id, question)
        at = {claim_id: standing.claims[claim_id]["document"] for claim_id in counts}
        members = sorted(
            claim_id
            for claim_id, document in at.items()
            if not leads_to(standing, document) & (set(at.values()) - {document})
            and not is_replaced(standing, document, set(at.values()))
        )
        if members:
            used = [count for claim_id in members for count in counts[claim_id]]
            shown, most = support(standing, members)
            found.append(
                {
                    "incident_id": incident_id,
                    "label": standing.incidents[incident_id],
                    "question": question,
                    "min": min((c["min"] for c in used if c["min"] is not None), default=None),
                    "max": max((c["max"] for c in used if c["max"] is not None), default=None),
                    "rule": RULE,
                    "members": members,
                    "shown_independent": shown,
                    "at_most": most,
                }
            )
    return sorted(found, key=lambda number: (number["incident_id"], number["question"]))


def candidates(standing: Standing, incident_id: str, question: str) -> dict[str, list[Any]]:
    found = {}
    for claim_id, claim in standing.claims.items():
        told = claim["modality"] in ("actual", "presupposed")
        silent = claim["speakers"][-1]["stance"] in ("denies", "declines", "retracts")
        counts = [
            count
            for count in claim["counts"]
            if count["of"] == question
            and count["scope"] == "event"
            and not (count["min"] is None and count["max"] is None)
        ]
        joined = standing.incident_of.get(claim_id) == incident_id
        if joined and told and not silent and counts and standing.status(claim_id) == "accepted":
            found[claim_id] = counts
    return found


def tables_again(standing: Standing, family: str) -> tuple[list[str], dict[str, int], list[str]]:
    """Count who stands on which lists: names of lists, people by pattern, incidents told of.

    Of the whole case, not cut; names are compared as section 9 compares those of voices.
    """
    on: dict[str, set[str]] = {}
    told = set()
    for person_id, claim_id, name in standing.mentions:
        claim = standing.claims[claim_id]
        lists = (
            standing.status(claim_id) == "accepted"
            and claim["family"] == family
            and claim["modality"] in ("actual", "presupposed")
            and claim["speakers"][-1]["stance"] not in ("denies", "declines", "retracts")
            and any(
                party["side"] == "victim" and same(party["name"]) == same(name)
                for party in claim["involvements"]
            )
        )
        if lists and claim["document"] in standing.source_of:
            on.setdefault(person_id, set()).add(standing.source_of[claim["document"]])
            told.add(standing.incident_of.get(claim_id))
    sources = [each for each in standing.sources if any(each in held for held in on.values())]
    patterns = ["".join(str(int(each in held)) for each in sources) for held in on.values()]
    counts = {pattern: patterns.count(pattern) for pattern in sorted(set(patterns))}
    return [standing.sources[each]["name"] for each in sources], counts, sorted(told - {None})


def check_estimates(entries: list[Act]) -> int:
    """Hold each kept estimate to the entries before it; return how many there are."""
    kept, undone = 0, taken_back(entries)
    for at, entry in enumerate(entries):
        if entry.kind != "estimate.kept/1" or entry.body is None or entry.commitment in undone:
            continue
        size, root, _ = entry.body["linkage"].split("/")
        had = root_over([each.leaf for each in entries[: int(size)]]).hex()
        demand(int(size) <= at and had == root, "the state that the links were read at")
        request, strata = entry.body["request"], entry.body["strata"]
        standing = replay(entries[:at])
        if not request["by"] and not request["lists"] and not request["merge_derived"]:
            lists, counts, told = tables_again(standing, request["family"])
            [stratum] = strata
            demand((stratum["lists"], stratum["counts"]) == (lists, counts), "the table")
            demand(entry.body["incidents"] == told, "the incidents of an estimate")
        for stratum in strata:
            speaking = [
                [float(limit) for limit in line["interval95"]]
                for line in stratum["lines"]
                if not line["refused"]
                and line["interval95"]
                and line["family"] != "lower bound"
                and not line["interval_kind"].startswith("profile")
            ]
            lows, highs = [each[0] for each in speaking], [each[1] for each in speaking]
            joined = [min(lows, default=None), max(highs, default=None)]
            said = stratum["interval95"] and [float(limit) for limit in stratum["interval95"]]
            demand(said == (joined if speaking else None), "the joined interval")
            quiet = [line for line in stratum["lines"] if line["refused"]]
            demand(not any(line["estimate"] for line in quiet), "no number that was refused")
        kept += 1
    return kept


def leads_to(standing: Standing, document: str) -> set[str]:
    kinds, reached = {"repeats", "translates", "strengthens", "weakens"}, {document}
    while True:
        more = {of for at, kind, of in standing.edges if at in reached and kind in kinds}
        if more <= reached:
            return reached - {document}
        reached |= more


def is_replaced(standing: Standing, document: str, answering: set[str]) -> bool:
    others = {(at, kind) for at, kind, of in standing.edges if of == document != at}
    return any(
        kind == "retracts" or (kind == "corrects" and at in answering) for at, kind in others
    )


def support(standing: Standing, members: list[str]) -> tuple[int, int]:
    """Return shown_independent and at_most, by trying every set of groups."""
    knowers = {standing.knower_of[each] for each in members if each in standing.knower_of}
    voices = {
        standing.voice(standing.claims[each]) for each in members if each not in standing.knower_of
    }
    groups: list[set[str]] = [{knower} for knower in set().union(knowers, *standing.dependence)]
    for pair, verdict in standing.dependence.items():
        if verdict == "dependent":
            merged = set().union(*(group for group in groups if group & pair))
            groups = [group for group in groups if not group & pair] + [merged]
    used = sorted((group for group in groups if group & knowers), key=min)

    def is_shown(left: str, right: str) -> bool:
        verdict = standing.dependence.get(frozenset((left, right)))
        perceived = {standing.basis.get(left), standing.basis.get(right)}
        direct = perceived <= {"saw", "took_part", "instrument"}
        return verdict == "shown_independent" or (verdict is None and direct)

    def in_doubt(left: set[str], right: set[str]) -> bool:
        pairs = list(itertools.product(left, right))
        unknown = any(standing.dependence.get(frozenset(two)) == "not_known" for two in pairs)
        return unknown or not any(is_shown(*two) for two in pairs)

    demand(len(used) <= 20, "this reader tries every set")
    for size in range(len(used), 0, -1):
        for chosen in itertools.combinations(used, size):
            if not any(in_doubt(*two) for two in itertools.combinations(chosen, 2)):
                return size, len(used) + len(voices)
    return 0, len(used) + len(voices)


# 13. Time stamps


def check_stamps(folder: Path, entries: list[Act], *, case: str) -> int:
    """Check files and checkpoint of every stamp; the token itself is left to OpenSSL."""
    home, leaves, recorded = folder / "log" / "stamps", [entry.leaf for entry in entries], set()
    for act in entries:
        if act.kind != "stamp.obtained/1":
            continue
        body = act.body
        recorded.add(body["folder"])
        place = home / body["folder"]
        demand(place.is_dir() and not place.is_symlink(), "the folder of a stamp")
        names = {path.name for path in place.iterdir()}
        demand(names == set(body["files"]) == STAMP_FILES, "the files of a stamp, and no other")
        for name, digest in body["files"].items():
            demand(not (place / name).is_symlink(), "a file of a stamp is no link")
            demand("sha256:" + sha((place / name).read_bytes()).hex() == digest, "its bytes")
        reply = sha((place / "reply.tsr").read_bytes()).hex()
        demand(body["folder"] == f"{body['size']:012}-{reply[:16]}", "the folder's name")
        root = root_over(leaves[: body["size"]])
        demand(root.hex() == body["root"], "the stamped checkpoint is one of this log")
        note = (place / "checkpoint").read_text(encoding="utf-8")
        check_note(note, case=case, size=body["size"], root=root)
    demand({path.name for path in home.iterdir()} == recorded, "no other file beside the stamps")
    return len(recorded)


STAMP_FILES = {"checkpoint", "reply.tsr", "chain.pem", "roots.pem"}


# 12. The whole


@dataclass
class Reading:
    """What the second reader makes of a case."""

    entries: list[Act]
    root: bytes
    signers: set[str]
    standing: Standing
    numbers: list[dict[str, Any]]
    quotes: int
    stamps: int
    estimates: int


def read_case(folder: Path) -> Reading:
    """Read and check a case."""
    rows, log = rows_of(folder)
    entries = [act_from(row, case=log["case_id"]) for row in rows]
    demand(len({entry.commitment for entry in entries}) == len(entries), "commitments occur once")
    check_signers(entries)
    check_erasures(entries)
    leaves = [entry.leaf for entry in entries]
    for entry in entries:
        size, root = entry.after
        demand(root_over(leaves[:size]).hex() == root, "the state that the signer had seen")
    root = root_over(leaves)
    demand((log["size"], log["root"]) == (len(entries), root.hex()), "the log's state")
    signers = check_note(log["note"], case=log["case_id"], size=len(entries), root=root)
    file_note = (folder / "log" / "checkpoint").read_text(encoding="utf-8")
    demand(file_note == log["note"], "the checkpoint's file")
    check_files(folder, entries)
    stamps = check_stamps(folder, entries, case=log["case_id"])
    standing = replay(entries)
    quotes = check_quotes(folder, standing.claims, entries)
    found = numbers(standing), quotes, stamps, check_estimates(entries)
    return Reading(entries, root, signers, standing, *found)
