"""Drafts of one sentence completed from what stands before them, and what is kept of them."""

from collections.abc import Mapping

from affiant.claims.english.afterwards import number_after_colon
from affiant.claims.english.blame import (
    accused_before,
    accused_of_event,
    carry_accused,
    drop_pronouns,
    full_name,
    remember_armed,
)
from affiant.claims.english.carrying import (
    remember,
    remember_named,
    remember_subject,
    resolve,
)
from affiant.claims.english.drafts import Draft
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.voices import Memory
from affiant.claims.english.whereabouts import carry_place, remember_place


def settle(acts: list[Draft], *, says: Mapping[int, str | None], memory: Memory) -> None:
    """Complete people, place and date of the acts of a sentence from what stands before.

    Args:
        acts: The acts.
        says: By ``id`` of a draft, the name of the voice that says it.
        memory: What the text has told so far.
    """
    settled: list[Draft] = []
    for draft in sorted(acts, key=lambda one: one.anchor):
        accused_before(draft, others=settled)
        resolve(draft, memory=memory)
        carry_place(draft, memory=memory, before=settled)
        full_name(draft, memory=memory)
        accused_of_event(draft, others=settled)
        number_after_colon(draft, others=settled)
        carry_accused(draft, memory=memory, voice=says.get(id(draft)))
        drop_pronouns(draft)
        settled.append(draft)


def remember_told(
    sentence: Sentence, *, acts: list[Draft], memory: Memory, voice: str | None
) -> None:
    """Keep who, where and when of a sentence for the next one."""
    remember_named(sentence, memory=memory)
    remember_subject(sentence, memory=memory)
    remember_armed(sentence, acts=acts, memory=memory, voice=voice)
    remember_place(sentence, acts=acts, memory=memory)
    for draft in acts:
        remember(draft, memory=memory)
