"""Messages of a chat: who wrote which words, and on which day."""

import pytest

from affiant.claims import suggest
from affiant.claims.blocks import blocks
from affiant.claims.chat import messages

DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    "form",
    [
        "[14/03/31, 21:07] {name}: {words}",
        "14.03.2031, 21:07 - {name}: {words}",
        "21:07 {name}: {words}",
        "{name} (21:07): {words}",
        "{name}, 21:07: {words}",
    ],
)
def test_whoever_wrote_a_message_is_the_voice_that_says_it(form):
    lines = [
        form.format(name="Parviz", words="soldiers killed three men near the mosque"),
        form.format(name="Nela K (Sedra)" if form[0] != "{" else "Nela", words="where are you?"),
    ]
    (suggestion,) = suggest("\n".join(lines), text_digest=DIGEST)
    voices = [(voice.name, voice.stance) for voice in suggestion.claim.speakers]
    assert voices == [(None, "reports"), ("Parviz", "asserts")]
    assert suggestion.claim.counts[0].min == 3


def test_the_day_of_a_message_is_read_day_first_and_dates_what_is_seen_as_it_is_written():
    text = (
        "[14/03/31, 21:07] Parviz: they are burning the school\n"
        "[15/03/31, 09:00] Nela: my cousin says two men were killed"
    )
    assert [message.day for message in messages(text)] == ["2031-03-14", "2031-03-15"]
    burning, killing = (suggestion.claim for suggestion in suggest(text, text_digest=DIGEST))
    assert burning.when.edtf == "2031-03-14"
    assert burning.speakers[-1].basis == "saw"
    assert killing.when is None


def test_one_line_with_a_time_and_a_colon_is_no_chat():
    text = "21:07 Sedra: three men were killed by soldiers near the mosque."
    assert messages(text) == []
    assert {block.kind for block in blocks(text)} == {"paragraph"}
