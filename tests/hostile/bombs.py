"""Hostile files of every format, and their benign twins: the same construction without malice.

Everything is generated when it is asked for; nothing is stored.
"""

import base64
import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable

from hostile.build import MEBIBYTE, pdf, zipped

KIND = "kind words"
TRAP = {"port": 9}  # where whoever follows an address would come to
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"

# Document types that ask for a file, or for the memory


def no_type(text: str = KIND) -> tuple[str, str]:
    """Return no document type, and harmless text."""
    return "", text


def file_entity() -> tuple[str, str]:
    """Return a document type that asks for a file of the system, and its entity."""
    return '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"


def network_entity() -> tuple[str, str]:
    """Return a document type that asks for an address, and its entity."""
    return f'<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:{TRAP["port"]}/x">]>', "&x;"


def laughs() -> tuple[str, str]:
    """Return a document type whose entity unfolds to a billion words."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{levels}]>', "&l9;"


# Office files, whose text comes with a document type


def docx_with(kind: tuple[str, str]) -> bytes:
    head, text = kind
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    xml = f'{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def xlsx_with(
    kind: tuple[str, str] = no_type(), *, dimension: str = "A1", rows: str | None = None
) -> bytes:
    head, text = kind
    cells = rows or f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    links = f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>'
            '<sheet name="Names" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_SHEET}">'
            f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def pptx_with(kind: tuple[str, str]) -> bytes:
    head, text = kind
    link = f'<Relationship Id="r1" Type="{_RELATION}/slide" Target="slides/slide1.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{_SLIDE}" xmlns:r="{_RELATION}">'
            '<p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{link}'
            "</Relationships>",
            "ppt/slides/slide1.xml": f'{head}<p:sld xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}">'
            f"<p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
            "</p:sp></p:spTree></p:cSld></p:sld>",
        }
    )


def odt_with(kind: tuple[str, str], *, blanks: int = 1) -> bytes:
    head, text = kind
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'{head}<office:document-content xmlns:office="{_ODF}:office:1.0" '
            f'xmlns:text="{_ODF}:text:1.0"><office:body><office:text>'
            f'<text:p>{text}<text:s text:c="{blanks}"/>end</text:p>'
            "</office:text></office:body></office:document-content>",
        )
    return target.getvalue()


def svg_with(kind: tuple[str, str], *, script: str = "") -> bytes:
    head, text = kind
    return (
        f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg">{script}'
        f"<text>{text}</text></svg>"
    ).encode()


def page_with(kind: tuple[str, str], *, more: str = "") -> bytes:
    head, text = kind
    return f"{head or '<!DOCTYPE html>'}<html><body><p>{text} {KIND}</p>{more}</body>".encode()


# Archives


def overlapping_zip(members: int = 4000, *, size: int = MEBIBYTE) -> bytes:
    """Return an archive all of whose members are one and the same packed bytes."""
    one = zipped({"a.txt": bytes(size)})
    end = one.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<I", one, end + 16)[0]
    entry = one[directory:end]
    entries = b"".join(entry[:46] + b"%05d" % number + entry[51:] for number in range(members))
    tail = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, len(entries), directory, 0
    )
    return one[:directory] + entries + tail


def many_members(number: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for at in range(number):
            archive.writestr(f"{at}.txt", KIND)
    return target.getvalue()


def broad_nest(depth: int) -> bytes:
    """Return archives that hold two of the next depth each: 2 ** depth in all."""
    content = zipped({"kind.txt": KIND})
    for _ in range(depth):
        content = zipped({f"{number}.zip": content for number in range(2)})
    return content


def tarred(entries: Iterable[tuple[str, bytes, str, str]]) -> bytes:
    """Return a tar archive of (name, kind, link, content)."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, kind, link, content in entries:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, link
            data = content.encode()
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def tar_that_lies() -> bytes:
    """Return an archive whose one member says that it has 8 GB."""
    info = tarfile.TarInfo("big.txt")
    info.size = 8 << 30
    return info.tobuf(tarfile.GNU_FORMAT) + b"short" + bytes(1024)


def zeros_packed(pack: Callable[[bytes], bytes], *, size: int = 1 << 28) -> bytes:
    """Return zeros, packed piece by piece where the format allows joining."""
    piece = pack(bytes(1 << 24))
    return piece * (size >> 24)


gzip_of, bz2_of, xz_of = gzip.compress, bz2.compress, lzma.compress


def gzip_onion(depth: int) -> bytes:
    """Return a text packed again and again."""
    data = KIND.encode()
    for _ in range(depth):
        data = gzip.compress(data)
    return data


# Pictures


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, rows: bytes | None = None, more: bytes = b"") -> bytes:
    """Return a grey PNG picture of this size; its points are as few as ``rows`` gives."""
    content = bytes((width + 1) * height) if rows is None else rows
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + more
        + _chunk(b"IDAT", zlib.compress(content, 9))
        + _chunk(b"IEND", b"")
    )


def png_text_bomb(size: int) -> bytes:
    """Return a picture with a packed comment that unfolds to ``size`` bytes."""
    return png(8, 8, more=_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(size), 9)))


def bmp(width: int, height: int) -> bytes:
    head = struct.pack("<2sIHHI", b"BM", 54 + 4 * 4, 0, 0, 54)
    return (
        head + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(16)
    )


def gif(width: int, height: int, *, after: bytes = b"") -> bytes:
    screen = struct.pack("<6sHHBBB", b"GIF89a", width, height, 0x80, 0, 0) + bytes(3) + b"\xff" * 3
    frame = struct.pack("<BHHHHB", 0x2C, 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\x00"
    return screen + frame + b";" + after


def tiff(width: int, height: int, *, next_directory: int = 0) -> bytes:
    """Return a TIFF picture of one strip; its directories may go round in a ring."""
    fields = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 16),
    ]  # fmt: skip
    directory = struct.pack("<H", len(fields))
    directory += b"".join(struct.pack("<HHII", *field) for field in fields)
    return (
        b"II*\0" + struct.pack("<I", 24) + bytes(16) + directory + struct.pack("<I", next_directory)
    )


def webp(width: int, height: int) -> bytes:
    """Return a WebP picture that says its size and holds next to nothing."""
    bits = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + bytes(8)
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


# PDF


def pdf_ring(kind: str) -> bytes:
    """Return a PDF in which objects, pages or tables of contents lead back to themselves."""
    plain = pdf([[KIND.encode()]])
    match kind:
        case "pages":
            return plain.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
        case "length":
            return plain.replace(b"/Contents 6 0 R", b"/Contents [6 0 R 6 0 R 5 0 R]")
        case "table":
            start = plain.index(b"xref")
            return plain.replace(b"/Root", b"/Prev %d /Root" % start)
    raise ValueError(kind)


def pdf_deep(depth: int) -> bytes:
    """Return a PDF with arrays within arrays."""
    return pdf([[KIND.encode()]], info=b"/Title " + b"[" * depth + b"]" * depth)


def pdf_and_zip() -> bytes:
    """Return a file that is a PDF from its beginning and an archive from its end."""
    return pdf([[KIND.encode()]]) + zipped({"other.txt": "other words"})


# Web archives


def warc(body: bytes, *, length: str | None = None, kind: str = "text/html") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n" % kind.encode() + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2031-03-14T10:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        b"WARC-Target-URI: http://mill.example/\r\nContent-Type: application/http\r\n"
        b"Content-Length: %s\r\n\r\n" % (length or str(len(http))).encode() + http + b"\r\n\r\n"
    )


def page_record() -> bytes:
    return warc(f"<html><body><p>{KIND}</p></body></html>".encode())


# Mail and mail boxes


def deep_mail(depth: int) -> bytes:
    head = "From: Mira Sol <mira@example.org>\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    body = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{KIND}\r\n"
    for level in range(depth):
        body = (
            f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n'
            f"--b{level}\r\n{body}--b{level}--\r\n"
        )
    return (head + body).encode()


def many_headers(number: int) -> bytes:
    lines = "".join(f"X-{at}: v\r\n" for at in range(number))
    return f"From: a@example.org\r\nSubject: s\r\n{lines}\r\n{KIND}\r\n".encode()


def mailbox(length: int) -> bytes:
    line = "x" * length
    one = f"From a@example.org Fri Mar 14 10:00:00 2031\nSubject: s\n\n{KIND} {line}\n\n"
    return (one * 2).encode()


def attached_bomb(size: int) -> bytes:
    packed = base64.encodebytes(zipped({"bomb.txt": bytes(size)})).decode()
    return (
        "From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=qq\r\n\r\n--qq\r\n"
        f"Content-Type: text/plain\r\n\r\n{KIND}\r\n--qq\r\n"
        "Content-Type: application/zip; name=b.zip\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment; filename=b.zip\r\n\r\n{packed}\r\n--qq--\r\n"
    ).encode()


# Chats


def whatsapp(sender: str, *, messages: int = 3) -> bytes:
    lines = [f"14/03/2031, 10:0{n % 10} - {sender}: {KIND} {n}" for n in range(messages)]
    return "\n".join(lines).encode()


def telegram(text: object, *, sender: str = "Sama") -> bytes:
    message = {
        "id": 1, "type": "message", "date": "2031-03-13T21:07:00", "from": sender,
        "from_id": "user1", "text": text,
    }  # fmt: skip
    chat = {"name": "Mill", "type": "personal_chat", "id": 1, "messages": [message]}
    return json.dumps(chat).encode()


def telegram_deep(depth: int) -> bytes:
    """Return an export whose text is within lists without end."""
    whole = telegram("DEEP")
    return whole.replace(b'"DEEP"', b"[" * depth + b'"x"' + b"]" * depth)
