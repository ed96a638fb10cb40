"""Signing keys: one a person, kept outside every case."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from affiant.errors import BadInputError, StorageError
from affiant.log.durable import make_folder, sync, sync_folder

KEY_HEX = 64
SIGNATURE_BYTES = 64


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


def save_key(key: SigningKey, *, path: Path) -> None:
    """Write a key to a file that only its owner may read; an existing file stays.

    Raises:
        StorageError: The file exists already or cannot be written.
    """
    data = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
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
    """Read a key from its file.

    Raises:
        BadInputError: There is no such file, or it holds no Ed25519 key.
    """
    try:
        loaded = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise BadInputError(
            f"{path} holds no signing key that can be read",
            remedy="Restore it from your copy, or make a new one with 'affiant key make'.",
        ) from problem
    if not isinstance(loaded, Ed25519PrivateKey):
        raise BadInputError(f"{path} is not an Ed25519 key", remedy="Use a key made by Affiant.")
    return SigningKey(loaded)
