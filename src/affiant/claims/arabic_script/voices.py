"""Who says what in a sentence, and how they know; never without a cue word."""

from dataclasses import replace
from typing import Final

from affiant.claims.arabic_script.clauses import clause_start, phrase_back, phrase_on
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.naming import (
    antecedent,
    named_phrase,
    opened_at,
    past_relative,
    pronouns_of,
    speaker_in,
    voice_at,
)
from affiant.claims.arabic_script.patterns import cues, formed, phrase, verb_cues, words
from affiant.claims.arabic_script.speakers import Attribution, Memory, Voice, name_keys
from affiant.model.vocabulary import Basis, Stance

_LONGEST_HEAD: Final = 8
_FEWEST_TOLD: Final = 3
_NEAR: Final = 3
_FAR: Final = 16


def attributions(layers: Layers, *, memory: Memory) -> list[Attribution]:
    """Return who says what, in order of the cues."""
    told = _as_told(layers)
    said = [
        one
        for one in _said(layers, memory=memory)
        if all(other.cue[1] != one.cue[1] for other in told)
    ]
    found = [
        *_headed(layers),
        *_according(layers, said=said, memory=memory),
        *told,
        *_heard(layers, said=said),
        *said,
    ]
    return sorted((_own(one, memory=memory) for one in found), key=lambda one: one.cue)


def _own(one: Attribution, *, memory: Memory) -> Attribution:
    """Return an attribution to whoever issued the document as the document's own voice."""
    name = one.voice.name
    if name is None or not memory.issuer or not set(name_keys(name)) <= memory.issuer:
        return one
    return replace(one, voice=replace(one.voice, name=None, span=None))


def _headed(layers: Layers) -> list[Attribution]:
    """Return the voice before the colon of a headline: "منابع محلی: ..."."""
    keys = [token.key for token in layers.line.tokens]
    if ":" not in keys[1:_LONGEST_HEAD] or keys[0] in ("-", "•", "*"):
        return []
    at, end = keys.index(":", 1), len(keys) - 1
    if end - at < _FEWEST_TOLD or not _is_head(layers, end=at):
        return []
    return [Attribution(at + 1, end, (0, at), voice_at(layers, first=0, last=at - 1))]


def _is_head(layers: Layers, *, end: int) -> bool:
    """Tell whether the words before a colon name one who speaks: a body, a person, or "I" after."""
    head, language = set(range(end)), layers.language
    pattern = formed("speech", "institutions", language=language)
    if any(last < end for _, last, _ in layers.line.find(pattern)):
        return layers.stops.isdisjoint(head)
    keys = set(layers.line.keys(0, last=end - 1))
    if keys & words("speech", "no_heads", language=language):
        return False
    known = layers.kinds["persons"] | layers.kinds["kin"]
    titled = keys & words("people", "titles", language=language)
    mine = words("people", "first_person", language=language)
    said = mine & set(layers.line.keys(end + 1, last=len(layers.line.tokens) - 1))
    inner = {at for at in head if layers.line.tokens[at].key not in (",", '"')}
    return bool(known & head or titled or said) and layers.stops.isdisjoint(inner)


def _according(layers: Layers, *, said: list[Attribution], memory: Memory) -> list[Attribution]:
    """Return the speakers after "به گفته", whose words run to the end of the sentence.

    Inside the words of another they are those of a voice inside that voice.
    """
    found = []
    end = len(layers.line.tokens) - 1
    leading = words("speech", "leading", language=layers.language)
    for first, last, _ in layers.line.find(cues("speech", "according", language=layers.language)):
        at = last + 1
        while at < end and layers.line.tokens[at].key in leading:
            at += 1
        pronoun = at <= end and layers.line.tokens[at].key in pronouns_of(layers)
        if at > end or (at in layers.stops and not pronoun):
            continue
        name = named_phrase(layers, first=at, end=end)
        voice = voice_at(layers, first=name[0], last=name[1])
        if pronoun or _is_this(layers, first=at, before=memory.last):
            if memory.last is None:
                continue
            voice = replace(memory.last, stance="asserts")
        outer = [one for one in said if one.holds(first) and one.cue[1] < first]
        start = outer[-1].first if outer else 0
        found.append(Attribution(start, end, (first, max(name[1], at)), voice))
    return found


def _as_told(layers: Layers) -> list[Attribution]:
    """Return who said it after "بنا بر آنچه"; the rest of the sentence is what was said."""
    found, end = [], len(layers.line.tokens) - 1
    says = [
        (a, b)
        for a, b, _ in layers.line.find(verb_cues("speech", "says", language=layers.language))
    ]
    found.extend(_written(layers))
    for first, last, _ in layers.line.find(cues("speech", "as_told", language=layers.language)):
        verb = next(((a, b) for a, b in says if last < a <= last + _FAR), None)
        if verb is None:
            continue
        name = speaker_in(layers, start=last + 1, end=verb[0] - 1, last=False)
        if name is not None:
            voice = voice_at(layers, first=name[0], last=name[1])
            found.append(Attribution(0, end, (first, verb[1]), voice))
    return found


def _written(layers: Layers) -> list[Attribution]:
    """Return the document that says it: "در نامهٔ زندانیان آمده است که"."""
    found, end = [], len(layers.line.tokens) - 1
    for first, last, _ in layers.line.find(cues("speech", "written_in", language=layers.language)):
        start = clause_start(layers, at=first)
        if layers.line.tokens[start].key not in ("در", "تو", "توی") or start + 1 >= first:
            continue
        stop = phrase_on(layers, first=start + 1, end=first - 1)
        voice = voice_at(layers, first=start + 1, last=stop)
        found.append(Attribution(last + 1, end, (start, last), voice))
    return found


def _heard(layers: Layers, *, said: list[Attribution]) -> list[Attribution]:
    """Return those from whom another heard it: "می‌گفت از سربازها شنیده که"."""
    found = []
    end = len(layers.line.tokens) - 1
    for first, last, _ in layers.line.find(cues("speech", "heard_from", language=layers.language)):
        told = [one for one in said if one.holds(first)]
        at = first + 1
        if at in layers.stops or not (told or _names_more(layers, first=at, last=last)):
            continue
        stop = phrase_on(layers, first=at, end=last)
        found.append(
            Attribution(last + 1, end, (first, last), voice_at(layers, first=at, last=stop))
        )
    return found


def _names_more(layers: Layers, *, first: int, last: int) -> bool:
    """Tell whether someone is named between "از" and "شنیدم"."""
    return last > first and layers.line.tokens[last].key.endswith(("م", "یم"))


def _said(layers: Layers, *, memory: Memory) -> list[Attribution]:
    """Return the speakers of verbs of saying and denying."""
    found = []
    stances: tuple[tuple[str, Stance], ...] = (
        ("denies", "denies"),
        ("says", "asserts"),
        ("corrects", "corrects"),
        ("retracts", "retracts"),
        ("declines", "declines"),
        ("sees", "asserts"),
    )
    taken: set[int] = set()
    told: list[tuple[int, int, Stance]] = []
    for name, stance in stances:
        for first, last, _ in layers.line.find(verb_cues("speech", name, language=layers.language)):
            small = words("words", "prepositions", language=layers.language)
            noun = first > 0 and layers.line.tokens[first - 1].key in small and first == last
            noun = noun or layers.line.tokens[last].key in words(
                "verbs", "not_said", language=layers.language
            )
            noun = noun or _not_said(layers, first=first, last=last, sees=name == "sees")
            if not noun and taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                told.append((first, last, stance))
    last_voice = memory.last
    for first, last, stance in sorted(told):
        one = _accusing(layers, cue=(first, last), before=last_voice) or _by_verb(
            layers, cue=(first, last), stance=stance, before=last_voice
        )
        if one is not None:
            found.append(_around(one, stance=stance))
            last_voice = one.voice
    return found


def _around(one: Attribution, *, stance: Stance) -> Attribution:
    """Return a denial whose words stand around what is denied: "منکر قطع آب شد"."""
    first, last = one.cue
    if stance != "denies" or last - first < _NEAR:
        return one
    return replace(one, first=first + 1, last=last - 1, cue=(last, last))


def _not_said(layers: Layers, *, first: int, last: int, sees: bool) -> bool:
    """Tell whether a verb leads to no words: not said, could not be said, not seen that."""
    keys = layers.line.keys(max(0, first - _NEAR * 2), last=last)
    if any(key.startswith(("نتوانست", "نمیتوان")) for key in keys):
        return True
    said = layers.line.keys(max(0, first - 1), last=first - 1) if first else []
    if set(said) & words("words", "modality", "called_for", language=layers.language):
        return True
    if not sees:
        return False
    key = layers.line.tokens[last].key
    return key.endswith(("م", "ن")) or not _follows_that(layers, at=last)


def _accusing(layers: Layers, *, cue: tuple[int, int], before: Voice | None) -> Attribution | None:
    """Return who accuses whom of what: "X ارتش را به کشتن ۱۵ نفر متهم کرد"."""
    found = layers.line.find(verb_cues("speech", "accuses", language=layers.language))
    if cue not in [(first, last) for first, last, _ in found]:
        return None
    keys = layers.line.keys(0, last=cue[0] - 1)
    markers = words("words", "object", language=layers.language)
    marker = next((at for at in range(len(keys) - 1, 0, -1) if keys[at] in markers), None)
    if marker is None:
        return None
    known = set(range(marker)) & layers.kinds["actors"]
    start = max((at + 1 for at in range(marker) if keys[at] in {"که", ",", ";", ":"}), default=0)
    head = min((at for at in known if at >= start), default=marker - 1)
    head = head if head > start or start else marker - 1
    spoken = speaker_in(layers, start=0, end=max(start - 2, head - 1), last=False)
    if start > 1 and keys[start - 1] == "که":
        spoken = phrase_back(layers, last=start - 2, start=0), start - 2
    voice = before
    if spoken is not None and spoken[1] < head:
        voice = voice_at(layers, first=spoken[0], last=spoken[1])
    if voice is None and layers.line.tokens[0].key not in pronouns_of(layers):
        return None
    voice = voice or voice_at(layers, first=0, last=0)
    end = len(layers.line.tokens) - 1
    told = (cue[1] + 1, end) if _follows_that(layers, at=cue[1]) else (marker + 2, cue[0] - 1)
    return Attribution(*told, cue, replace(voice, stance="asserts"), (head, marker - 1))


def _by_verb(
    layers: Layers, *, cue: tuple[int, int], stance: Stance, before: Voice | None
) -> Attribution | None:
    """Return the speaker of a verb of saying and the words that are said."""
    end = len(layers.line.tokens) - 1
    start = clause_start(layers, at=cue[0])
    if start == cue[0] and start and _is_hearsay(layers, cue=cue):
        return None
    after = sum(1 for token in layers.line.tokens[cue[1] + 1 :] if token.is_word)
    ended = layers.line.keys(cue[1] + 1, last=cue[1] + 1) in ([";"], ["."])
    first_told = after < 2 or ended
    first_told = first_told or (stance == "denies" and not _follows_that(layers, at=cue[1]))
    quoting = layers.line.keys(cue[1] + 1, last=cue[1] + 1) in ([":"], ['"'])
    name = antecedent(layers, start=start, cue=cue[0]) or speaker_in(
        layers, start=start, end=cue[0] - 1, last=after < 2 and not quoting
    )
    alone = all(key not in pronouns_of(layers) for key in layers.line.keys(start, last=cue[0] - 1))
    if name is None and start and alone:
        name = past_relative(layers, start=start)
    if name is None and start and alone:
        name = speaker_in(layers, start=opened_at(layers, at=start), end=start - 1, last=False)
    if name is None:
        plural = layers.line.tokens[cue[1]].key.endswith(("ند", "ن"))
        if before is None or (plural and start == cue[0]):
            return None
        voice = replace(before, stance=stance)
    else:
        voice = voice_at(layers, first=name[0], last=name[1], stance=stance)
        voice = _by_study(layers, voice=voice, between=(name[1], cue))
        if before is not None and _is_this(layers, first=name[0], before=before):
            voice = replace(before, stance=stance)
    content = (
        (opened_at(layers, at=cue[0]), cue[0] - 1)
        if after < 2 or (ended and stance != "denies")
        else (start, cue[0] - 1)
        if first_told
        else (cue[1] + 1, end)
    )
    opened = name[0] if name else cue[0]
    return Attribution(*content, (max(opened, 0) if not first_told else cue[0], cue[1]), voice)


def _is_hearsay(layers: Layers, *, cue: tuple[int, int]) -> bool:
    """Tell whether nobody in particular says it: "نه جوان که می‌گویند گم‌اند"."""
    plural = layers.line.tokens[cue[1]].key.endswith(("ند", "ن"))
    that = words("words", "that", language=layers.language)
    return plural and layers.line.tokens[cue[0] - 1].key in that


def _by_study(layers: Layers, *, voice: Voice, between: tuple[int, tuple[int, int]]) -> Voice:
    """Return a voice with how it knows, where the words beside it tell: papers, images, eyes."""
    tokens = layers.line.tokens
    after, cue = between
    seen = layers.line.find(verb_cues("speech", "sees", language=layers.language))
    if cue in [(first, last) for first, last, _ in seen]:
        return replace(voice, basis="saw", cue=(tokens[cue[0]].start, tokens[cue[1]].end))
    bases: tuple[Basis, ...] = ("document", "instrument")
    for basis in bases:
        pattern = cues("speech", "knowing", basis, language=layers.language)
        for first, last, _ in layers.line.find(pattern):
            if after < first <= last < cue[0]:
                span = tokens[first].start, tokens[last].end
                return replace(voice, basis=basis, cue=span)
    return voice


def _is_this(layers: Layers, *, first: int, before: Voice | None) -> bool:
    """Tell whether "این شورا" takes up the speaker before, "شورای تلیم"."""
    tokens = layers.line.tokens
    if before is None:
        return False
    pointing = first > 0 and tokens[first - 1].key in ("این", "آن", "همین", "هذا", "هذه")
    return (
        pointing and before.name is not None and phrase(before.name).startswith(tokens[first].key)
    )


def _follows_that(layers: Layers, *, at: int) -> bool:
    that = words("words", "that", language=layers.language)
    keys = layers.line.keys(at + 1, last=at + 1)
    return bool(keys) and keys[0] in that
