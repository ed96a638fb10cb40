"""The vectors on the format page are those that the product makes."""

import importlib.util
from pathlib import Path

from affiant.log.keys import signature_holds

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks" / "make_vectors.py"


def load():
    """Import the script that makes the vectors."""
    spec = importlib.util.spec_from_file_location("make_vectors", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_vectors_are_current():
    script = load()
    assert script.vectors() == script.TARGET.read_bytes()


def test_signatures_hold_where_the_vectors_say_so():
    for case in load().ed25519():
        message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
        held = signature_holds(message, signature=signature, public=case["key"])
        assert held == case["holds"]
