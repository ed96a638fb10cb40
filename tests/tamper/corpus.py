"""The tamper corpus: every attack with the verdict that was written before it was tried.

A row says what is attacked, how, and what a verifier must answer: the kind of the problem and
the item that it names (``*`` stands for what differs from case to case). ``only_with`` says
what reveals an attack that is consistent in itself: a pinned key, a checkpoint seen before, or
the reader's own trust roots. Without it the verdict is "signer not known".
"""

import random
import shutil
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from tamper import attacks as a
from tamper.attacks import CHECKPOINT, ENTRIES, NUMBERS, Members
from tamper.small_case import FIFTH, OPENER, SECOND, STRANGER, THIRD

Means = Literal["", "pin", "checkpoint", "roots"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One attack.

    Attributes:
        name: What is attacked, and how, in words.
        kind: Of the problem that must be found.
        item: What it must name; ``*`` stands for any characters.
        how: Does it.
        only_with: What alone reveals it.
    """

    name: str
    kind: str
    item: str
    how: Callable[..., Any]
    only_with: Means = ""


MANIFEST, TAGS_LIST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
POLICY = ("policy.set/1", {"name": "reviewers_needed", "value": "1"})
ADMIT_STRANGER = ("key.admitted/1", {"key": STRANGER.public, "name": "Nobody", "roles": []})
HAND_OVER = (
    "key.rotated/1",
    {"old": SECOND.public, "new": STRANGER.public, "name": "Nobody", "why": ""},
)
ADMIT_REVOKED = ("key.admitted/1", {"key": FIFTH.public, "name": "Nobody", "roles": []})
REVOKE_OPENER = ("key.revoked/1", {"key": OPENER.public, "in_doubt_since": 0, "why": ""})
REGIONS = [{"start": 0, "end": 9, "page": 2, "box": [0, 0, 1, 1], "from_ms": None, "to_ms": None}]
OTHER_SIZE, OTHER_ROOT, OTHER_TIME = {"size": 3}, {"root": "00" * 32}, "2019-01-01T00:00:00Z"


def rows(*table: tuple[str, str, str, Callable[..., Any]], only_with: Means = "") -> list[Row]:
    """Return rows of (name, kind, item, how)."""
    return [
        Row(name=name, kind=kind, item=item, how=how, only_with=only_with)
        for name, kind, item, how in table
    ]


# Attacks on a bundle by somebody without a key: members in, members and the item out

DIGESTS_LEFT = rows(
    ("a bit of an original", "altered", "data/originals/*", a.flip_in("originals")),
    ("a bit of a text", "altered", "data/texts/*", a.flip_in("texts")),
    ("a bit of the entries", "altered", ENTRIES, a.flip_in(ENTRIES)),
    ("a bit of the checkpoint", "altered", CHECKPOINT, a.flip_in(CHECKPOINT)),
    ("a bit of the numbers", "altered", NUMBERS, a.flip_in(NUMBERS)),
    ("a bit of bundle.json", "altered", "bundle.json", a.flip_in("bundle.json")),
    ("a bit of the guide", "altered", "VERIFY.md", a.flip_in("VERIFY.md")),
    ("a bit of the verifier", "altered", "verify.py", a.flip_in("verify.py")),
    ("a bit of bagit.txt", "altered", "bagit.txt", a.flip_in("bagit.txt")),
    ("a bit of bag-info.txt", "altered", "bag-info.txt", a.flip_in("bag-info.txt")),
    ("a file that is not listed", "unlisted", "notes.txt", a.add_file("notes.txt", listed=False)),
)

FILES = rows(
    (
        "an original replaced, digests too",
        "missing",
        "data/originals/*",
        a.replace_object("originals"),
    ),
    ("a text replaced, digests too", "missing", "data/texts/*", a.replace_object("texts")),
    (
        "an original replaced under its name",
        "altered",
        "data/originals/*",
        a.replace_object_in_place,
    ),
    ("an original left out", "missing", "data/originals/*", a.leave_out_object),
    ("an original planted", "unlisted", "data/originals/*", a.add_object),
    ("a file that is listed", "unlisted", "notes.txt", a.add_file("notes.txt", listed=True)),
    (
        "a file in the payload",
        "unlisted",
        "data/notes.txt",
        a.add_file("data/notes.txt", listed=True),
    ),
    (
        "a file that climbs",
        "unlisted",
        "../../etc/cron.d/x",
        a.add_file("../../etc/cron.d/x", listed=True),
    ),
    ("a file with a root", "unlisted", "/etc/cron.d/x", a.add_file("/etc/cron.d/x", listed=True)),
    ("a folder as a member", "unlisted", "data/", a.add_file("data/", listed=True)),
    (
        "a fetch.txt that would load files",
        "unlisted",
        "fetch.txt",
        a.add_file("fetch.txt", listed=True),
    ),
    (
        "an old manifest of another hash",
        "unlisted",
        "manifest-md5.txt",
        a.add_file("manifest-md5.txt", listed=True),
    ),
    ("no numbers", "missing", NUMBERS, a.drop_member(NUMBERS)),
    ("no checkpoint", "missing", CHECKPOINT, a.drop_member(CHECKPOINT)),
    ("no entries", "missing", ENTRIES, a.drop_member(ENTRIES)),
    ("no guide", "missing", "VERIFY.md", a.drop_member("VERIFY.md")),
    ("no bagit.txt", "missing", "bagit.txt", a.drop_member("bagit.txt")),
)

TAGS = rows(
    ("another case in bundle.json", "altered", "bundle.json", a.restate(case="ab" * 16)),
    ("another size in bundle.json", "altered", "bundle.json", a.restate(size=3)),
    ("another format in bundle.json", "altered", "bundle.json", a.restate(format=1)),
    (
        "another case in bag-info.txt",
        "altered",
        "bag-info.txt",
        a.in_tags("bag-info.txt", b"Identifier: ", b"Identifier: f"),
    ),
    (
        "a name added to bag-info.txt",
        "altered",
        "bag-info.txt",
        a.in_tags("bag-info.txt", b"Payload", b"Contact-Name: Nobody\nPayload"),
    ),
    (
        "another count of bytes",
        "altered",
        "bag-info.txt",
        a.in_tags("bag-info.txt", b"Oxum: ", b"Oxum: 1"),
    ),
    ("another version of the bag", "altered", "bagit.txt", a.in_tags("bagit.txt", b"1.0", b"0.97")),
    ("a line of the manifest left out", "form", MANIFEST, a.in_manifest(lambda lines: lines[1:])),
    (
        "a line of the manifest twice",
        "form",
        MANIFEST,
        a.in_manifest(lambda lines: [lines[0], *lines]),
    ),
    ("the manifest in another order", "form", MANIFEST, a.in_manifest(lambda lines: lines[::-1])),
    (
        "a manifest with a file that is not there",
        "form",
        MANIFEST,
        a.in_manifest(lambda lines: [*lines, b"0" * 64 + b"  data/z\n"]),
    ),
    (
        "the manifest with other line ends",
        "form",
        MANIFEST,
        a.in_manifest(lambda lines: [line.replace(b"\n", b"\r\n") for line in lines]),
    ),
    ("another digest in the manifest", "altered", ENTRIES, a.wrong_digest_in_manifest),
    ("the manifest emptied", "form", MANIFEST, a.in_manifest(lambda _: [])),
    ("no manifest", "missing", MANIFEST, a.without(MANIFEST)),
    ("no manifest of the tag files", "missing", TAGS_LIST, a.without(TAGS_LIST)),
    ("another digest for a tag file", "altered", "bagit.txt", a.in_list_of_tags("bagit.txt")),
)

ENTRY_LINES = rows(
    ("a body", "commitment", "entry *", a.in_line("body", kind="claim.accepted/1")),
    ("a header", "header", "entry *", a.in_line("header", kind="claim.accepted/1")),
    (
        "the time in a header",
        "signature",
        "entry *",
        a.in_header('"2031', '"2029', kind="claim.accepted/1"),
    ),
    (
        "the actor in a header",
        "signature",
        "entry *",
        a.in_header(OPENER.public, SECOND.public, kind="claim.accepted/1"),
    ),
    (
        "the kind in a header",
        "signature",
        "entry *",
        a.in_header("accepted", "rejected", kind="claim.accepted/1"),
    ),
    ("a signature", "signature", "entry *", a.in_line("signature", kind="claim.accepted/1")),
    ("a salt", "commitment", "entry *", a.in_line("salt", kind="claim.accepted/1")),
    (
        "a body of which a part was erased",
        "commitment",
        "entry 2",
        a.in_line("body", kind="key.admitted/1", form="opening"),
    ),
    (
        "the digests of what was erased",
        "commitment",
        "entry *",
        a.in_line("opening", kind="original.handled/1", form="opening"),
    ),
    ("a body dropped as if erased", "erased", "entry *", a.drop_body),
    ("more taken away than was erased", "erased", "entry 2", a.take_more_away),
    ("another field taken away than was erased", "erased", "entry *", a.take_another_field_away),
    ("an entry left out", "checkpoint", "checkpoint", a.delete_line),
    ("an entry twice", "header", "entry *", a.repeat_line),
    ("two entries exchanged", "checkpoint", "checkpoint", a.swap_lines),
    ("the tail cut off", "checkpoint", "checkpoint", a.cut_tail),
    ("a line spelt otherwise", "json", "entry 5", a.spell_otherwise),
    ("a signature in capitals", "signature", "entry 4", a.signature_in_capitals),
    ("the opening withheld", "stranger", "entry 0", a.withhold(0)),
    ("the first admission withheld", "stranger", "entry 1", a.withhold(1)),
    ("a text with its quotes moved along", "commitment", "entry *", a.move_quotes),
)

SAID = rows(
    (
        "the name of an original",
        "commitment",
        "entry *",
        a.in_field("name", "other.txt", kind="original.added/1"),
    ),
    (
        "the path that it came from",
        "commitment",
        "entry *",
        a.in_field("path", "elsewhere", kind="original.added/1"),
    ),
    (
        "who handed it over",
        "commitment",
        "entry *",
        a.in_field("obtained", {"from": "the ministry", "how": None}, kind="original.added/1"),
    ),
    ("its size", "commitment", "entry *", a.in_field("size", 1, kind="original.added/1")),
    (
        "who sent a part",
        "commitment",
        "entry *",
        a.in_field("about", {"sender": "Ona Reyl"}, kind="part.listed/1"),
    ),
    (
        "whose a part is",
        "commitment",
        "entry *",
        a.in_field("container", "sha256:" + "0" * 64, kind="part.listed/1"),
    ),
    (
        "the tool that read a text",
        "commitment",
        "entry *",
        a.in_field("tool", "by hand", kind="text.read/1"),
    ),
    (
        "the person of a transcription",
        "commitment",
        "entry *",
        a.in_field("person", "Ona Reyl", kind="text.transcribed/1"),
    ),
    (
        "the regions of a text",
        "commitment",
        "entry *",
        a.in_field("regions", REGIONS, kind="text.transcribed/1"),
    ),
    (
        "the publisher of a document",
        "commitment",
        "entry *",
        a.in_field("publisher", "The ministry", kind="document.attributed/1"),
    ),
    (
        "the basis of a knower",
        "commitment",
        "entry *",
        a.in_field("basis", "told_by", kind="knower.declared/1"),
    ),
    (
        "the kind of an edge",
        "commitment",
        "entry *",
        a.in_field("kind", "retracts", kind="edge.declared/1"),
    ),
    (
        "the counts of a claim",
        "commitment",
        "entry *",
        a.in_field("counts", [], kind="claim.accepted/1"),
    ),
    (
        "why a claim was accepted",
        "commitment",
        "entry *",
        a.in_field("why", "nobody read it", kind="claim.accepted/1"),
    ),
    ("a policy", "commitment", "entry *", a.in_field("value", "2", kind="policy.set/1")),
    (
        "the name of a key",
        "commitment",
        "entry 1",
        a.in_field("name", "Nobody", kind="key.admitted/1"),
    ),
    (
        "the label of an incident",
        "commitment",
        "entry *",
        a.in_field("label", "Elsewhere", kind="incident.opened/1"),
    ),
    (
        "the time of a stamp",
        "commitment",
        "entry *",
        a.in_field("time", OTHER_TIME, kind="stamp.obtained/1"),
    ),
    (
        "why a key was revoked",
        "commitment",
        "entry *",
        a.in_field("in_doubt_since", 3, kind="key.revoked/1"),
    ),
)

SEALS = rows(
    ("the root", "checkpoint", "checkpoint", a.change_root),
    ("the checkpoint's signature", "checkpoint", "checkpoint", a.forge_seal),
    ("the checkpoint signed by a stranger", "stranger", "checkpoint", a.seal_as_stranger(STRANGER)),
    (
        "the checkpoint signed by a key that was rotated",
        "stranger",
        "checkpoint",
        a.seal_as_stranger(THIRD),
    ),
    (
        "the checkpoint signed by a key that was revoked",
        "stranger",
        "checkpoint",
        a.seal_as_stranger(FIFTH),
    ),
)

NUMBERS_STATED = rows(
    ("a number raised", "number", "number *", a.change_number),
    ("a number left out", "number", "number *", a.drop_number),
    ("a number under another label", "number", "number *", a.relabel),
    ("a number that nothing gives", "number", "number */taken", a.invent_number),
    ("another rule of counting", "number", NUMBERS, a.other_rule),
)

STAMPS = rows(
    ("the stamps left out", "missing", "data/stamps/*", a.strip_stamps),
    ("two stamps exchanged", "altered", "data/stamps/*/reply.tsr", a.swap_stamps),
    (
        "a bit of a reply, digests too",
        "altered",
        "data/stamps/*/reply.tsr",
        a.in_stamp("reply.tsr", a.flipped),
    ),
    (
        "other trust roots beside a stamp",
        "altered",
        "data/stamps/*/roots.pem",
        a.in_stamp("roots.pem", lambda data: data + b"\n"),
    ),
    (
        "no chain beside a stamp",
        "altered",
        "data/stamps/*/chain.pem",
        a.in_stamp("chain.pem", lambda _: b""),
    ),
    (
        "another checkpoint beside a stamp",
        "altered",
        "data/stamps/*/checkpoint",
        a.in_stamp("checkpoint", lambda data: data + b"\n"),
    ),
    ("a further file beside a stamp", "unlisted", "data/stamps/*/reply2.tsr", a.add_to_stamp),
    ("a stamp that nobody recorded", "unlisted", "data/stamps/9*", a.add_stamp),
)

# Attacks by somebody who holds a key of the case, or held one

ACTS: dict[str, tuple[tuple[a.Act, ...], int]] = {
    "an entry of a stranger": (((*POLICY, STRANGER),), 0),
    "an entry by a key that was revoked": (((*POLICY, FIFTH),), 0),
    "an entry by a key that was rotated": (((*POLICY, THIRD),), 0),
    "a revoked key admitted again": (((*ADMIT_REVOKED, OPENER), (*POLICY, FIFTH)), 1),
    "a key handed over by another member": (((*HAND_OVER, OPENER),), 0),
    "an entry by a key that another handed over": (((*HAND_OVER, OPENER), (*POLICY, STRANGER)), 1),
    "a key admitted after it signed": (((*POLICY, STRANGER), (*ADMIT_STRANGER, OPENER)), 0),
    "a key that admits itself": (((*ADMIT_STRANGER, STRANGER), (*POLICY, STRANGER)), 0),
    "a revoked key that revokes the opener's": (((*REVOKE_OPENER, FIFTH),), 0),
}
"""What is signed by whom at the end of the log, sealed by the opener; and which one is named."""

KEYS = (
    *rows(
        *(
            (name, "stranger", "entry *", a.act_at_the_end(*acts, seal=OPENER, blamed=blamed))
            for name, (acts, blamed) in ACTS.items()
        )
    ),
    *rows(
        (
            "an entry of a stranger, sealed by the stranger",
            "stranger",
            "entry *",
            a.act_at_the_end((*POLICY, STRANGER), seal=STRANGER),
        ),
        (
            "a stamp that says another size",
            "stamp",
            "data/stamps/*",
            a.claim_stamp(key=SECOND, **OTHER_SIZE),
        ),
        (
            "a stamp that says another root",
            "stamp",
            "data/stamps/*",
            a.claim_stamp(key=SECOND, **OTHER_ROOT),
        ),
        (
            "a stamp that says another time",
            "stamp",
            "data/stamps/*",
            a.claim_stamp(key=SECOND, time=OTHER_TIME),
        ),
    ),
)

KEYLESS = (
    *DIGESTS_LEFT,
    *FILES,
    *TAGS,
    *ENTRY_LINES,
    *SAID,
    *SEALS,
    *NUMBERS_STATED,
    *STAMPS,
)
BUNDLE = (*KEYLESS, *KEYS)


# Attacks on the zip file itself: the bundle's bytes in, bytes out


def zipped(members: Members, **options: Any) -> bytes:
    """Write members as another program would."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", **options) as file:
        for name in sorted(members):
            file.writestr(zipfile.ZipInfo(name), members[name], options.get("compression"))
    return target.getvalue()


def with_link(members: Members) -> bytes:
    """Write an original as a symbolic link to another file."""
    target = BytesIO()
    linked = a.an_object(members, folder="originals")
    with zipfile.ZipFile(target, "w") as file:
        for name in sorted(members):
            about = zipfile.ZipInfo(name)
            about.external_attr = (0o120777 if name == linked else 0o100644) << 16
            file.writestr(about, b"/etc/passwd" if name == linked else members[name])
    return target.getvalue()


def with_name_twice(members: Members) -> bytes:
    """Write a member twice, the second time with other bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in sorted(members):
            file.writestr(zipfile.ZipInfo(name), members[name])
        file.writestr(zipfile.ZipInfo(NUMBERS), b"{}")
    return target.getvalue()


def bomb() -> bytes:
    """Write a member that unpacks to fifty million bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bundle.json", b"0" * 50_000_000)
    return target.getvalue()


def end(data: bytes, *, at: int, put: bytes) -> bytes:
    """Overwrite bytes of the end of the directory."""
    place = len(data) - 22 + at
    return data[:place] + put + data[place + len(put) :]


ZIP: dict[str, Callable[[bytes, Members], bytes]] = {
    "an empty file": lambda data, members: b"",
    "noise": lambda data, members: random.Random(1).randbytes(4000),
    "an end alone": lambda data, members: data[-22:],
    "bytes before": lambda data, members: b"#!/bin/sh\n" + data,
    "bytes after": lambda data, members: data + b"x",
    "a comment": lambda data, members: data[:-2] + b"\x01\x00x",
    "cut in the middle": lambda data, members: data[: len(data) // 2],
    "twice in one file": lambda data, members: data + data,
    "a huge count": lambda data, members: end(data, at=8, put=struct.pack("<HH", 65535, 65535)),
    "a huge directory": lambda data, members: end(data, at=12, put=struct.pack("<I", 2**32 - 2)),
    "another date": lambda data, members: data.replace(b"\0\0\x21\0", b"\0\0\x22\0", 1),
    "packed again, stored": lambda data, members: zipped(members, compression=0),
    "packed again, compressed": lambda data, members: zipped(members, compression=8),
    "a bomb": lambda data, members: bomb(),
    "a symbolic link": lambda data, members: with_link(members),
    "a name twice": lambda data, members: with_name_twice(members),
}


# Attacks on a case's folder, with Python's own sqlite3 and the file system

ENTRY_FILES = rows(
    (
        "one bit of an original",
        "altered",
        "original sha256:*",
        lambda d: a.flip_file(d, kind="originals"),
    ),
    (
        "an original gone",
        "missing",
        "original sha256:*",
        lambda d: a.delete_file(d, kind="originals"),
    ),
    ("an original as a link", "altered", "original sha256:*", a.link_file),
    ("one bit of a text", "altered", "text sha256:*", lambda d: a.flip_file(d, kind="texts")),
    ("a text gone", "missing", "text sha256:*", lambda d: a.delete_file(d, kind="texts")),
    ("a text as a link", "altered", "text sha256:*", lambda d: a.link_file(d, kind="texts")),
    ("a file nobody named", "unlisted", "originals/ab/000*", a.plant_file),
    ("one bit of the checkpoint", "altered", "log/checkpoint", a.flip_checkpoint_file),
    (
        "the checkpoint's file gone",
        "missing",
        "log/checkpoint",
        lambda d: (d / "log/checkpoint").unlink(),
    ),
    (
        "the checkpoint's file emptied",
        "altered",
        "log/checkpoint",
        lambda d: a.overwrite(d / "log/checkpoint", data=b""),
    ),
    (
        "a published page",
        "altered",
        "out/site/index.html",
        lambda d: a.overwrite(d / "out/site/index.html", data=b"x"),
    ),
    (
        "a published page gone",
        "missing",
        "out/site/index.html",
        lambda d: (d / "out/site/index.html").unlink(),
    ),
    (
        "a page that was not published",
        "unlisted",
        "out/site/x",
        lambda d: (d / "out/site/x").write_text("x"),
    ),
)

ENTRY_ROWS = rows(
    ("a body", "altered", "entry *", lambda d: a.flip_column(d, column="body")),
    ("a salt", "altered", "entry *", lambda d: a.flip_column(d, column="salt")),
    ("a header", "altered", "entry *", lambda d: a.flip_column(d, column="header")),
    ("a signature", "altered", "entry *", lambda d: a.flip_column(d, column="signature")),
    ("an actor in the index", "altered", "entry *", lambda d: a.flip_column(d, column="actor")),
    (
        "a commitment in the index",
        "altered",
        "entry *",
        lambda d: a.flip_column(d, column="commitment"),
    ),
    (
        "the first entry's body",
        "altered",
        "entry 0*",
        lambda d: a.flip_column(d, column="body", where="position = 0"),
    ),
    (
        "the first entry's header",
        "altered",
        "entry 0*",
        lambda d: a.flip_column(d, column="header", where="position = 0"),
    ),
    (
        "an entry deleted, the gap closed",
        "altered",
        "checkpoint",
        lambda d: a.delete_entry(d, position=20),
    ),
    (
        "an entry deleted, the gap left",
        "missing",
        "entry 20",
        a.by_sql("delete from entry where position = 20"),
    ),
    ("two entries exchanged", "altered", "checkpoint", lambda d: a.swap_entries(d, position=30)),
    ("the tail cut off", "altered", "checkpoint", lambda d: a.cut_entries(d, keep=60)),
    (
        "a body taken away",
        "missing",
        "entry *",
        a.by_sql("update entry set body = null, salt = null where kind = 'claim.withdrawn/1'"),
    ),
    (
        "an entry under another kind",
        "altered",
        "entry *",
        a.by_sql("update entry set kind = 'claim.accepted/1' where kind = 'claim.rejected/1'"),
    ),
    (
        "an entry twice",
        "altered",
        "checkpoint",
        a.by_sql(
            "insert into entry select (select count(*) from entry), kind, actor,"
            " iif(commitment like 'ff%', '00', 'ff') || substr(commitment, 3),"
            " header, signature, body, salt, opening"
            " from entry where position = 9"
        ),
    ),
)

LOG_ROWS = rows(
    ("the checkpoint in the database", "altered", "checkpoint", a.change_note),
    (
        "the log's root",
        "altered",
        "the log's state*",
        a.by_sql("update log set root = iif(root like '0%', '1', '0') || substr(root, 2)"),
    ),
    (
        "the log's size",
        "altered",
        "the log's state*",
        a.by_sql("update log set size = 2 * size + 1"),
    ),
    (
        "the log's peaks",
        "altered",
        "the log's state*",
        a.by_sql("update log set peaks = zeroblob(length(peaks))"),
    ),
    (
        "the case's id",
        "altered",
        "checkpoint",
        a.by_sql("update log set case_id = 'a' || substr(case_id, 2)"),
    ),
    ("the log's row gone", "altered", "the log's state*", a.by_sql("delete from log")),
    (
        "a trigger added",
        "altered",
        "case.db",
        lambda d: a.run_sql(d, "create trigger t after insert on claim begin select 1; end"),
    ),
    (
        "a view added",
        "altered",
        "case.db",
        lambda d: a.run_sql(d, "create view v as select * from claim"),
    ),
    (
        "an index added",
        "altered",
        "case.db",
        lambda d: a.run_sql(d, "create index extra on entry (kind, actor)"),
    ),
)

CASE = (*ENTRY_FILES, *ENTRY_ROWS, *LOG_ROWS)

# Run where verify checks the stamps of a case; the items are those of affiant.audit.stamps
CASE_STAMPS = rows(
    (
        "a stamp's folder gone",
        "missing",
        "log/stamps/*",
        lambda d: shutil.rmtree(a.stamps_in(d)[0]),
    ),
    (
        "a stamp's reply gone",
        "missing",
        "log/stamps/*/reply.tsr",
        a.in_stamp_file("reply.tsr", lambda path: path.unlink()),
    ),
    (
        "a bit of a stamp's reply",
        "altered",
        "log/stamps/*/reply.tsr",
        a.in_stamp_file("reply.tsr", a.flip_path),
    ),
    (
        "a bit of a stamp's checkpoint",
        "altered",
        "log/stamps/*/checkpoint",
        a.in_stamp_file("checkpoint", a.flip_path),
    ),
    (
        "a bit of a stamp's chain",
        "altered",
        "log/stamps/*/chain.pem",
        a.in_stamp_file("chain.pem", a.flip_path),
    ),
    (
        "a bit of a stamp's roots",
        "altered",
        "log/stamps/*/roots.pem",
        a.in_stamp_file("roots.pem", a.flip_path),
    ),
    ("the replies of two stamps exchanged", "altered", "log/stamps/*/reply.tsr", a.swap_replies),
    (
        "a stamp's reply as a link",
        "altered",
        "log/stamps/*/reply.tsr",
        a.in_stamp_file("reply.tsr", a.link_path),
    ),
    (
        "a further file beside a stamp",
        "unlisted",
        "log/stamps/*",
        lambda d: (a.stamps_in(d)[0] / "x").write_bytes(b"x"),
    ),
    (
        "a stamp's folder that nobody recorded",
        "unlisted",
        "log/stamps/*",
        lambda d: shutil.copytree(
            a.stamps_in(d)[0], d / "log/stamps" / ("9" * 12 + "-" + "ab" * 8)
        ),
    ),
)
