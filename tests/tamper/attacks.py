"""What somebody does to a bundle or to a case's folder who wants it to say something else.

An attack on a bundle takes its members and changes them; an attack on a case takes its
folder and edits the files and, through Python's own ``sqlite3``, the database.
"""

import base64
import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from affiant.log.canon import canonical
from affiant.log.checkpoint import read_checkpoint, sign_checkpoint
from affiant.log.entry import Entry, Signer, sign_entry
from affiant.log.keys import SigningKey, key_from_seed
from affiant.log.tree import TreeHead, frontier_of, leaf_hash
from affiant.publish.canonical_zip import members_of, write_zip

Members = dict[str, bytes]

# Taking bundles apart and putting them together


def members_in(bundle: Path) -> Members:
    """Return a bundle's members."""
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


def put_together(members: Members, *, target: Path) -> Path:
    """Write members as a canonical zip."""
    with target.open("wb") as file:
        write_zip(file, members=members_of(members))
    return target


MANIFESTS = {"manifest-sha256.txt": True, "tagmanifest-sha256.txt": False}  # True: over data/
ENTRIES, CHECKPOINT, NUMBERS = "data/entries.jsonl", "data/checkpoint", "data/numbers.json"


def listed_again(members: Members, **changes: object) -> Members:
    """Return the members with every digest, size and count in the tag files made right."""
    made = {name: data for name, data in members.items() if name not in MANIFESTS}
    stated = {**json.loads(members["bundle.json"]), **changes} if "bundle.json" in made else {}
    payload = [data for name, data in made.items() if name.startswith("data/")]
    if stated:
        made["bundle.json"] = canonical(stated)
        made["bag-info.txt"] = (
            f"Bag-Software-Agent: affiant\nExternal-Identifier: {stated['case']}\n"
            f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}\n"
        ).encode()
    for manifest, over_data in MANIFESTS.items():
        made[manifest] = b"".join(
            f"{hashlib.sha256(made[name]).hexdigest()}  {name}\n".encode()
            for name in sorted(made)
            if name.startswith("data/") == over_data and name != manifest
        )
    return made


def flipped(data: bytes, *, at: int | None = None) -> bytes:
    """Return bytes of which one bit is another."""
    place = len(data) // 2 if at is None else at
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def lines_of(members: Members) -> list[dict[str, str]]:
    """Return the lines of entries.jsonl."""
    return [json.loads(line) for line in members[ENTRIES].splitlines()]


def with_lines(members: Members, lines: list[dict[str, str]]) -> Members:
    """Return the members with other entries, every digest and the size made right."""
    data = b"".join(canonical(line) + b"\n" for line in lines)
    return listed_again({**members, ENTRIES: data}, size=len(lines))


def leaf_of(line: dict[str, str]) -> bytes:
    """Return a line's leaf hash."""
    if "leaf" in line:
        return bytes.fromhex(line["leaf"])
    return leaf_hash(line["header"].encode() + bytes.fromhex(line["signature"]))


def kind_of(line: dict[str, str]) -> str:
    """Return what a line did."""
    return json.loads(line["header"])["kind"] if "header" in line else ""


def first(lines: list[dict[str, str]], *, kind: str, form: str = "salt") -> int:
    """Return the position of the first line of a kind that shows ``form``."""
    return next(at for at, line in enumerate(lines) if kind_of(line) == kind and form in line)


def sealed(members: Members, *, key: SigningKey) -> Members:
    """Return the members with a checkpoint over the entries, signed by ``key``."""
    lines = lines_of(members)
    head = TreeHead(len(lines), frontier_of(map(leaf_of, lines)).root())
    case = json.loads(members["bundle.json"])["case"]
    note = sign_checkpoint(case, head=head, key=key).note.encode()
    return listed_again({**members, CHECKPOINT: note}, size=len(lines))


def an_object(members: Members, *, folder: str) -> str:
    """Return the name of the longest original or text."""
    names = [name for name in members if name.startswith(f"data/{folder}/")]
    return max(names, key=lambda name: (len(members[name]), name))


# Attacks on a bundle; each returns the members and the item that must be named


def flip_in(name: str) -> Callable[[Members], tuple[Members, str]]:
    """Change one bit of a member and no digest."""

    def attack(members: Members) -> tuple[Members, str]:
        member = an_object(members, folder=name) if name in ("originals", "texts") else name
        at = 3 if name == "bundle.json" else None  # elsewhere in it, other members are named
        return {**members, member: flipped(members[member], at=at)}, member

    return attack


def replace_object(folder: str) -> Callable[[Members], tuple[Members, str]]:
    """Replace a kept file by another and make every digest right that needs no key."""

    def attack(members: Members) -> tuple[Members, str]:
        old = an_object(members, folder=folder)
        data = members[old].replace(b"10", b"99") + b" "
        hexed = hashlib.sha256(data).hexdigest()
        changed = {name: value for name, value in members.items() if name != old}
        changed[f"data/{folder}/{hexed[:2]}/{hexed[2:]}"] = data
        return listed_again(changed), old

    return attack


def replace_object_in_place(members: Members) -> tuple[Members, str]:
    """Replace an original under its old name and list its new digest."""
    name = an_object(members, folder="originals")
    return listed_again({**members, name: members[name] + b"."}), name


def leave_out_object(members: Members) -> tuple[Members, str]:
    """Leave an original out, in bundle.json too."""
    name = an_object(members, folder="originals")
    return listed_again({key: data for key, data in members.items() if key != name}), name


def in_line(field: str, *, kind: str, form: str = "salt"):
    """Change one character of a field of an entry, every digest made right."""

    def attack(members: Members) -> tuple[Members, str]:
        lines = lines_of(members)
        at = first(lines, kind=kind, form=form)
        text = lines[at][field]
        if field in ("body", "header", "opening"):
            place = text.rindex('"', 0, len(text) - 3) - 1
            lines[at][field] = (
                text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :]
            )
        else:
            lines[at][field] = ("0" if text[0] != "0" else "1") + text[1:]
        return with_lines(members, lines), f"entry {at}"

    return attack


def drop_body(members: Members) -> tuple[Members, str]:
    """Pretend that an entry was erased."""
    lines = lines_of(members)
    at = first(lines, kind="claim.accepted/1")
    lines[at] = {name: lines[at][name] for name in ("header", "signature")}
    return with_lines(members, lines), f"entry {at}"


def delete_line(members: Members) -> tuple[Members, str]:
    """Leave an entry out."""
    lines = lines_of(members)
    del lines[first(lines, kind="claim.accepted/1")]
    return with_lines(members, lines), "checkpoint"


def repeat_line(members: Members) -> tuple[Members, str]:
    """Put an entry in a second time."""
    lines = lines_of(members)
    at = first(lines, kind="claim.accepted/1")
    lines.insert(at + 1, lines[at])
    return with_lines(members, lines), f"entry {at + 1}"


def swap_lines(members: Members) -> tuple[Members, str]:
    """Exchange two entries."""
    lines = lines_of(members)
    lines[-1], lines[-2] = lines[-2], lines[-1]
    return with_lines(members, lines), "checkpoint"


def cut_tail(members: Members) -> tuple[Members, str]:
    """Leave the last entries out."""
    return with_lines(members, lines_of(members)[:-3]), "checkpoint"


def signed_line(
    lines: list[dict[str, str]], *, kind: str, body: dict[str, object], key: SigningKey, case: str
) -> dict[str, str]:
    """Return the line of an entry that somebody signs after ``lines``."""
    head = TreeHead(len(lines), frontier_of(map(leaf_of, lines)).root())
    signer = Signer(key=key, case=case, after=head, at="2031-04-01T00:00:00Z")
    salt = hashlib.sha256(f"{len(lines)} {kind}".encode()).digest()
    entry = sign_entry(body, kind=kind, salt=salt, signer=signer)
    return {
        "header": entry.header.decode(),
        "signature": entry.signature.hex(),
        "body": entry.body.decode(),
        "salt": entry.salt.hex(),
    }


Act = tuple[str, dict[str, object], SigningKey]


def appended(members: Members, *acts: Act, seal: SigningKey) -> Members:
    """Return the members with acts (kind, body, key) at the end of the log, sealed by a key."""
    lines, case = lines_of(members), json.loads(members["bundle.json"])["case"]
    for kind, body, key in acts:
        lines.append(signed_line(lines, kind=kind, body=body, key=key, case=case))
    return sealed(with_lines(members, lines), key=seal)


def act_at_the_end(*acts: Act, seal: SigningKey, blamed: int = -1):
    """Append acts; the one at ``blamed`` among them is the one that must be named."""

    def attack(members: Members) -> tuple[Members, str]:
        changed = appended(members, *acts, seal=seal)
        size = len(lines_of(changed))
        return changed, f"entry {size - len(acts) + blamed % len(acts)}"

    return attack


def in_field(field: str, value: object, *, kind: str):
    """Give a field of a body another value, every digest made right."""

    def attack(members: Members) -> tuple[Members, str]:
        lines = lines_of(members)
        at = first(lines, kind=kind)
        body = json.loads(lines[at]["body"])
        assert body.get(field) != value
        lines[at]["body"] = canonical({**body, field: value}).decode()
        return with_lines(members, lines), f"entry {at}"

    return attack


def move_quotes(members: Members) -> tuple[Members, str]:
    """Replace a text by another and move the quotes in it to where their words stand now."""
    lines = lines_of(members)
    at = first(lines, kind="claim.accepted/1")
    body = json.loads(lines[at]["body"])
    [quote] = body["quotes"]
    old, new = name_of(quote["text_digest"]), "Nobody was there. " + quote["exact"]
    digest = "sha256:" + hashlib.sha256(new.encode()).hexdigest()
    place = {"start": 18, "end": 18 + len(quote["exact"]), "text_digest": digest}
    body["quotes"] = [{**quote, **place}]
    lines[at]["body"] = canonical(body).decode()
    changed = {name: data for name, data in members.items() if name != old}
    return with_lines({**changed, name_of(digest): new.encode()}, lines), f"entry {at}"


def name_of(digest: str) -> str:
    """Return the member that holds a text."""
    return f"data/texts/{digest[7:9]}/{digest[9:]}"


def in_header(old: str, new: str, *, kind: str):
    """Change words of an entry's header, every digest made right."""

    def attack(members: Members) -> tuple[Members, str]:
        lines = lines_of(members)
        at = first(lines, kind=kind)
        assert old in lines[at]["header"]
        lines[at]["header"] = lines[at]["header"].replace(old, new, 1)
        return with_lines(members, lines), f"entry {at}"

    return attack


def without(*names: str):
    """Leave files out and change nothing else."""
    return lambda members: (
        {name: data for name, data in members.items() if name not in names},
        names[0],
    )


def in_list_of_tags(name: str):
    """List another digest for a tag file."""

    def attack(members: Members) -> tuple[Members, str]:
        digest = hashlib.sha256(members[name]).hexdigest().encode()
        tags = "tagmanifest-sha256.txt"
        return {**members, tags: members[tags].replace(digest, b"0" * 64)}, name

    return attack


def take_more_away(members: Members) -> tuple[Members, str]:
    """Take away the rest of an entry of which a field was erased."""
    lines = lines_of(members)
    at = first(lines, kind="key.admitted/1", form="opening")
    lines[at] = {name: lines[at][name] for name in ("header", "signature")}
    return with_lines(members, lines), f"entry {at}"


def take_another_field_away(members: Members) -> tuple[Members, str]:
    """Take away a further field of an entry of which others were erased, as an erasure does."""
    lines = lines_of(members)
    at = first(lines, kind="original.handled/1", form="opening")
    body, opening = json.loads(lines[at]["body"]), json.loads(lines[at]["opening"])
    salt = bytes.fromhex(opening["salts"].pop("event"))
    gone = hashlib.sha256(salt + canonical(body.pop("event"))).hexdigest()
    opening["digests"]["event"] = gone
    lines[at].update(body=canonical(body).decode(), opening=canonical(opening).decode())
    return with_lines(members, lines), f"entry {at}"


def spell_otherwise(members: Members) -> tuple[Members, str]:
    """Write a line with a space that changes nothing it says."""
    lines = members[ENTRIES].split(b"\n")
    lines[5] = lines[5].replace(b'{"body"', b'{ "body"', 1)
    return listed_again({**members, ENTRIES: b"\n".join(lines)}), "entry 5"


def signature_in_capitals(members: Members) -> tuple[Members, str]:
    """Spell a signature with other letters for the same bytes."""
    lines = lines_of(members)
    lines[4]["signature"] = lines[4]["signature"].upper()
    return with_lines(members, lines), "entry 4"


def withhold(position: int):
    """Turn an entry into its leaf hash."""

    def attack(members: Members) -> tuple[Members, str]:
        lines = lines_of(members)
        lines[position] = {"leaf": leaf_of(lines[position]).hex()}
        return with_lines(members, lines), f"entry {position}"

    return attack


def seal_as_stranger(stranger: SigningKey):
    """Sign the checkpoint with a key of one's own."""
    return lambda members: (sealed(members, key=stranger), "checkpoint")


def change_root(members: Members) -> tuple[Members, str]:
    """State another root in the checkpoint."""
    lines = members[CHECKPOINT].split(b"\n")
    lines[2] = base64.b64encode(bytes(32))
    return listed_again({**members, CHECKPOINT: b"\n".join(lines)}), "checkpoint"


def forge_seal(members: Members) -> tuple[Members, str]:
    """Give the checkpoint a signature that was not made by its key."""
    text, _, seal = members[CHECKPOINT].rpartition(b" ")
    raw = base64.b64decode(seal)
    forged = base64.b64encode(raw[:4] + bytes(64))
    return listed_again({**members, CHECKPOINT: text + b" " + forged + b"\n"}), "checkpoint"


def change_number(members: Members) -> tuple[Members, str]:
    """State a higher number."""
    numbers = json.loads(members[NUMBERS])
    number = numbers["numbers"][0]
    number["max"] = (number["max"] or 0) + 40
    changed = {**members, NUMBERS: canonical(numbers)}
    return listed_again(changed), f"number {number['incident_id']}/{number['question']}"


def drop_number(members: Members) -> tuple[Members, str]:
    """Leave a number out."""
    numbers = json.loads(members[NUMBERS])
    number = numbers["numbers"].pop()
    changed = {**members, NUMBERS: canonical(numbers)}
    return listed_again(changed), f"number {number['incident_id']}/{number['question']}"


def add_file(name: str, *, listed: bool):
    """Put a file in that no entry names."""

    def attack(members: Members) -> tuple[Members, str]:
        changed = {**members, name: b"abc"}
        return (listed_again(changed) if listed else changed), name

    return attack


def add_object(members: Members) -> tuple[Members, str]:
    """Put in an original, under its right digest, that no entry names."""
    hexed = hashlib.sha256(b"planted").hexdigest()
    name = f"data/originals/{hexed[:2]}/{hexed[2:]}"
    return listed_again({**members, name: b"planted"}), name


def restate(**changes: object):
    """Change what bundle.json says of the whole."""
    return lambda members: (listed_again(members, **changes), "bundle.json")


def drop_member(name: str):
    """Leave a member out that every bundle has."""
    return lambda members: (
        listed_again({key: data for key, data in members.items() if key != name}),
        name,
    )


def relabel(members: Members) -> tuple[Members, str]:
    """Give a number the label of another incident."""
    numbers = json.loads(members[NUMBERS])
    number = numbers["numbers"][0]
    number["label"] = "Somewhere else"
    changed = {**members, NUMBERS: canonical(numbers)}
    return listed_again(changed), f"number {number['incident_id']}/{number['question']}"


def invent_number(members: Members) -> tuple[Members, str]:
    """State a number for a question that nothing answers."""
    numbers = json.loads(members[NUMBERS])
    number = {**numbers["numbers"][0], "question": "taken"}
    numbers["numbers"].append(number)
    changed = {**members, NUMBERS: canonical(numbers)}
    return listed_again(changed), f"number {number['incident_id']}/taken"


def other_rule(members: Members) -> tuple[Members, str]:
    """State that the numbers were counted by another rule."""
    numbers = {**json.loads(members[NUMBERS]), "rule": "largest_count/1"}
    return listed_again({**members, NUMBERS: canonical(numbers)}), NUMBERS


def in_tags(name: str, old: bytes, new: bytes):
    """Change words of a tag file, every digest over it made right."""

    def attack(members: Members) -> tuple[Members, str]:
        made = listed_again(members)
        assert old in made[name]
        made[name] = made[name].replace(old, new, 1)
        tags = "tagmanifest-sha256.txt"
        if name != tags:
            made[tags] = b"".join(
                f"{hashlib.sha256(made[tag]).hexdigest()}  {tag}\n".encode()
                for tag in sorted(made)
                if not tag.startswith("data/") and tag != tags
            )
        return made, name

    return attack


def in_manifest(change: Callable[[list[bytes]], list[bytes]]):
    """Rewrite the lines of the manifest over ``data/``, and the digest of the manifest."""

    def attack(members: Members) -> tuple[Members, str]:
        old = members["manifest-sha256.txt"]
        new = b"".join(change(old.splitlines(keepends=True)))
        return in_tags("manifest-sha256.txt", old, new)(members)

    return attack


def wrong_digest_in_manifest(members: Members) -> tuple[Members, str]:
    """List another digest for the entries."""
    digest = hashlib.sha256(members[ENTRIES]).hexdigest().encode()
    return in_tags("manifest-sha256.txt", digest, b"0" * 64)(members)[0], ENTRIES


# The files of stamps in a bundle


def stamp_files(members: Members) -> list[str]:
    """Return the members that hold stamps' files."""
    return sorted(name for name in members if name.startswith("data/stamps/"))


def stamped_note(members: Members) -> bytes:
    """Return the checkpoint that the first stamp is over."""
    return members[next(name for name in stamp_files(members) if name.endswith("/checkpoint"))]


def head_of(note: bytes) -> TreeHead:
    """Return the size and root that a checkpoint states."""
    return read_checkpoint(note.decode()).head


def strip_stamps(members: Members) -> tuple[Members, str]:
    """Leave every stamp's files out; the entries still say that they were obtained."""
    gone = stamp_files(members)
    return listed_again({name: members[name] for name in members if name not in gone}), gone[0]


def swap_stamps(members: Members) -> tuple[Members, str]:
    """Exchange the replies of two stamps."""
    one, other = (name for name in stamp_files(members) if name.endswith("reply.tsr"))
    return listed_again({**members, one: members[other], other: members[one]}), one


def in_stamp(name: str, data: Callable[[bytes], bytes]):
    """Change a file of the first stamp and list its new digest."""

    def attack(members: Members) -> tuple[Members, str]:
        member = next(each for each in stamp_files(members) if each.endswith(name))
        return listed_again({**members, member: data(members[member])}), member

    return attack


def add_to_stamp(members: Members) -> tuple[Members, str]:
    """Put a further file beside those of a stamp."""
    name = stamp_files(members)[0].rsplit("/", 1)[0] + "/reply2.tsr"
    return listed_again({**members, name: b"abc"}), name


def add_stamp(members: Members) -> tuple[Members, str]:
    """Put in a stamp that no entry names."""
    made = {
        name.replace("data/stamps/0", "data/stamps/9"): members[name]
        for name in stamp_files(members)
    }
    return listed_again({**members, **made}), next(iter(made))


def claim_stamp(*, key: SigningKey, **changes: object):
    """Record, as a member, a stamp that is not what the entry says."""

    def attack(members: Members) -> tuple[Members, str]:
        lines = lines_of(members)
        body = json.loads(lines[first(lines, kind="stamp.obtained/1")]["body"])
        folder = "000000000001-" + "ab" * 8
        files = {
            f"data/stamps/{folder}/{name}": members[f"data/stamps/{body['folder']}/{name}"]
            for name in body["files"]
        }
        body.update(folder=folder)
        body.update(changes)
        changed = {**members, **files}
        act = ("stamp.obtained/1", body, key)
        return appended(changed, act, seal=key), f"data/stamps/{folder}"

    return attack


def claim_files(files: dict[str, bytes], *, key: SigningKey, **fields: object):
    """Record, as a member, these files as a stamp."""

    def attack(members: Members) -> tuple[Members, str]:
        folder = "000000000002-" + "cd" * 8
        digests = {
            name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()
        }
        body = {"authority": "north", "address": "", "verified_by": ["openssl"], **fields}
        body.update(folder=folder, files=digests)
        kept = {f"data/stamps/{folder}/{name}": data for name, data in files.items()}
        act = ("stamp.obtained/1", body, key)
        return appended({**members, **kept}, act, seal=key), f"data/stamps/{folder}"

    return attack


# Attacks on a case's folder


@contextmanager
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed case's database as anybody can."""
    connection = sqlite3.connect(folder / "case.db")
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def kept_files(folder: Path, *, kind: str) -> list[Path]:
    """Return the kept originals or texts, largest first."""
    files = [path for path in (folder / kind).rglob("*") if path.is_file()]
    return sorted(files, key=lambda path: (-path.stat().st_size, path.name))


def overwrite(path: Path, *, data: bytes) -> None:
    """Write to a file that is read-only."""
    path.chmod(0o644)
    path.write_bytes(data)


def flip_file(folder: Path, *, kind: str) -> None:
    """Change one bit of the largest original or text."""
    path = kept_files(folder, kind=kind)[0]
    overwrite(path, data=flipped(path.read_bytes()))


def flip_path(path: Path) -> None:
    """Change one bit of a file."""
    overwrite(path, data=flipped(path.read_bytes()))


def link_path(path: Path) -> None:
    """Put a link to the same bytes in the place of a file."""
    aside = path.parents[3] / "aside"
    aside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(aside)


def delete_file(folder: Path, *, kind: str) -> None:
    """Remove the largest original or text."""
    kept_files(folder, kind=kind)[0].unlink()


def link_file(folder: Path, *, kind: str = "originals") -> None:
    """Put a link to the same bytes in the place of a kept file."""
    path = kept_files(folder, kind=kind)[0]
    aside = folder / "elsewhere"
    aside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(aside)


def plant_file(folder: Path) -> None:
    """Put a file among the originals under a name that is not its digest."""
    path = folder / "originals" / "ab" / ("0" * 62)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"planted")


def flip_checkpoint_file(folder: Path) -> None:
    """Change one character of the checkpoint's file."""
    path = folder / "log" / "checkpoint"
    overwrite(path, data=flipped(path.read_bytes(), at=60))


def flip_column(folder: Path, *, column: str, where: str = "body is not null") -> None:
    """Change one bit of a column of an entry."""
    with database(folder) as db:
        sql = f"select position, {column} from entry where {where} order by position desc"
        position, value = next(row for row in db.execute(sql) if row[1])
        text = isinstance(value, str)
        data = value.encode() if text else value
        changed = flipped(data, at=len(data) - 8)
        values = (changed.decode() if text else changed, position)
        db.execute(f"update entry set {column} = ? where position = ?", values)


def change_note(folder: Path) -> None:
    """Change the checkpoint in the database."""
    with database(folder) as db:
        [(note,)] = db.execute("select note from log")
        db.execute("update log set note = ?", (note.replace("affiant/case", "affiant/cafe"),))


def change_row(folder: Path, *, sql: str) -> None:
    """Change a projected row."""
    with database(folder) as db:
        assert db.execute(sql).rowcount > 0


def run_sql(folder: Path, sql: str) -> None:
    """Run one statement, whatever it changes."""
    with database(folder) as db:
        db.execute(sql)


def by_sql(sql: str) -> Callable[[Path], None]:
    """Change a row; it must be there."""
    return lambda folder: change_row(folder, sql=sql)


def link_instead(path: str) -> Callable[[Path], None]:
    """Put a link to the same thing in the place of a file or folder of the case."""

    def attack(folder: Path) -> None:
        aside = folder.parent / "aside"
        (folder / path).rename(aside)
        (folder / path).symlink_to(aside)

    return attack


def link_first(kind: str) -> Callable[[Path], None]:
    """Put a link in the place of the folder in which the largest kept file lies."""
    return lambda folder: link_instead(
        kept_files(folder, kind=kind)[0].parent.relative_to(folder).as_posix()
    )(folder)


def stamps_in(folder: Path) -> list[Path]:
    """Return the folders of the stamps of a case, oldest first."""
    return sorted(path for path in (folder / "log" / "stamps").iterdir())


def in_stamp_file(name: str, change: Callable[[Path], None]) -> Callable[[Path], None]:
    """Change a file of the first stamp of a case."""
    return lambda folder: change(stamps_in(folder)[0] / name)


def swap_replies(folder: Path) -> None:
    """Exchange the replies of two stamps of a case."""
    one, other = (path / "reply.tsr" for path in stamps_in(folder)[:2])
    first_reply, second_reply = one.read_bytes(), other.read_bytes()
    overwrite(one, data=second_reply)
    overwrite(other, data=first_reply)


def delete_entry(folder: Path, *, position: int) -> None:
    """Remove an entry and close the gap."""
    with database(folder) as db:
        db.execute("delete from entry where position = ?", (position,))
        db.execute("update entry set position = -position where position > ?", (position,))
        db.execute("update entry set position = -position - 1 where position < 0")


def swap_entries(folder: Path, *, position: int) -> None:
    """Exchange an entry with the next."""
    with database(folder) as db:
        db.execute("update entry set position = -1 where position = ?", (position,))
        db.execute("update entry set position = ? where position = ?", (position, position + 1))
        db.execute("update entry set position = ? where position = -1", (position + 1,))


def cut_entries(folder: Path, *, keep: int) -> None:
    """Cut the tail off and leave the rest as it is."""
    with database(folder) as db:
        db.execute("delete from entry where position >= ?", (keep,))


def cut_consistently(folder: Path, *, keep: int, note: str) -> None:
    """Cut the tail off and restore the log's state and checkpoint of that time."""
    with database(folder) as db:
        db.execute("delete from entry where position >= ?", (keep,))
        rows = db.execute("select header, signature from entry order by position").fetchall()
        frontier = frontier_of(leaf_hash(header + signature) for header, signature in rows)
        db.execute(
            "update log set size = ?, root = ?, peaks = ?, note = ?",
            (frontier.size, frontier.root().hex(), frontier.encode(), note),
        )
    overwrite(folder / "log" / "checkpoint", data=note.encode())


def sign_again(folder: Path, *, stranger: SigningKey) -> None:
    """Rebuild the whole case, consistently, with keys of one's own in the place of all others."""
    with database(folder) as db:
        rows = db.execute(
            "select position, header, body, salt, opening from entry order by position"
        ).fetchall()
        [(case,)] = db.execute("select case_id from log")
        signers = list(dict.fromkeys(json.loads(row[1])["actor"] for row in rows))
        keys = {old: key_from_seed(hashlib.sha256(old.encode()).digest()) for old in signers}
        keys[signers[0]] = stranger
        renamed = [(old, key.public) for old, key in keys.items()]
        leaves: list[bytes] = []
        for position, *row in rows:
            fields = json.loads(row[0])
            size = fields["after"]["size"]
            after = TreeHead(size, frontier_of(leaves[:size]).root())
            signer = Signer(key=keys[fields["actor"]], case=case, after=after, at=fields["at"])
            entry = _made_again(row, signer=signer, renamed=renamed)
            commitment = entry.read_header().commitment
            renamed.append((fields["commitment"], commitment))
            leaves.append(entry.leaf())
            db.execute(
                "update entry set actor = ?, commitment = ?, header = ?, signature = ?, "
                "body = ?, salt = ?, opening = ? where position = ?",
                (signer.key.public, commitment, entry.header, entry.signature,
                 entry.body, entry.salt, entry.opening, position),
            )  # fmt: skip
        frontier = frontier_of(leaves)
        head = TreeHead(frontier.size, frontier.root())
        note = sign_checkpoint(case, head=head, key=stranger).note
        db.execute(
            "update log set root = ?, peaks = ?, note = ?",
            (head.root.hex(), frontier.encode(), note),
        )
    overwrite(folder / "log" / "checkpoint", data=note.encode())


def _made_again(row: list, *, signer: Signer, renamed: list[tuple[str, str]]) -> Entry:
    """Return an entry that says the same, with other keys and commitments, erased as it was."""
    header, body, _, opening = row
    text = body.decode() if body else "{}"
    for old, new in renamed:
        text = text.replace(old, new)
    gone = json.loads(opening)["digests"] if opening else () if body else ("everything",)
    values = {**json.loads(text), **dict.fromkeys(gone, "made up")}
    salt = hashlib.sha256(header).digest()
    entry = sign_entry(values, kind=json.loads(header)["kind"], salt=salt, signer=signer)
    if not body:
        return replace(entry, body=None, salt=None)
    return entry.without(tuple(gone)) if gone else entry


def lines_in(folder: Path) -> list[dict[str, str]]:
    """Return the entries of a case's folder as they stand in a bundle."""
    with database(folder) as db:
        rows = db.execute(
            "select header, signature, body, salt, opening from entry order by position"
        ).fetchall()
    names = ("header", "signature", "body", "salt", "opening")
    hexed = ("signature", "salt")
    return [
        {
            name: value.hex() if name in hexed else value.decode()
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        for row in rows
    ]


def roll_back(folder: Path, *, older: Path) -> None:
    """Put an older copy of the whole folder in its place."""
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
