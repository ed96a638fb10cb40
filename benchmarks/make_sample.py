"""Make the binary documents of the sample case: three PDF, three docx, one e-mail.

The bytes are the same on every run, so that the committed files can be checked against
this script. Everybody and everything in them is invented.

Example: python benchmarks/make_sample.py src/affiant/cli/sample/documents
"""

import base64
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

Lines = tuple[str, ...]

MINISTRY: Final[Lines] = (
    "Ministry of Order of Tarvand",
    "Communique 31/112",
    "16 March 2031",
    "",
    "Reports about Qarsan that have been spread abroad are false.",
    "",
    "No incident took place in Qarsan on 14 March 2031.",
    "The Ministry of Order denies that anyone was killed.",
    "Nobody was detained.",
    "No operation was carried out by any service of the state.",
    "",
    "The Ministry has examined the daily reports of all posts in the province",
    "and states this on the ground of these reports.",
    "",
    "The Ministry calls on newspapers abroad to correct what they have printed.",
)

MISSION: Final[Lines] = (
    "Monitoring Mission in Tarvand",
    "Quarterly update: Sarvana Province, first quarter of 2031",
    "30 April 2031",
    "",
    "The Mission adds up what its partners have reported to it.",
    "",
    "At least 41 people were killed in the quarter, those killed in Qarsan among them.",
    "",
    "In Sarvana Province at least 63 people were detained",
    "between 1 January and 31 March 2031.",
    "",
    "These are totals of reports. The Mission has not been able to visit Qarsan",
    "and gives no figure of its own for any single event.",
    "",
    "The Mission calls on the authorities of Tarvand to open an independent investigation.",
)

CHRONICLE: Final[Lines] = (
    "The Sedra Chronicle",
    "Three die at Qarsan bakery",
    "16 March 2029",
    "",
    "Three people were killed at the Chenar bakery in Qarsan on 14 March 2029.",
    "City police shot at a queue of customers, as our reporter saw from across the street.",
    "Five people were taken away by the city police.",
    "The queue had formed before dawn because flour was short.",
    "",
    "A police spokesman said that officers had been threatened.",
    "Four of those taken away were released on the following day.",
    "",
    "The bakery opened again on 20 March 2029.",
)

INTERVIEW: Final[Lines] = (
    "Committee of Qarsan Families",
    "Interview with Witness W-11, 9 April 2031",
    "The witness spoke Persian; an interpreter wrote this down in English and read it back.",
    "The witness told us that the Open Register Group had recorded an interview with the same "
    "person on 2 April. Name and address are known to us and are not given here.",
    "Witness W-11 said: “I was there and I saw it. On the evening of 14 March 2031 some twenty "
    "men in grey took away 14 to 16 workers from the Chenar bakery in Qarsan.”",
    "Witness W-11 said: “Twelve people were killed. I counted them the next morning, before they "
    "were carried off.”",
    "Witness W-11 said: “A neighbour told me later that three of those taken had died. I did not "
    "see that.”",
    "The Committee adds: fourteen people are still missing, their families have told us.",
)

CORRECTION: Final[Lines] = (
    "Bread Workers’ Union of Qarsan",
    "Correction, 24 March 2031",
    "Our first report was wrong in one figure, and we are sorry for it.",
    "Thirteen people were killed at the Chenar bakery in Qarsan on 14 March 2031. We had written "
    "twelve. The thirteenth is Nader Kuhnam, 41, a porter, whose family reached us on 22 March.",
    "As before, we rely on what the families have told us. The rest of the report stands.",
)

NAME_LIST: Final[Lines] = (
    "Committee of Qarsan Families",
    "Names in our letters, as each family and each paper writes them. Kept since 1 April 2031.",
)

VARIANTS: Final[tuple[Lines, ...]] = (
    ("No", "Persian", "Arabic", "Latin", "Also written", "Age", "What the family says"),
    ("1", "پریسا تلاور", "بريسا تلاور", "Parisa Talavar", "Parissa Tallavar", "34", "taken"),
    ("2", "کاوه دریاگرد", "كاوه درياگرد", "Kaveh Daryagard", "Kave Daryagerd", "27", "killed"),
    (
        "3",
        "امینه سدراوی",
        "أمينة السدراوي",
        "Amina al-Sidrawi",
        "Ameena Sidrawi",
        "about 40",
        "taken",
    ),
    (
        "4",
        "یوسف بیدرانی",
        "يوسف البيدراني",
        "Yusuf al-Baydarani",
        "Yousef Beidarani",
        "19",
        "taken",
    ),
    (
        "5",
        "نسترن نخل‌آوا",
        "نسترن نخلاوا",
        "Nastaran Nakhlava",
        "Nastaran Nakhlawa",
        "51",
        "killed",
    ),
    ("6", "نادر کوه‌نام", "نادر كوهنام", "Nader Kuhnam", "Nadir Koohnam", "41", "killed"),
    ("7", "زیبا کلاه‌نور", "زيبا كلاهنور", "Ziba Kolahnur", "", "16", "taken; do not publish"),
)

MAIL_BODY: Final[str] = """همکاران گرامی،

این گزارش را از گفته‌های خانواده‌ها گرد آورده‌ایم؛ خود ما در محل نبودیم.

شامگاه ۲۳ اسفند ۱۴۰۹ افراد پاسگاه چهارم مرزبانی به نانوایی چنار در قارسان حمله کردند.
دوازده نفر کشته شدند و نام هر دوازده نفر در فهرست پیوست آمده است.

پانزده نفر را با خود بردند که شش نفر از آنان زن‌اند. این پانزده نفر همچنان ناپدیدند.

از مقام‌های تاروند می‌خواهیم جای این افراد را اعلام کنند.

اتحادیهٔ کارگران نان قارسان
"""

MEMBERS: Final[str] = """no,name_fa,name_en,age,sex,fate
1,کاوه دریاگرد,Kaveh Daryagard,27,m,killed
2,نسترن نخل‌آوا,Nastaran Nakhlava,51,f,killed
3,سیاوش تیزرو,Siavash Tizrow,33,m,killed
4,جمیل وضاری,Jamil al-Wadhari,46,m,killed
5,گلنار باران‌پوش,Golnar Baranpush,29,f,killed
6,فرهاد مهرگیاه,Farhad Mehrgiyah,58,m,killed
7,مهری سروندی,Mehri Sarvandi,38,f,killed
8,بهنام سنگ‌ریز,Behnam Sangriz,41,m,killed
9,حمدان مرجلی,Hamdan al-Marjali,35,m,killed
10,زهره ابریشم‌تاب,Zohreh Abrishamtab,44,f,killed
11,آرش لاله‌بار,Arash Lalehbar,31,m,killed
12,سلوا زیتاری,Salwa al-Zaytari,63,f,killed
13,پریسا تلاور,Parisa Talavar,34,f,taken
14,امینه سدراوی,Amina al-Sidrawi,40,f,taken
15,یوسف بیدرانی,Yusuf al-Baydarani,19,m,taken
16,زیبا کلاه‌نور,Ziba Kolahnur,16,f,taken
17,سمیرا وادیانی,Samira al-Wadiyani,36,f,taken
18,لیلا برف‌چین,Leyla Barfchin,27,f,taken
19,مونا سنگ‌نورد,Mona Sangnavard,45,f,taken
20,رستم تندآرا,Rostam Tandara,22,m,taken
21,هادی جسرانی,Hadi al-Jisrani,50,m,taken
22,فرخ انگبین‌کار,Farrokh Angabinkar,38,m,taken
23,امید راه‌ورز,Omid Rahvarz,29,m,taken
24,سلیم طاحونی,Salim al-Tahuni,33,m,taken
25,کریم نبقی,Karim al-Nabqi,61,m,taken
26,داوود نمک‌رود,Davud Namakrud,26,m,taken
27,نیما گل‌افروز,Nima Golafruz,24,m,taken
"""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" '
    'Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)


def pdf(lines: Lines, *, made: str) -> bytes:
    """Return a one-page PDF with one text line for each of ``lines`` (ASCII only)."""
    shown = [f"({line}) Tj T*" if line else "T*" for line in lines]
    content = "\n".join(
        ["BT", "/F2 14 Tf 17 TL 64 770 Td", shown[0], "/F1 11 Tf 17 TL", *shown[1:], "ET"]
    ).encode("ascii")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        f"<< /Title ({lines[0]}) /CreationDate (D:{made}090000Z) >>".encode("ascii"),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def docx(lines: Lines, *, made: str, rows: tuple[Lines, ...] = ()) -> bytes:
    """Return a Word document with a paragraph for each line, then a table of ``rows``."""
    body = "".join(map(_paragraph, lines)) + (_table(rows) if rows else "")
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(lines[0])}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}T09:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": core,
        "word/document.xml": document,
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, date_time=(2031, 1, 1, 0, 0, 0))
            info.create_system = 3
            archive.writestr(info, text.encode("utf-8"))
    return packed.getvalue()


def _paragraph(line: str) -> str:
    """Return one paragraph of Word's markup."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'


def _table(rows: tuple[Lines, ...]) -> str:
    """Return a table of Word's markup, and the paragraph that must follow one."""
    grid = "<w:gridCol/>" * len(rows[0])
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl><w:p/>"


def mail() -> bytes:
    """Return the union's e-mail with its list of names attached."""
    subject = base64.b64encode("گزارش نخست".encode()).decode("ascii")
    attached = base64.encodebytes(MEMBERS.encode()).decode("ascii")
    text = f"""From: Bread Workers' Union <secretary@bread-union.example>
To: Committee of Qarsan Families <post@qarsan-families.example>
Subject: =?utf-8?B?{subject}?=
Date: Mon, 17 Mar 2031 10:12:00 +0330
Message-ID: <17-1@bread-union.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="sample-boundary-1"

--sample-boundary-1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{MAIL_BODY}
--sample-boundary-1
Content-Type: text/csv; charset=utf-8; name="names.csv"
Content-Disposition: attachment; filename="names.csv"
Content-Transfer-Encoding: base64

{attached}
--sample-boundary-1--
"""
    return text.replace("\n", "\r\n").encode("utf-8")


def binary_documents() -> dict[str, bytes]:
    """Return each binary document of the sample by its file name."""
    return {
        "04-interview-families.docx": docx(INTERVIEW, made="2031-04-09"),
        "05-union-mail.eml": mail(),
        "06-union-correction.docx": docx(CORRECTION, made="2031-03-24"),
        "08-ministry-communique.pdf": pdf(MINISTRY, made="20310316"),
        "14-mission-quarter.pdf": pdf(MISSION, made="20310430"),
        "16-families-names.docx": docx(NAME_LIST, made="2031-05-01", rows=VARIANTS),
        "18-chronicle-2029.pdf": pdf(CHRONICLE, made="20290316"),
    }


def main() -> None:
    """Write the documents into the folder that is named on the command line."""
    folder = Path(sys.argv[1])
    for name, content in binary_documents().items():
        (folder / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
