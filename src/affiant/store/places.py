"""Where texts stand on pages and in recordings, and who wrote them down."""

from dataclasses import dataclass

import msgspec

from affiant.model.region import Region
from affiant.store.recorded import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlaces:
    """Where a recorded text stands in what it was read from.

    Attributes:
        pages: Each (number, start, end), in code points.
        regions: Lines on pages, or spans of a recording.
    """

    pages: tuple[tuple[int, int, int], ...]
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcription:
    """Who made a text.

    Attributes:
        person: Who wrote it down; the empty text where the name was erased.
        corrects: Digest of the text that it corrects, or None.
    """

    person: str
    corrects: str | None


class PlaceStore(Table):
    """Reads what the entries of texts say besides the texts themselves."""

    _PLACES = """
        select pages, regions
        from text
        where text_digest = :text_digest and document_id = :document_id
        order by position desc
    """

    def of(self, text_digest: str, *, document_id: str) -> list[TextPlaces]:
        """Return a text's pages and regions by each recording of it, the newest first."""
        key = {"text_digest": text_digest, "document_id": document_id}
        return [
            TextPlaces(
                pages=msgspec.json.decode(pages, type=tuple[tuple[int, int, int], ...]),
                regions=msgspec.json.decode(regions, type=tuple[Region, ...]),
            )
            for pages, regions in self._db.execute(self._PLACES, key)
        ]

    _TRANSCRIPTIONS = """
        select position, person, corrects from text where person is not null order by position
    """

    def transcriptions(self) -> dict[int, Transcription]:
        """Return the entry of each text that a person wrote down to who did."""
        return {
            position: Transcription(person=person, corrects=corrects)
            for position, person, corrects in self._db.execute(self._TRANSCRIPTIONS)
        }
