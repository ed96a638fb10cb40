"""Where, as written and as resolved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as one voice gives it.

    Attributes:
        words: As written, misspellings kept.
        name: The resolved name, most particular part first ("Chenar bakery, Qarsan"),
            or None where it is not resolved.
        latitude: Decimal degrees as a string, or None.
        longitude: Decimal degrees as a string, or None.
        precision_m: Radius in metres within which the place lies, or None.
    """

    words: str
    name: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    precision_m: int | None = None
