"""Signing keys: one a person, kept outside every case; locked with a passphrase if wanted.

A locked key file holds the public key in the clear and the 32-byte private seed sealed with
ChaCha20-Poly1305 under a key that Argon2id (RFC 9106) makes from the passphrase.
"""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from affiant.errors import BadInputError, IntegrityError, PersonNeededError, StorageError
from affiant.log.canon import canonical, parse_canonical
from affiant.log.durable import make_folder, sync, sync_folder

KEY_HEX = 64
SIGNATURE_BYTES = 64
_BEGIN, _END = b"-----BEGIN AFFIANT LOCKED KEY-----", b"-----END AFFIANT LOCKED KEY-----"
_COST = {"kdf": "argon2id", "memory_kib": 1 << 16, "passes": 3, "lanes": 4}
_MOST_COST = {"memory_kib": 1 << 21, "passes": 100, "lanes": 64}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A person's key: signs, and names itself by its public half."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The raw public key, 64 lower-case hex digits."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over ``message``."""
        return self.private.sign(message)


def signature_holds(message: bytes, *, signature: bytes, public: str) -> bool:
    """Tell whether ``signature`` over ``message`` was made by the key ``public``."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_key() -> SigningKey:
    """Make a key from the system's randomness."""
    return SigningKey(Ed25519PrivateKey.generate())


def key_from_seed(seed: bytes) -> SigningKey:
    """Build the key that belongs to a 32-byte seed (test vectors, the sample case)."""
    return SigningKey(Ed25519PrivateKey.from_private_bytes(seed))


def save_key(key: SigningKey, *, path: Path, passphrase: str | None = None) -> None:
    """Write a key to a file that only its owner may read; an existing file stays.

    Args:
        key: The key.
        path: A file that is not there yet.
        passphrase: Locks the file; None for a plain PKCS#8 file.

    Raises:
        StorageError: The file exists already or cannot be written.
        BadInputError: The passphrase is empty.
    """
    if passphrase is None:
        data = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    else:
        data = lock_key(key, passphrase=passphrase)
    try:
        make_folder(path.parent, mode=0o700)
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        aside.unlink(missing_ok=True)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            sync(file.fileno())
        _name(aside, path=path)
        sync_folder(path.parent)
    except OSError as problem:
        raise StorageError(
            f"the key cannot be written to {path}: {problem.strerror}",
            remedy="Check that the folder exists, is yours and has space.",
        ) from problem


def lock_key(key: SigningKey, *, passphrase: str, salts: bytes | None = None) -> bytes:
    """Return the bytes of a locked key file.

    Args:
        key: The key.
        passphrase: Any text that is not empty; used in UTF-8, as it is.
        salts: 16 bytes for Argon2id and 12 for the seal; fresh ones where not given.

    Raises:
        BadInputError: The passphrase is empty.
    """
    if not passphrase:
        raise BadInputError("the passphrase is empty", remedy="Type one, or leave the key plain.")
    fresh = salts or secrets.token_bytes(28)
    head: dict[str, object] = {"v": 1, "public": key.public, **_COST, "salt": fresh[:16].hex()}
    sealing = ChaCha20Poly1305(_derived(head, passphrase=passphrase))
    seed = key.private.private_bytes_raw()
    sealed = sealing.encrypt(fresh[16:], seed, canonical(head)).hex()
    content = canonical({**head, "nonce": fresh[16:].hex(), "sealed": sealed})
    lines = base64.encodebytes(content).replace(b"\n\n", b"\n")
    return b"%s\n%s%s\n" % (_BEGIN, lines, _END)


def is_locked(data: bytes) -> bool:
    """Tell whether a key file is locked with a passphrase."""
    return data.startswith(_BEGIN)


def public_key_of(path: Path) -> str:
    """Return the public key of a key file; a locked one need not be opened for it.

    Raises:
        BadInputError: There is no such file, or it holds no key.
    """
    data = _read(path)
    if is_locked(data):
        return str(_locked_fields(data, path=path)["public"])
    return load_key(path).public


def _derived(head: dict[str, object], *, passphrase: str) -> bytes:
    """Return the 32 bytes that Argon2id makes of a passphrase."""
    memory, passes, lanes = (int(str(head[name])) for name in ("memory_kib", "passes", "lanes"))
    kdf = Argon2id(
        salt=bytes.fromhex(str(head["salt"])),
        length=32,
        iterations=passes,
        lanes=lanes,
        memory_cost=memory,
    )
    return kdf.derive(passphrase.encode("utf-8"))


def _locked_fields(data: bytes, *, path: Path) -> dict[str, object]:
    """Return what stands in a locked key file, its costs within bounds.

    Raises:
        BadInputError: It is not one that this version reads.
    """
    body = data.removeprefix(_BEGIN).strip().removesuffix(_END)
    try:
        fields = parse_canonical(base64.b64decode(body))
        whole = fields["v"] == 1 and fields["kdf"] == "argon2id"
        dear = any(not 1 <= int(fields[name]) <= most for name, most in _MOST_COST.items())
    except (IntegrityError, binascii.Error, KeyError, TypeError, ValueError) as problem:
        raise _no_key(path) from problem
    if dear or not whole:
        raise _no_key(path)
    return fields


def unlock_key(path: Path, *, passphrase: str) -> SigningKey:
    """Open a locked key file.

    Raises:
        BadInputError: The file is not one that this version reads.
        PersonNeededError: The passphrase is not the right one, or the file was changed.
    """
    fields = _locked_fields(_read(path), path=path)
    try:
        nonce, sealed = (bytes.fromhex(str(fields.pop(name))) for name in ("nonce", "sealed"))
        opening = ChaCha20Poly1305(_derived(fields, passphrase=passphrase))
        key = key_from_seed(opening.decrypt(nonce, sealed, canonical(fields)))
    except (KeyError, ValueError) as problem:
        raise _no_key(path) from problem
    except InvalidTag as problem:
        raise PersonNeededError(
            f"the passphrase does not open {path.name}",
            remedy="Type it again. Nobody can open the key without it.",
        ) from problem
    if key.public != fields["public"]:
        raise _no_key(path)
    return key


def _read(path: Path) -> bytes:
    """Return the bytes of a key file."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise _no_key(path) from problem


def _no_key(path: Path) -> BadInputError:
    return BadInputError(
        f"{path} holds no signing key that can be read",
        remedy="Restore it from your copy, or make a new one with 'affiant key make'.",
    )


def _name(aside: Path, *, path: Path) -> None:
    """Give a finished file its name, unless the name is taken."""
    try:
        os.link(aside, path)
    except FileExistsError:
        aside.unlink()
        raise
    except OSError:  # a file system without second names
        if path.exists():
            raise
        aside.replace(path)
    aside.unlink(missing_ok=True)


def load_key(path: Path) -> SigningKey:
    """Read a key from its file, which is not locked.

    Raises:
        BadInputError: There is no such file, or it holds no Ed25519 key.
        PersonNeededError: It is locked.
    """
    if is_locked(_read(path)):
        raise PersonNeededError(
            f"{path.name} is locked with a passphrase",
            remedy="Run the command in a terminal, or name a file that holds the passphrase in "
            "AFFIANT_PASSPHRASE_FILE.",
        )
    try:
        loaded = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise _no_key(path) from problem
    if not isinstance(loaded, Ed25519PrivateKey):
        raise BadInputError(f"{path} is not an Ed25519 key", remedy="Use a key made by Affiant.")
    return SigningKey(loaded)
