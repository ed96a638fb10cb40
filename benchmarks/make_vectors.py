"""Write docs/reference/vectors.json: one worked value for each step of the file format.

Usage: python benchmarks/make_vectors.py [--check]
"""

import json
import sys
from pathlib import Path

from affiant.log.canon import canonical
from affiant.log.checkpoint import key_id, sign_checkpoint
from affiant.log.commitment import commit, field_digests, field_salt
from affiant.log.entry import Signer, sign_entry
from affiant.log.item_proof import ExtensionProof, ItemProof
from affiant.log.keys import key_from_seed
from affiant.log.paragraphs import (
    paragraph_leaves,
    paragraph_path,
    paragraph_root,
    paragraph_salt,
    split_paragraphs,
)
from affiant.log.tree import (
    TreeHead,
    consistency_path,
    inclusion_path,
    leaf_hash,
    root_of,
)

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "vectors.json"
SEED = bytes(range(32))
SALT = bytes(range(32, 64))
CASE = "00112233445566778899aabbccddeeff"
KEY = key_from_seed(SEED)
BODY = {"name": "Ilva Ordan", "why": "قارسان \u200c\U0001f54a\n", "claim_ids": [], "by": None}


def canonical_cases() -> list[dict[str, object]]:
    """Return values with their canonical bytes."""
    values = [
        {},
        {"b": 1, "a": [True, False, None, -7, 9007199254740991]},
        {"\u20ac": "euro", "\r": "cr", "\U0001f600": "smiley", "\ufb33": "dalet", "1": "one"},
        {"text": '\u0000\u001f\b\t\n\f\r"\\/\u007f\u0085\u2028é'},
    ]
    return [{"value": value, "canonical": canonical(value).hex()} for value in values]


def refused() -> list[str]:
    """Return byte strings, hex, that are no canonical JSON object."""
    spellings = [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{ "a":1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":9007199254740992}',
        b'{"a":-0}',
        b'{"a":NaN}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1}\n',
        b"[]",
        b'{"a":"\xff"}',
    ]
    return [spelling.hex() for spelling in spellings]


def entry() -> dict[str, object]:
    """Return one entry, whole and partly erased."""
    after = TreeHead(2, root_of([leaf_hash(b"0"), leaf_hash(b"1")]))
    signer = Signer(key=KEY, case=CASE, after=after, at="2031-03-14T21:00:00Z")
    made = sign_entry(BODY, kind="claim.superseded/1", salt=SALT, signer=signer)
    part = made.without(["name", "why"])
    return {
        "body": made.body.hex(),
        "salt": SALT.hex(),
        "field_salts": {field: field_salt(SALT, field=field).hex() for field in BODY},
        "field_digests": field_digests(BODY, salt=SALT),
        "commitment": commit(BODY, salt=SALT),
        "header": made.header.hex(),
        "signature": made.signature.hex(),
        "leaf": made.leaf().hex(),
        "partly_erased": {"body": part.body.hex(), "opening": part.opening.hex()},
    }


def tree() -> dict[str, object]:
    """Return roots and proofs over RFC 6962's well-known leaves."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    inputs.append("606162636465666768696a6b6c6d6e6f")
    leaves = [leaf_hash(bytes.fromhex(text)) for text in inputs]
    inclusion = [
        {
            "size": size,
            "index": index,
            "path": [node.hex() for node in inclusion_path(leaves[:size], index=index)],
        }
        for size in range(1, 9)
        for index in range(size)
    ]
    consistency = [
        {
            "first": first,
            "second": second,
            "path": [node.hex() for node in consistency_path(leaves[:second], first=first)],
        }
        for second in range(1, 9)
        for first in range(1, second + 1)
    ]
    return {
        "leaf_inputs": inputs,
        "leaves": [leaf.hex() for leaf in leaves],
        "roots": [root_of(leaves[:size]).hex() for size in range(9)],
        "inclusion": inclusion,
        "consistency": consistency,
    }


def proofs() -> dict[str, object]:
    """Return one proof of an item, one field of it opened, and one of extension."""
    body = {"digest": "sha256:" + "ab" * 32, "name": "letter.txt", "size": 7}
    first = TreeHead(1, root_of([leaf_hash(b"0")]))
    signer = Signer(key=KEY, case=CASE, after=first, at="2031-03-14T21:00:00Z")
    made = sign_entry(body, kind="original.added/1", salt=SALT, signer=signer)
    leaves = [leaf_hash(b"0"), leaf_hash(b"1"), made.leaf(), leaf_hash(b"3"), leaf_hash(b"4")]
    later = sign_checkpoint(CASE, head=TreeHead(5, root_of(leaves)), key=KEY)
    item = ItemProof(
        entry=made.without({"name", "size"}),
        position=2,
        path=tuple(inclusion_path(leaves, index=2)),
        checkpoint=later,
    )
    earlier = sign_checkpoint(CASE, head=TreeHead(3, root_of(leaves[:3])), key=KEY)
    path = tuple(consistency_path(leaves, first=3))
    grown = ExtensionProof(earlier=earlier, later=later, path=path)
    item.check()
    grown.check()
    return {"item": item.encode().hex(), "extension": grown.encode().hex()}


def checkpoint() -> dict[str, object]:
    """Return one signed checkpoint."""
    head = TreeHead(2, root_of([leaf_hash(b"0"), leaf_hash(b"1")]))
    note = sign_checkpoint(CASE, head=head, key=KEY).note
    return {
        "case": CASE,
        "size": head.size,
        "root": head.root.hex(),
        "key_id": key_id(KEY.public).hex(),
        "note": note,
    }


def paragraphs() -> dict[str, object]:
    """Return one text with its paragraphs' tree."""
    text, secret = "First.\n\nسوم\r\nno line feed", SALT
    return {
        "text": text,
        "secret": secret.hex(),
        "paragraphs": split_paragraphs(text),
        "salts": [paragraph_salt(secret, index=index).hex() for index in range(4)],
        "leaves": [leaf.hex() for leaf in paragraph_leaves(text, secret=secret)],
        "root": paragraph_root(text, secret=secret).hex(),
        "path_of_2": [node.hex() for node in paragraph_path(text, secret=secret, index=2)],
    }


def ed25519() -> list[dict[str, object]]:
    """Return signatures that hold and ones that a strict verifier refuses.

    The first is RFC 8032's second test.
    """
    seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    known = key_from_seed(bytes.fromhex(seed))
    signature = known.sign(b"\x72")
    order = 2**252 + 27742317777372353535851937790883648493
    larger = int.from_bytes(signature[32:], "little") + order
    message = {"key": known.public, "message": "72"}
    return [
        {**message, "seed": seed, "signature": signature.hex(), "holds": True},
        {**message, "message": "73", "signature": signature.hex(), "holds": False},
        {
            **message,
            "signature": (signature[:32] + larger.to_bytes(32, "little")).hex(),
            "holds": False,
        },
        {
            "key": (2**255 - 18).to_bytes(32, "little").hex(),
            "message": "72",
            "signature": signature.hex(),
            "holds": False,
        },
        {
            "key": KEY.public,
            "seed": SEED.hex(),
            "message": "",
            "signature": KEY.sign(b"").hex(),
            "holds": True,
        },
    ]


def vectors() -> bytes:
    """Return the whole file."""
    content = {
        "about": "Test vectors for docs/reference/file-format.md; byte strings are hex.",
        "seed": SEED.hex(),
        "public_key": KEY.public,
        "canonical_json": canonical_cases(),
        "not_canonical": refused(),
        "entry": entry(),
        "tree": tree(),
        "checkpoint": checkpoint(),
        "proofs": proofs(),
        "paragraphs": paragraphs(),
        "ed25519": ed25519(),
    }
    return (json.dumps(content, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def main() -> int:
    """Write the file, or with --check only compare it."""
    if "--check" in sys.argv[1:]:
        same = TARGET.read_bytes() == vectors()
        print("the vectors are current" if same else "the vectors differ: run make_vectors.py")
        return 0 if same else 1
    TARGET.write_bytes(vectors())
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
