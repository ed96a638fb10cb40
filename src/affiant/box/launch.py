"""How the confined process is started, and which folders it may read."""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SYSTEM: Final = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
)
_TOO_MUCH: Final = ("/", "/usr", "/usr/local")
_LIBRARY_NAMES: Final = ("site-packages", "dist-packages")
_FIRST: Final = "import sys; sys.path[:] = sys.argv[1:]; "
_START: Final = "from affiant.box.zygote import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where Python finds what it needs.

    Attributes:
        readable: Files and folders that the confined process may read; nothing else is there.
        import_path: Where it looks for modules.
    """

    readable: tuple[str, ...]
    import_path: tuple[str, ...]


def find_places(folders: Sequence[Path]) -> Places:
    """Return what a confined Python needs, and nothing of the user's own.

    The folder one stands in is never among them, even where Python would import from it.

    Args:
        folders: Further folders that tasks are imported from.
    """
    standard = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    compiled = [str(Path(folder) / "lib-dynload") for folder in standard]
    packages = [entry for entry in sys.path if Path(entry).name in _LIBRARY_NAMES]
    ours = _own_folder()
    further = [str(folder.resolve()) for folder in folders]
    python = os.path.realpath(sys.executable)
    readable = [*SYSTEM, python, sys.base_prefix, *standard, *packages, str(ours), *further]
    found = [str(ours.parent), *standard, *compiled, *packages, *further]
    return Places(
        readable=tuple(dict.fromkeys(place for place in readable if _fit_to_show(place))),
        import_path=tuple(dict.fromkeys(filter(os.path.isdir, found))),
    )


def bare_command(places: Places, *, start: str = _START) -> list[str]:
    """Return the command that starts Python alone: no site, no environment, no cache.

    Args:
        places: Where it finds modules.
        start: What it runs.
    """
    python = os.path.realpath(sys.executable)
    return [python, "-I", "-S", "-B", "-X", "utf8", "-c", _FIRST + start, *places.import_path]


def confined_command(bubblewrap: str, *, places: Places) -> list[str]:
    """Return the command that starts the warm process under bubblewrap.

    It has its own user, process, network, message, host-name and (where the system allows)
    control-group name space; a root folder that holds read-only views of the readable places
    and nothing else, without ``/proc``, ``/dev``, ``/etc`` or a home; no capability; its own
    session, as a shared terminal can be typed into (CVE-2017-5226); and it ends with us.
    """
    command = [bubblewrap, "--unshare-all", "--die-with-parent", "--new-session"]
    command += ["--cap-drop", "ALL", "--hostname", "box"]
    for place in places.readable:
        command += view(place)
    return [*command, "--remount-ro", "/", "--chdir", "/", "--", *bare_command(places)]


def view(place: str) -> list[str]:
    """Show one place at its own path, links such as ``/lib`` as links."""
    path = Path(place)
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), place]
    return ["--ro-bind", place, place]


def _own_folder() -> Path:
    """Return the folder of this package's sources."""
    spec = importlib.util.find_spec("affiant")
    if spec is None or spec.origin is None:
        raise ImportError("the package 'affiant' has no folder to show to the box")
    return Path(spec.origin).parent


def _fit_to_show(place: str) -> bool:
    """Tell whether a place exists and is neither the whole system nor a whole home."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() fails where there is none
    return Path(place).exists() and place not in (*_TOO_MUCH, home)
