"""Damaged exports and archives: read, or refused with a code of ours, and nothing else."""

import random

import pytest

from affiant.errors import UnreadableError
from affiant.read.codes import PARTIAL, UNREADABLE
from affiant.read.telegram import read_telegram
from affiant.read.telegram_page import read_telegram_page
from affiant.read.wacz import read_wacz
from affiant.read.warc import read_warc
from affiant.read.whatsapp import read_whatsapp
from unit.read import test_telegram, test_wacz, test_warc, test_whatsapp

ROUNDS = 300
WHOLE = {
    "whatsapp": (read_whatsapp, (test_whatsapp.APPLE + test_whatsapp.PERSIAN).encode()),
    "telegram": (read_telegram, test_telegram.as_json(test_telegram.ACCOUNT)),
    "telegram page": (read_telegram_page, test_telegram.PAGE.encode()),
    "warc": (read_warc, test_warc.archive(packed=False)),
    "warc.gz": (read_warc, test_warc.archive(packed=True)),
    "wacz": (read_wacz, test_wacz.packed(test_wacz.FILES)),
}


def mutated(data, *, chance):
    """Flip, cut out, repeat or put in some bytes."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((0, 1, 1, 4, 40, 400)))
        middle = chance.choice((b"", chance.randbytes(2), data[at:to] * 2, b'"', b"{", b"[", b"\0"))
        data = data[:at] + middle + data[to:]
    return data


@pytest.mark.parametrize("name", WHOLE)
def test_damage_never_leads_to_anything_but_parts_problems_or_a_code(name):
    read, whole = WHOLE[name]
    chance = random.Random(name)
    for _ in range(ROUNDS):
        try:
            reading = read(mutated(whole, chance=chance))
        except UnreadableError as problem:
            assert problem.code in UNREADABLE
        else:
            assert reading.members or reading.problems
            assert {problem.code for problem in reading.problems} <= set(PARTIAL)
            for member in reading.members:
                (member.about.sender if member.about and member.about.sender else "").encode()
