"""Makes documents, kind and hostile ones; no bomb is stored anywhere."""

import io
import zipfile
import zlib

MEBIBYTE = 1 << 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(pages, *, info=b"", font=b"", fonts=()):
    """Return a PDF; each page is the lines that stand on it, as PDF string contents."""
    return pdf_of([_page_stream(lines) for lines in pages], info=info, font=font, further=fonts)


def pdf_of(streams, *, info=b"", font=b"", stream_keys=b"", further=()):
    """Return a PDF of pages with these content streams."""
    font = (
        font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    first = 5 + len(further)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        font,
        b"<< %s >>" % info,
        *further,
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (first + 2 * number + 1)
        )
        objects.append(
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), stream_keys, stream)
        )
    return _assembled(objects)


def pdf_bomb(size=1 << 30):
    """Return a PDF of about a mebibyte whose one page unpacks to ``size`` bytes."""
    packer = zlib.compressobj(9)
    piece = b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj\n" * 4096
    packed = bytearray(packer.compress(b"BT /F1 12 Tf 72 720 Td\n"))
    for _ in range(size // len(piece)):
        packed += packer.compress(piece)
    packed += packer.compress(b"ET") + packer.flush()
    return pdf_of([bytes(packed)], stream_keys=b"/Filter /FlateDecode")


def _page_stream(lines):
    shown = b" ".join(b"(%s) Tj T*" % line for line in lines)
    return b"BT /F1 12 Tf 72 720 Td 14 TL %s ET" % shown


def _assembled(objects):
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def persian_pdf(words, *, spelled=False):
    """Return a PDF whose words were drawn letter by letter in the given places.

    ``words`` are (letters with their horizontal places, in the order of drawing); where they
    are ``spelled``, each glyph says which letter it stands for, as browsers do.
    """
    letters = sorted({letter for word in words for letter, _ in word})
    code = {letter: number for number, letter in enumerate(letters, start=0x41)}
    mapping = b"".join(b"<%02x> <%04x>\n" % (code[letter], ord(letter)) for letter in letters)
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar endcmap end end" % (len(letters), mapping)
    )
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255"
        b" /Widths [%s] /ToUnicode 5 0 R >>" % b" ".join([b"600"] * 256)
    )
    said = b"/Span <</ActualText <FEFF%04x>>> BDC 1 0 0 1 %d 700 Tm <%02x> Tj EMC"
    drawn = [
        said % (ord(letter), place, code[letter])
        if spelled
        else b"1 0 0 1 %d 700 Tm <%02x> Tj" % (place, code[letter])
        for word in words
        for letter, place in word
    ]
    stream = b"BT /F1 12 Tf %s ET" % b" ".join(drawn)
    table = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(to_unicode), to_unicode)
    return pdf_of([stream], font=font, further=[table])


def docx(body, **further):
    """Return a Word file with this body; further parts by name, ``__`` standing for ``/``."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
    }
    for name, content in further.items():
        parts[name.replace("__", "/") + ".xml"] = content
    return zipped(parts)


def paragraph(text):
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def zipped(parts, *, compression=zipfile.ZIP_DEFLATED):
    """Return a zip archive of the parts, by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def zip_bomb(size=300 * MEBIBYTE):
    """Return a small archive of one file that unpacks to ``size`` bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(size // MEBIBYTE):
            member.write(bytes(MEBIBYTE))
    return target.getvalue()


def zip_link(name="link", target="/etc/passwd"):
    """Return an archive that holds a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, target)
    return out.getvalue()


def nested_zip(depth, *, innermost=b"text"):
    """Return archives one within the other, ``depth`` of them."""
    content = innermost
    for level in range(depth):
        content = zipped({"in.zip" if level else "in.txt": content})
    return content


def mail(body="Body.\n", *, headers=None, parts=(), kind="text/plain"):
    """Return a message; ``parts`` are (headers, content) of a multipart/mixed one."""
    head = {"From": "Mira Sol <mira@example.org>", "Subject": "A letter", **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    if not parts:
        return f"{lines}Content-Type: {kind}; charset=utf-8\r\n\r\n{body}".encode()
    whole = f"{lines}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=qq\r\n\r\n"
    for part_headers, content in [(f"Content-Type: {kind}; charset=utf-8", body), *parts]:
        whole += f"--qq\r\n{part_headers}\r\n\r\n{content}\r\n"
    return f"{whole}--qq--\r\n".encode()
