"""The stand-alone verifier's own Ed25519: what holds, and what a strict reader refuses."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.log.keys import key_from_seed, signature_holds

ROOT = Path(__file__).resolve().parents[2]
VECTORS = json.loads((ROOT / "docs" / "reference" / "vectors.json").read_text(encoding="utf-8"))
ORDER = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19


def load_verifier():
    """Import the stand-alone verifier."""
    path = ROOT / "src" / "affiant" / "publish" / "standalone" / "verify.py"
    spec = importlib.util.spec_from_file_location("standalone_for_signatures", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


alone = load_verifier()


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_every_signature_of_the_product_holds(seed, message):
    key = key_from_seed(seed)
    assert alone.signed(message, signature=key.sign(message), key=key.public)


@given(seed=st.binary(min_size=32, max_size=32), at=st.integers(0, 64 * 8 - 1))
def test_a_changed_bit_of_a_signature_is_refused_by_both(seed, at):
    key = key_from_seed(seed)
    number = int.from_bytes(key.sign(b"words"), "little") ^ (1 << at)
    changed = number.to_bytes(64, "little")
    assert not alone.signed(b"words", signature=changed, key=key.public)
    assert not signature_holds(b"words", signature=changed, public=key.public)


@pytest.mark.parametrize("case", VECTORS["ed25519"], ids=range(len(VECTORS["ed25519"])))
def test_the_vectors_hold_or_are_refused_as_they_say(case):
    message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
    assert alone.signed(message, signature=signature, key=case["key"]) == case["holds"]


def test_a_number_above_the_order_is_refused():
    key = key_from_seed(bytes(32))
    signature = key.sign(b"words")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    changed = signature[:32] + larger.to_bytes(32, "little")
    assert not alone.signed(b"words", signature=changed, key=key.public)


@pytest.mark.parametrize("number", [P, P + 1, P + 18, 2**255 - 1, 2**255 + 1, 2])
def test_bytes_that_stand_for_no_point_are_no_key(number):
    data = number.to_bytes(32, "little")
    assert alone.point(data) is None
    assert not alone.signed(b"", signature=bytes(64), key=data.hex())


@pytest.mark.parametrize("size", [0, 32, 63, 65, 128])
def test_a_signature_of_another_length_is_refused(size):
    key = key_from_seed(bytes(32))
    signature = (key.sign(b"") * 2)[:size]
    assert not alone.signed(b"", signature=signature, key=key.public)
