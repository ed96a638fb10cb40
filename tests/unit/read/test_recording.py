"""Sound and film are known by their marks, and asked what they say of themselves."""

import io
import subprocess
import wave
from pathlib import Path

import msgspec
import pytest

from affiant.read import sniff
from affiant.read.recording import Probe, facts_of, is_recording, read_recording
from affiant.read.recording_marks import CONTAINERS

MARKS = [
    (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2", "video/mp4"),
    (b"\0\0\0\x20ftypmp42", "video/mp4"),
    (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
    (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
    (b"\0\0\0\x18ftyp3gp4", "video/3gpp"),
    (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\x82\x84webm", "video/webm"),
    (b"\x1aE\xdf\xa3\xa3B\x86\x81\1B\x82\x88matroska", "video/x-matroska"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
    (b"RIFF\x24\0\0\0AVI LIST", "video/x-msvideo"),
    (b"ID3\4\0\0\0\0\0\0", "audio/mpeg"),
    (b"\xff\xfb\x90\x64" + bytes(413) + b"\xff\xfb\x90\x64", "audio/mpeg"),
    (b"\xff\xf1\x50\x80" + bytes(300) + b"\xff\xf1\x50\x80", "audio/aac"),
    (b"OggS\0\2" + bytes(22) + b"\1\x13OpusHead", "audio/ogg"),
    (b"OggS\0\2" + bytes(22) + b"\x2a\x80theora", "video/ogg"),
    (b"fLaC\0\0\0\x22", "audio/flac"),
    (b"#!AMR\n\x3c", "audio/amr"),
    (b"G\x40\0\x10" + bytes(184) + b"G" + bytes(187) + b"G" + bytes(187), "video/mp2t"),
    (b"FORM\0\0\0\x2eAIFFCOMM", "audio/aiff"),
]


@pytest.mark.parametrize(("head", "media_type"), MARKS, ids=[kind for _, kind in MARKS])
@pytest.mark.parametrize("name", ["note.txt", "voice"])
def test_marks_tell_more_than_names(head, media_type, name):
    assert sniff(head, name=name) == media_type
    assert is_recording(media_type)
    assert media_type in CONTAINERS


@pytest.mark.parametrize(
    "head",
    [
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\x18ftypavif",
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"\xff\xfea\0b\0c\0",  # text, UTF-16
        b"\xff\xfb\x90\x64 and no second frame",
        b"Good morning. " * 60,
        b"G" * 600,
        b"ID3"[:2],
    ],
)
def test_what_is_neither_sound_nor_film_is_not_taken_for_it(head):
    assert not is_recording(sniff(head, name="file"))


def sound():
    """Return a second of silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(16_000))
    return target.getvalue()


def test_a_sound_file_says_how_long_it_is(ffprobe):
    reading, isolation = read_recording(sound(), media_type="audio/wav")
    assert reading.extraction is None
    assert reading.problems == ()
    facts = dict(reading.facts)
    assert facts["container"] == "wav"
    assert facts["duration_ms"] == "1000"
    assert facts["stream_1"] == "audio pcm_s16le 8000 Hz 1 channel"
    assert isolation.endswith("rlimits")


def test_a_film_says_when_and_where_it_says_it_was_made(ffprobe, tmp_path):
    film = tmp_path / "film.mp4"
    made = subprocess.run(
        [
            *(Path(ffprobe).with_name("ffmpeg"), "-v", "error", "-f", "lavfi"),
            *("-i", "color=s=64x48:d=0.4", "-metadata", "creation_time=2031-05-02T08:00:00Z"),
            *("-metadata", "location=+35.1000+051.2000/", "-metadata", "title=The  mill"),
            film,
        ],
        check=False,
    )
    if made.returncode:
        pytest.skip("ffmpeg makes no film here")
    for document in (film, film.read_bytes()):  # its index may stand at the end of the file
        facts = dict(read_recording(document, media_type="video/mp4")[0].facts)
        assert facts["created"] == "2031-05-02T08:00:00.000000Z"
        assert facts["place"] == "+35.1000+051.2000/"
        assert facts["duration_ms"] == "400"
        assert facts["title"] == "The mill"
        assert "64x48" in facts["stream_1"]


@pytest.mark.parametrize("data", [b"", b"rubbish", b"\0" * 1000])
def test_a_broken_recording_costs_its_facts_alone(ffprobe, data):
    reading, _ = read_recording(data, media_type="audio/wav")
    assert reading.extraction is None
    assert [problem.code for problem in reading.problems] == ["facts_not_read"]


def test_without_ffprobe_nothing_is_asked_and_that_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    reading, isolation = read_recording(sound(), media_type="audio/wav")
    assert [problem.code for problem in reading.problems] == ["facts_not_read"]
    assert (reading.facts, isolation) == ((), "none")


def test_a_playlist_opens_no_other_file(ffprobe, tmp_path):
    (tmp_path / "secret.wav").write_bytes(sound())
    playlist = f"ffconcat version 1.0\nfile {tmp_path / 'secret.wav'}\n".encode()
    for media_type in ("audio/wav", "video/mp4", "video/mp2t", "audio/mpeg"):
        reading, _ = read_recording(playlist, media_type=media_type)
        assert "duration_ms" not in dict(reading.facts)


def test_facts_are_one_line_each_and_nothing_endless():
    probe = msgspec.convert(
        {
            "format": {
                "format_name": "mov",
                "duration": "1e99",
                "tags": {
                    "Title": "two\nlines",
                    "comment": "x" * 5000,
                    "artist": "\x1b[31mred",
                    "LOCATION": "+1+2/",
                },
            },
            "streams": [{"codec_type": "data"}] * 500,
        },
        Probe,
    )
    facts = dict(facts_of(probe))
    assert facts["title"] == "two lines"
    assert facts["place"] == "+1+2/"
    assert not {"comment", "author", "duration_ms"} & set(facts)
    assert len(facts) < 60
