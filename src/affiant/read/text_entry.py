"""What an entry says of a recorded text."""

from affiant.log.paragraphs import paragraph_root, split_paragraphs
from affiant.model.region import Region
from affiant.read.values import Extraction


def text_fields(
    extraction: Extraction, *, document: str, text_digest: str, isolation: str, secret: bytes
) -> dict[str, object]:
    """Return the fields that every text's entry has.

    Args:
        extraction: The text and how it was had.
        document: Id of the document.
        text_digest: Of the text's UTF-8 bytes, as they are kept.
        isolation: Under which it was read.
        secret: 32 random bytes, under which its paragraphs are salted.
    """
    return {
        "document": document,
        "text": text_digest,
        "length": len(extraction.text),
        "encoding": extraction.encoding,
        "replaced": extraction.replaced,
        "surrogates": extraction.surrogates,
        "tool": extraction.tool,
        "version": extraction.version,
        "settings": extraction.settings,
        "isolation": isolation,
        "pages": [[page.page, page.start, page.end] for page in extraction.pages],
        "regions": [region_fields(region) for region in extraction.regions],
        "paragraphs": {
            "count": len(split_paragraphs(extraction.text)),
            "root": paragraph_root(extraction.text, secret=secret).hex(),
        },
        "secret": secret.hex(),
    }


def region_fields(region: Region) -> dict[str, object]:
    """Return a region as plain JSON values, without what is not known."""
    fields: dict[str, object] = {"start": region.start, "end": region.end}
    if region.page is not None:
        fields["page"] = region.page
    if region.box is not None:
        fields["box"] = list(region.box)
    if region.from_ms is not None:
        fields |= {"from_ms": region.from_ms, "to_ms": region.to_ms}
    return fields
