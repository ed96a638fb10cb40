"""Who says what in a sentence, and how they know; never without a cue word."""

from dataclasses import replace
from typing import Final

from affiant.claims.arabic_script.clauses import clause_start, phrase_back, phrase_on
from affiant.claims.arabic_script.drafts import Layers
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
    return [Attribution(at + 1, end, (0, at), _voice(layers, first=0, last=at - 1))]


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
        pronoun = at <= end and layers.line.tokens[at].key in _theirs(layers)
        if at > end or (at in layers.stops and not pronoun):
            continue
        name = named_phrase(layers, first=at, end=end)
        voice = _voice(layers, first=name[0], last=name[1])
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
    says = [(a, b) for a, b, _ in layers.line.find(verb_cues("speech", "says", language=layers.language))]
    for first, last, _ in layers.line.find(cues("speech", "as_told", language=layers.language)):
        verb = next(((a, b) for a, b in says if last < a <= last + _FAR), None)
        if verb is None:
            continue
        name = _speaker(layers, start=last + 1, end=verb[0] - 1, last=False)
        if name is not None:
            voice = _voice(layers, first=name[0], last=name[1])
            found.append(Attribution(0, end, (first, verb[1]), voice))
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
        found.append(Attribution(last + 1, end, (first, last), _voice(layers, first=at, last=stop)))
    return found


def _names_more(layers: Layers, *, first: int, last: int) -> bool:
    """Tell whether someone is named between "از" and "شنیدم"."""
    return last > first and layers.line.tokens[last].key.endswith(("م", "یم"))


def named_phrase(layers: Layers, *, first: int, end: int) -> tuple[int, int]:
    """Return the words that name somebody best: "یکی از اهالی", the name after "به نام"."""
    tokens = layers.line.tokens
    last = phrase_on(layers, first=first, end=end)
    some = words("speech", "some_of", language=layers.language)
    of = words("words", "of", language=layers.language)
    if tokens[first].key in some and last + 2 <= end and tokens[last + 1].key in of:
        last = phrase_on(layers, first=last + 2, end=end)
    last = _bound_to(layers, last=last, end=end)
    for begin, stop, _ in layers.line.find(cues("speech", "called", language=layers.language)):
        if last < begin <= last + _NEAR and stop < end and stop + 1 not in layers.stops:
            return stop + 1, phrase_on(layers, first=stop + 1, end=end)
    titles = words("people", "titles", language=layers.language)
    keys = layers.line.keys(last + 1, last=min(last + _NEAR, end))
    at = last + 2 + keys.index(",") if "," in keys else end + 1
    if at <= end and tokens[at].key in titles:
        return at, phrase_on(layers, first=at, end=end)
    return first, last


def _bound_to(layers: Layers, *, last: int, end: int) -> int:
    """Return the last word of a phrase that "وابسته به" carries on."""
    keys = layers.line.keys(last, last=last + 1)
    bound = last + 2 <= end and " ".join(keys) in ("وابسته به", "متعلق به", "مستقر در")
    return phrase_on(layers, first=last + 2, end=end) if bound else last


def _voice(layers: Layers, *, first: int, last: int, stance: Stance = "asserts") -> Voice:
    tokens = layers.line.tokens
    span = tokens[first].start, tokens[last].end
    seen = layers.has("speech", "knowing", "saw", first=first, last=last)
    basis: Basis = "saw" if seen else "none_given"
    return Voice(layers.line.exact(first, last=last), span, stance, basis, span if seen else None)


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
            found.append(one)
            last_voice = one.voice
    return found


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
    spoken = _speaker(layers, start=0, end=max(start - 2, head - 1), last=False)
    if start > 1 and keys[start - 1] == "که":
        spoken = phrase_back(layers, last=start - 2, start=0), start - 2
    voice = before
    if spoken is not None and spoken[1] < head:
        voice = _voice(layers, first=spoken[0], last=spoken[1])
    if voice is None and layers.line.tokens[0].key not in _theirs(layers):
        return None
    voice = voice or _voice(layers, first=0, last=0)
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
    name = _antecedent(layers, start=start, cue=cue[0]) or _speaker(
        layers, start=start, end=cue[0] - 1, last=after < 2 and not quoting
    )
    alone = all(key not in _theirs(layers) for key in layers.line.keys(start, last=cue[0] - 1))
    if name is None and start and alone:
        name = _past_relative(layers, start=start)
    if name is None and start and alone:
        name = _speaker(layers, start=_opened(layers, at=start), end=start - 1, last=False)
    if name is None:
        plural = layers.line.tokens[cue[1]].key.endswith(("ند", "ن"))
        if before is None or (plural and start == cue[0]):
            return None
        voice = replace(before, stance=stance)
    else:
        voice = _voice(layers, first=name[0], last=name[1], stance=stance)
        voice = _by_study(layers, voice=voice, between=(name[1], cue))
        if before is not None and _is_this(layers, first=name[0], before=before):
            voice = replace(before, stance=stance)
    content = (
        (_opened(layers, at=cue[0]), cue[0] - 1)
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


def _past_relative(layers: Layers, *, start: int) -> tuple[int, int] | None:
    """Return whom a relative clause that ends here tells of: "خالده، که نامزد بود، گفت"."""
    that = words("words", "that", language=layers.language)
    for at in range(start - 1, 0, -1):
        key = layers.line.tokens[at].key
        if key in ".;!?:":
            return None
        if key in that:
            last = at - 1 - (layers.line.tokens[at - 1].key == ",")
            if last < 0 or last in layers.stops or last in {end for _, end in layers.verbs}:
                return None
            return phrase_back(layers, last=last, start=_opened(layers, at=last)), last
    return None


def _antecedent(layers: Layers, *, start: int, cue: int) -> tuple[int, int] | None:
    """Return whom a relative clause before the verb tells of: "برادرم که سرباز است می‌گوید"."""
    keys = layers.line.keys(start - 1, last=cue - 1) if start > 1 else []
    if len(keys) < _NEAR or keys[0] != "که" or keys[-1] not in ("است", "بود", "هستند", "شود"):
        return None
    first = phrase_back(layers, last=start - 2, start=0)
    return None if start - 2 in layers.stops else (first, start - 2)


def _opened(layers: Layers, *, at: int) -> int:
    """Return the first word after the last semicolon or colon before a word."""
    keys = layers.line.keys(0, last=at - 1)
    return max((index + 1 for index, key in enumerate(keys) if key in ";:"), default=0)


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


def _theirs(layers: Layers) -> frozenset[str]:
    return words("people", "pronouns", language=layers.language)


def _is_this(layers: Layers, *, first: int, before: Voice | None) -> bool:
    """Tell whether "این شورا" takes up the speaker before, "شورای تلیم"."""
    tokens = layers.line.tokens
    if before is None:
        return False
    pointing = first > 0 and tokens[first - 1].key in ("این", "آن", "همین", "هذا", "هذه")
    return (
        pointing and before.name is not None and phrase(before.name).startswith(tokens[first].key)
    )


def _is_content(layers: Layers, *, span: tuple[int, int], end: int) -> bool:
    """Tell whether a phrase is what is denied, not who denies it: "کشتن آنان را رد کرد"."""
    keys = layers.line.keys(span[0], last=end)
    markers = words("words", "object", language=layers.language)
    return keys[0].endswith(("دن", "تن")) and bool(markers & set(keys))


def _follows_that(layers: Layers, *, at: int) -> bool:
    that = words("words", "that", language=layers.language)
    keys = layers.line.keys(at + 1, last=at + 1)
    return bool(keys) and keys[0] in that


def _past_adverbials(layers: Layers, *, first: int, end: int) -> int:
    """Return the first word after phrases with a preposition and dates that open a clause."""
    small = words("words", "prepositions", language=layers.language)
    while first <= end and first in layers.stops:
        if layers.line.tokens[first].key in small and first < end:
            first = phrase_on(layers, first=first + 1, end=end) + 1
        else:
            first += 1
    return first


def _inside_adverbial(layers: Layers, *, start: int, end: int) -> tuple[int, int] | None:
    """Return a body or titled person that seems to go on with "in", "with": "در جمع ... وزیر"."""
    pattern = formed("speech", "institutions", language=layers.language)
    small = words("words", "prepositions", language=layers.language)
    known = {first for first, _, _ in layers.line.find(pattern)}
    titles = words("people", "titles", language=layers.language)
    for at in range(end, start, -1):
        named = at in known or layers.line.tokens[at].key in titles
        if named and layers.line.tokens[at - 1].key not in small:
            return named_phrase(layers, first=at, end=end)
    return None


def _speaker(layers: Layers, *, start: int, end: int, last: bool) -> tuple[int, int] | None:
    """Return the subject of a verb of saying; where the words come first, it is the last."""
    if last:
        for at in range(end, start - 1, -1):
            if layers.line.tokens[at].key in (",", '"'):
                start = at + 1
                break
    mine = words("people", "first_person", language=layers.language)
    theirs = words("people", "pronouns", language=layers.language)
    first = _past_adverbials(layers, first=start, end=end)
    if first > end:
        return _inside_adverbial(layers, start=start, end=end)
    while first <= end and first in layers.stops:
        first += 1
    if first > end or layers.line.tokens[first].key in mine | theirs:
        return None
    found = named_phrase(layers, first=first, end=end)
    if _is_content(layers, span=found, end=end):
        return None
    inside = layers.line.keys(found[0], last=found[1])
    return None if not inside[0][0].isalpha() else found
