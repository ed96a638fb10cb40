"""Blocks, quotations and the voices in them."""

from affiant.claims import suggest
from affiant.claims.blocks import blocks
from affiant.claims.quotations import find_quotations

DIGEST = "sha256:" + "0" * 64
PAGE = """By Published On: March 14, 2032Categories: Sedra, Killings, NEWS
12 were killed in Sedra

Soldiers killed 12 villagers in Sedra on 14 March 2031, survivors said. Nobody was charged.

Families mourn in Sedra

Related articles

Rebels kill 40 in Nahr

Bomb kills six

Share This Story, Choose Your Platform!
"""
WRAPPED = """   SEDRA, 15 MAR 31 -- [TEXT] THE ARMY COMMAND HAS REPORTED THAT ABOUT 50
PEASANTS OF VARIOUS AGES HAVE BEEN KIDNAPPED BY REBELS OF THE NORTHERN
FRONT.  ACCORDING TO THAT GARRISON, IT HAPPENED ON 3 MARCH.

   MEANWHILE, THREE SOLDIERS WERE KILLED DURING CLASHES YESTERDAY IN THE
DEPARTMENT OF NAHR.
"""


def kinds(text):
    return [
        (block.kind, text[block.start : block.end].split("\n")[0][:30]) for block in blocks(text)
    ]


def claims(text):
    return [suggestion.claim for suggestion in suggest(text, text_digest=DIGEST)]


def test_navigation_by_lines_and_lists_of_links_are_told_from_the_article():
    assert [kind for kind, _ in kinds(PAGE)] == [
        *("menu", "title", "paragraph", "caption"),
        *("menu", "menu", "menu", "menu"),
    ]


def test_navigation_gives_no_claim_and_heading_and_body_give_one_each():
    found = claims(PAGE)
    assert [claim.counts[0].min for claim in found if claim.family == "killing"] == [12, 12]
    assert {voice.name for claim in found for voice in claim.speakers} == {None, "survivors"}


def test_lines_broken_at_a_fixed_width_are_read_as_one_paragraph():
    assert [kind for kind, _ in kinds(WRAPPED)] == ["paragraph", "paragraph"]
    taken = claims(WRAPPED)[0]
    assert taken.act == "abduction"
    assert taken.involvements[1].name == "REBELS OF THE NORTHERN\nFRONT"
    assert [voice.name for voice in taken.speakers] == [None, "THE ARMY COMMAND"]


def test_a_quotation_in_a_quotation_and_a_label_in_marks_are_told_apart():
    text = (
        "He said, “The mayor told me, ‘Six men were killed.’ I wept.” They call him “the butcher”."
    )
    (quotation,) = find_quotations(text, start=0, end=len(text))
    assert text[quotation.start : quotation.end].endswith("I wept.”")
    inner = find_quotations(text, start=quotation.inner_start, end=quotation.inner_end)
    assert [text[each.start : each.end] for each in inner] == ["‘Six men were killed.’"]


def test_a_quotation_left_open_at_the_end_of_a_block_speaks_in_the_next_block_only():
    text = (
        "On 2 May 2033 Mrs. Talavar said, “\n\nSoldiers murdered six of our neighbours in Nahr.\n\n"
        "Two guards were wounded in Sedra.\n"
    )
    killing, wounding = (claim for claim in claims(text) if claim.family in ("killing", "wounding"))
    assert [voice.name for voice in killing.speakers] == [None, "Mrs. Talavar"]
    assert killing.when is None
    assert [voice.name for voice in wounding.speakers] == [None]


def test_she_said_is_the_last_voice_with_a_name():
    text = "Mrs. Talavar spoke in Nahr. “Soldiers killed two of my sons,” she said."
    (claim,) = claims(text)
    assert [voice.name for voice in claim.speakers] == [None, "Mrs. Talavar"]


def test_a_date_is_carried_only_inside_a_paragraph_and_marked_as_context():
    text = (
        "Rebels killed two men on 3 May 2031. They abducted six women.\n\n"
        "They wounded a guard there."
    )
    killing, taking, wounding = claims(text)
    assert (killing.when.edtf, killing.when.basis) == ("2031-05-03", "explicit")
    assert (taking.when.edtf, taking.when.basis) == ("2031-05-03", "context")
    assert wounding.when is None


def test_an_actor_of_another_sentence_is_marked_as_inferred_and_never_crosses_a_paragraph():
    text = "Rebels killed two men. They abducted six women.\n\nThey wounded a guard."
    _, taking, wounding = claims(text)
    actor = next(party for party in taking.involvements if party.side == "accused")
    assert (actor.name, actor.inferred) == ("Rebels", True)
    assert not any(party.side == "accused" for party in wounding.involvements)
    assert "They" in [quote.exact for quote in wounding.quotes if quote.slot == "actor"]


def test_the_dates_of_article_speech_and_anniversary_date_no_act():
    text = (
        "In an article about the massacre of villagers on 1 Sep 2015, Ilan Varesh wrote, “On 3 May"
        " 2013 forty men were killed.”\n\nOn 2 June 2017 the minister said that rebels had killed"
        " nine men.\n\nThis 3 May marks the tenth anniversary of the killing of forty men."
    )
    dates = [claim.when and claim.when.edtf for claim in claims(text) if claim.family == "killing"]
    assert dates == [None, "2013-05-03", None, None]


def test_the_same_text_gives_the_same_suggestions_every_time():
    assert suggest(PAGE, text_digest=DIGEST) == suggest(PAGE, text_digest=DIGEST)
