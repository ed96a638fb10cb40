"""Key files: plain, locked, broken."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from affiant.errors import BadInputError, PersonNeededError
from affiant.log.canon import canonical, parse_canonical
from affiant.log.keys import (
    is_locked,
    key_from_seed,
    load_key,
    lock_key,
    new_key,
    public_key_of,
    save_key,
    unlock_key,
)

WORDS = "نمی‌دانم – five grey herons"


@pytest.fixture
def locked(tmp_path):
    key, path = new_key(), tmp_path / "ada.pem"
    save_key(key, path=path, passphrase=WORDS)
    return key, path


def test_a_locked_key_opens_with_its_passphrase_and_signs_the_same(locked):
    key, path = locked
    opened = unlock_key(path, passphrase=WORDS)
    assert opened.public == key.public
    assert opened.sign(b"x") == key.sign(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_locked_file_holds_nothing_of_the_private_half(locked):
    key, path = locked
    seed = key.private.private_bytes_raw()
    data = path.read_bytes()
    assert is_locked(data)
    assert seed not in data and seed.hex().encode() not in data
    with pytest.raises(PersonNeededError, match="locked with a passphrase"):
        load_key(path)


@pytest.mark.parametrize("wrong", ["", WORDS + " ", WORDS.replace("\u200c", ""), "x"])
def test_another_passphrase_does_not_open_it(wrong, locked):
    with pytest.raises(PersonNeededError, match="does not open"):
        unlock_key(locked[1], passphrase=wrong)


def test_the_public_key_is_known_without_the_passphrase(locked, tmp_path):
    key, path = locked
    assert public_key_of(path) == key.public
    save_key(key, path=tmp_path / "plain.pem")
    assert public_key_of(tmp_path / "plain.pem") == key.public


def test_an_empty_passphrase_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="empty"):
        save_key(new_key(), path=tmp_path / "a.pem", passphrase="")


def test_every_line_of_a_locked_file_counts(locked):
    _, path = locked
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines) - 1):
        broken = bytearray(lines[number])
        broken[3] = ord("A") if broken[3] != ord("A") else ord("B")
        path.write_bytes(b"".join([*lines[:number], bytes(broken), *lines[number + 1 :]]))
        with pytest.raises((BadInputError, PersonNeededError)):
            unlock_key(path, passphrase=WORDS)


def test_a_file_that_demands_endless_work_is_refused_before_it_is_done(tmp_path):
    data = lock_key(key_from_seed(bytes(32)), passphrase=WORDS)
    begin, *body, end = data.splitlines()
    fields = parse_canonical(base64.b64decode(b"".join(body)))
    for name, value in (("memory_kib", 1 << 30), ("passes", 10**9), ("lanes", 0)):
        changed = base64.b64encode(canonical({**fields, name: value}))
        path = tmp_path / f"{name}.pem"
        path.write_bytes(b"\n".join([begin, changed, end]) + b"\n")
        with pytest.raises(BadInputError):
            unlock_key(path, passphrase=WORDS)


def test_the_format_stands_as_it_is_documented():
    """Argon2id (64 MiB, 3 passes, 4 lanes) and ChaCha20-Poly1305, spelt out once more."""
    data = lock_key(key_from_seed(bytes(32)), passphrase="x", salts=bytes(range(28)))
    fields = parse_canonical(base64.b64decode(b"".join(data.splitlines()[1:-1])))
    secret = Argon2id(
        salt=bytes(range(16)), length=32, iterations=3, lanes=4, memory_cost=65536
    ).derive(b"x")
    head = {name: fields[name] for name in fields if name not in ("nonce", "sealed")}
    sealed = ChaCha20Poly1305(secret).encrypt(bytes(range(16, 28)), bytes(32), canonical(head))
    assert fields["sealed"] == sealed.hex()
