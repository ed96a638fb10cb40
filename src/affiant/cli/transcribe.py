"""``affiant transcribe``."""

from pathlib import Path
from typing import Any

import click

from affiant.cli.command import writes
from affiant.cli.documents import document_named
from affiant.cli.output import print_line, say
from affiant.cli.settings import Settings
from affiant.read.transcribe import UNKNOWN, Writer, record_transcript
from affiant.read.transcript import FORMS, read_transcript


@writes
@click.argument("document")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--person", "by", required=True, help="Who wrote it down; recorded, erasable later.")
@click.option("--why", required=True, help="How it was done and what is unsure; recorded.")
@click.option("--language", default=UNKNOWN, help="Such as fa; found out where not given.")
@click.option("--corrects", metavar="TEXT", help="Digest of the text of this document it corrects.")
@click.option(
    "--form",
    type=click.Choice(["text", "srt", "vtt"]),
    help="By the file's ending where not given: .srt, .vtt, else text.",
)
@click.option(
    "--regions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For plain text: a JSON list of start, end and page with box, or from_ms and to_ms.",
)
@click.pass_obj
def transcribe(
    settings: Settings, /, document: str, file: Path, regions: Path | None, **said: Any
) -> None:
    """Record what a person wrote down of a picture, a recording or a bad text.

    FILE is UTF-8 text, kept to the code point, or subtitles (SubRip, WebVTT) whose times the
    quotes will carry. It is a text of its own: the document's earlier texts stay.

    Example: affiant transcribe call.m4a call.srt --person "Mira Sol" --language fa
    --why "Heard twice; one word at 00:31 is unsure."
    """
    transcript = read_transcript(
        file.read_bytes(),
        form=said.pop("form") or FORMS.get(file.suffix.lower(), "text"),
        regions=regions.read_bytes() if regions else None,
    )
    writer = Writer(person=said.pop("by"), **said)
    with settings.open() as case:
        document_id = document_named(case, key=document)
        text_digest = record_transcript(
            case, document=document_id, transcript=transcript, writer=writer, key=settings.key()
        )
    if settings.as_json:
        print_line(
            {
                "document": document_id,
                "text_digest": text_digest,
                "length": len(transcript.text),
                "regions": len(transcript.regions),
                "person": writer.person,
                "corrects": writer.corrects,
            }
        )
    say(
        settings,
        message=f"Text {text_digest} by {writer.person}: {len(transcript.text)} characters, "
        f"{len(transcript.regions)} with their place. Earlier texts of the document stay.",
    )
