"""Both verifiers of a bundle, side by side: the product's and the stand-alone one."""

import importlib.util
import sys
from functools import lru_cache
from pathlib import Path

from affiant.audit.bundle import verify_bundle

VERIFIER = Path(__file__).resolve().parents[2] / "src/affiant/publish/standalone/verify.py"

Found = set[tuple[str, str]]
"""Item and kind of each problem."""


def load_verifier():
    """Import the stand-alone verifier as it stands in the package."""
    spec = importlib.util.spec_from_file_location("standalone_verify", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


alone = load_verifier()
# Signatures that were checked once are not checked again for every attack on the same entries:
# nothing but message, signature and key decides. How they are checked: test_signatures.py.
_signed = lru_cache(maxsize=None)(
    lambda message, signature, key: alone_signed(message, signature=signature, key=key)
)
alone_signed = alone.signed
alone.signed = lambda message, *, signature, key: _signed(bytes(message), bytes(signature), key)


def by_itself(
    path: Path, *, pin: str | None = None, roots: Path | None = None
) -> tuple[int, Found, list[str]]:
    """Return exit code, problems and what was not checked, from the stand-alone verifier."""
    read = alone.read_pin(pin) if pin else None
    report = alone.verify(path, pin=read, roots=roots.read_bytes() if roots else None)
    found = {(problem["item"], problem["kind"]) for problem in report.problems}
    return alone.conclusion(report, pin=read)[0], found, report.not_checked


def by_us(
    path: Path, *, pin: str | None = None, roots: Path | None = None
) -> tuple[int, Found, list[str]]:
    """Return the same from the product's own verifier."""
    text = Path(pin).read_text(encoding="utf-8") if pin and len(pin) != 64 else pin
    stamped = roots.read_bytes() if roots else None
    # That what an estimate says follows from the entries, the stand-alone verifier does not tell.
    report = verify_bundle(path, pin=text, roots=stamped, estimates=False)
    found = {(problem.item, problem.kind) for problem in report.problems}
    return report.exit_code, found, report.not_checked


def both(path: Path, *, pin: str | None = None, roots: Path | None = None) -> tuple[int, Found]:
    """Return what both verifiers say, after holding them to say the same."""
    code, found, left = by_itself(path, pin=pin, roots=roots)
    other_code, other_found, other_left = by_us(path, pin=pin, roots=roots)
    assert found == other_found
    assert code == other_code
    assert len(left) == len(other_left)
    return code, found


def last_line(path: Path, *, pin: str | None = None) -> str:
    """Return the stand-alone verifier's conclusion."""
    read = alone.read_pin(pin) if pin else None
    return alone.conclusion(alone.verify(path, pin=read), pin=read)[1]
