"""What one job in the box may use."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one job may use; a job that asks for more is ended and costs only itself.

    Attributes:
        memory_bytes: Address space of the job, libraries included; they take some 110 MiB
            that are never in memory, so that a job stays under 1 GiB there.
        cpu_seconds: Processor time, whole seconds.
        wall_seconds: Time from the first byte sent to the last one received; with starting
            and ending it a document stays under 30 s.
        output_bytes: Longest reply.
        open_files: Most files open at one time.
        start_seconds: How long the warm process may take to start.
    """

    memory_bytes: int = 1088 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: float = 28.0
    output_bytes: int = 320 * MEBIBYTE
    open_files: int = 64
    start_seconds: float = 30.0

    def __post_init__(self) -> None:
        """Refuse a limit that would allow nothing at all."""
        if min(asdict(self).values()) <= 0:
            raise ValueError(f"every limit is above nought: {self}")


def limit_fields(limits: Limits) -> dict[str, float]:
    """Return the limits as plain JSON values."""
    return asdict(limits)


def decode_limits(fields: Mapping[str, float]) -> Limits:
    """Build limits from plain JSON values."""
    return Limits(
        memory_bytes=int(fields["memory_bytes"]),
        cpu_seconds=int(fields["cpu_seconds"]),
        wall_seconds=fields["wall_seconds"],
        output_bytes=int(fields["output_bytes"]),
        open_files=int(fields["open_files"]),
        start_seconds=fields["start_seconds"],
    )
