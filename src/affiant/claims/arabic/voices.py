"""Who says what in an Arabic sentence: the verb of saying stands before its speaker."""

from dataclasses import dataclass, replace

from affiant.claims.arabic.patterns import LANGUAGE, verbs
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.patterns import cues, formed, words
from affiant.claims.arabic_script.speakers import Attribution, Memory, Voice
from affiant.model.vocabulary import Basis, Stance

_LONGEST_NAME = 9
_DAMMA = "ُ"
_SECOND = 3
_ACCUSING = ("اتهم", "تتهم", "یتهم")
_SOON = 4
_LABEL = 5
_WITH_BA = ("اقر", "یقر", "تقر", "اعترف", "یعترف", "تعترف", "افاد", "یفید", "صرح", "اتهم", "ندد")
_LONGEST_QUOTED = 24
_ADVERBS = frozenset(
    {
        "الینا",
        "الیه",
        "الیها",
        "الیهم",
        "لهم",
        "لها",
        "عنه",
        "مرارا",
        "بالهاتف",
        "هاتفیا",
        "کذلک",
        "ایضا",
        "له",
        "لی",
        "لنا",
        "لاحقا",
        "بدوره",
        "بدورها",
        "الیوم",
        "امس",
    }
)
_INSIDE_NAME = frozenset({"باسم", '"'})


@dataclass(frozen=True, slots=True)
class Said(Attribution):
    """Words that lead to a speaker, and the words that are said.

    Attributes:
        inner: True where another voice passes on what this one says ("نقلا عن").
        to_us: True where it was told to the voice outside ("أخبرني").
    """

    inner: bool = False
    to_us: bool = False


def attributions(sentence: Sentence, *, memory: Memory) -> list[Attribution]:
    """Return who says what, in order of the cues."""
    found = [*_according(sentence)]
    taken = {at for one in found for at in range(one.cue[0], one.cue[1] + 1)}
    stances: tuple[tuple[str, Stance], ...] = (
        ("denies", "denies"),
        ("corrects_verbs", "corrects"),
        ("retracts_verbs", "retracts"),
        ("says", "asserts"),
    )
    told: list[tuple[int, Stance]] = []
    for name, stance in stances:
        for first, _, _ in sentence.line.find(verbs(name)):
            if first not in taken and _is_verb(sentence, at=first):
                taken.add(first)
                told.append((first, stance))
    told.sort()
    last = memory.last
    for index, (at, stance) in enumerate(told):
        end = told[index + 1][0] - 1 if index + 1 < len(told) else len(sentence.line.tokens) - 1
        one = _by_verb(sentence, at=at, end=end, stance=stance, before=last)
        if one is not None:
            found.append(one)
            last = one.voice
            found.extend(_passed_on(sentence, said=one, at=at, end=end))
    found.extend(_going_on(sentence, said=found, before=memory.last))
    return sorted(found, key=lambda one: one.cue)


def _going_on(sentence: Sentence, *, said: list[Said], before: Voice | None) -> list[Said]:
    """Return what speakers go on with, which no denial before it holds: "متحدثا عن"."""
    found = []
    end = len(sentence.line.tokens) - 1
    for first, last, _ in sentence.line.find(cues("speech", "participles", language=LANGUAGE)):
        spoken = [one for one in said if one.cue[1] < first]
        voice = spoken[-1].voice if spoken else before
        if voice is not None:
            found.append(Said(last + 1, end, (first, last), replace(voice, stance="asserts")))
    return found


def _is_verb(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a word is a verb of saying here and speaks of others than "I" or "we"."""
    key = sentence.line.tokens[at].key
    if key.startswith("ال") or key in words("speech", "not_verbs", language=LANGUAGE):
        return False
    raw = sentence.written(at)
    if _DAMMA in raw[1:_SECOND] and key[0] not in "ینتا":
        return False
    return not (
        at > 0 and sentence.line.tokens[at - 1].key in ("لم", "ما", "لا", "عن", "عدم", "دون")
    )


def _by_verb(
    sentence: Sentence, *, at: int, end: int, stance: Stance, before: Voice | None
) -> Said | None:
    """Return the speaker of a verb of saying and the words that are said."""
    tokens = sentence.line.tokens
    key = tokens[at].key
    name = _name_after(sentence, at=at, end=end)
    front = name is None and at > 0 and _stands_before(sentence, at=at - 1)
    if front:
        name = _name_before(sentence, at=at)
    if name is None and at > 1:
        name = _in_front(sentence, at=at)
        front = name is not None
    mine = key in ("قلت", "قلنا", "قلتلهم", "اقول", "نقول") or (
        key[0] in "نا" and key[1:] in ("قول", "علن", "وکد", "نفی")
    )
    if mine or (name is None and (before is None or key.endswith(("وا", "ولی")))):
        return None
    voice = (
        _voice(sentence, first=name[0], last=name[1], stance=stance)
        if name
        else replace(before or Voice(None), stance=stance)
    )
    if name and before and tokens[name[0]].key in words("speech", "its_word", language=LANGUAGE):
        voice = replace(before, stance=stance)
    opened = at if name is None or front else name[1]
    that = _that(sentence, first=opened + 1, end=end, near=stance == "denies")
    marked = next((i for i in range(opened + 1, end + 1) if tokens[i].key == '"'), None)
    first = that[0] if that else opened + 1
    cue = (min(at, name[0]) if name else at, opened)
    if not that and marked is None and stance == "asserts":
        if opened >= len(tokens) - 2:
            return Said(0, at - 1, cue, voice)
        if end - opened < 2:
            return None
    return Said(first, end, cue, voice)


def _that(sentence: Sentence, *, first: int, end: int, near: bool) -> list[int]:
    """Return the words for "that"; what is denied may stand before one that comes later."""
    tokens = sentence.line.tokens
    found = [
        at
        for at in range(first, end + 1)
        if at in sentence.that or tokens[at].key in (":", "قایلا")
    ]
    return [] if near and found and found[0] >= first + _SOON else found


def _name_after(sentence: Sentence, *, at: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase after a verb of saying."""
    tokens = sentence.line.tokens
    first = at + 1
    while first <= end and tokens[first].key in _ADVERBS and first < at + 3:
        first += 1
    label = _label(sentence, first=first, end=end)
    if label is not None or first > end or not _may_name(sentence, at=first):
        return label
    if first in sentence.stops and first not in {hit.first for hit in sentence.hits}:
        numbers = {one.number.first for one in sentence.people}
        if first not in numbers:
            return None
    last = first
    while last < end and last - first < _LONGEST_NAME:
        if _ends_name(sentence, at=last + 1, verb=tokens[at].key):
            break
        last += 1
    return (first, last) if tokens[first].key[0].isalpha() else None


def _ends_name(sentence: Sentence, *, at: int, verb: str) -> bool:
    """Tell whether the name of a speaker ends before a word.

    Args:
        sentence: The sentence.
        at: The word.
        verb: The verb of saying, after which "ب" leads on, or an accused is told.
    """
    token = sentence.line.tokens[at]
    if not (token.is_word or token.key == '"') or at in sentence.that:
        return True
    if at in sentence.stops and token.key not in _INSIDE_NAME:
        return True
    actor = at in sentence.kinds["actors"] and token.key.startswith("ال")
    if (actor and verb.startswith(_ACCUSING)) or (
        token.key[0] == "ب" and verb.startswith(_WITH_BA)
    ):
        return True
    return token.key == '"' and not _quotes_a_name(sentence, at=at)


def _label(sentence: Sentence, *, first: int, end: int) -> tuple[int, int] | None:
    """Return the name between two quotation marks that follows a verb: تبنى «أحرار الأطلال»."""
    keys = sentence.line.keys(first, last=min(first + _LABEL, end))
    if keys[:1] != ['"'] or '"' not in keys[2:]:
        return None
    return first + 1, first + keys.index('"', 2) - 1


def _may_name(sentence: Sentence, *, at: int) -> bool:
    """Tell whether the name of a speaker may begin at a word."""
    token = sentence.line.tokens[at]
    small = sentence.that | sentence.prepositions
    cited = words("speech", "evidence", language=LANGUAGE)
    return (
        token.is_word
        and at not in small
        and token.key not in cited
        and not _names_nobody(token.key)
    )


def _in_front(sentence: Sentence, *, at: int) -> tuple[int, int] | None:
    """Return who the sentence begins with, where the verb comes later: "ممرض كان هنا روى أن"."""
    tokens = sentence.line.tokens
    first = 0
    while first < at and (tokens[first].key in ("و", "-", '"', "اما") or first in sentence.dated):
        first += 1
    between = {hit.first for hit in sentence.hits} | {one[0] for one in sentence.saying}
    if first >= at - 1 or first in sentence.stops or not between.isdisjoint(range(first, at)):
        return None
    known = sentence.kinds["persons"] | sentence.kinds["kin"] | sentence.kinds["actors"]
    bodies = formed("speech", "institutions", language=LANGUAGE)
    is_body = bodies.search(tokens[first].key.removeprefix("ال")) is not None
    if first not in known and not is_body:
        return None
    return first, sentence.phrase(first)


def _names_nobody(key: str) -> bool:
    """Tell whether a word after a verb of saying begins what is said: "نفى سقوط"."""
    return key.startswith("بال") or key in words("speech", "no_names", language=LANGUAGE)


def _quotes_a_name(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a quotation mark belongs to a name: إذاعة «صوت النهر»."""
    tokens = sentence.line.tokens
    for opened in (at, at - 1):
        pair = sentence.line.keys(opened, last=opened + 1) == ['"', '"']
        if pair and tokens[opened + 1].start - tokens[opened].end <= _LONGEST_QUOTED:
            return opened + 2 < len(tokens) and tokens[opened + 2].is_word
    return False


def _stands_before(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a word before a verb can end its subject; "عم" marks the verb itself."""
    return at not in sentence.stops or sentence.line.tokens[at].key == "عم"


def _name_before(sentence: Sentence, *, at: int) -> tuple[int, int] | None:
    """Return the noun phrase before a verb of saying: "الشوفير قال"."""
    first, tokens = at - 1, sentence.line.tokens
    if first > 0 and sentence.line.tokens[first].key == "عم":
        first = at = at - 2 + 1
        first -= 1
    while first > 0 and first - 1 not in sentence.stops and at - first < _LONGEST_NAME:
        first -= 1
    if first > 1 and tokens[first - 1].key == "من" and first - 2 in sentence.kinds["persons"]:
        first -= 2
    if first > 0 and first - 1 in sentence.prepositions:
        return None
    if tokens[first].key in words("speech", "evidence", language=LANGUAGE):
        return None
    return (first, at - 1) if sentence.line.tokens[first].key[0].isalpha() else None


def _voice(sentence: Sentence, *, first: int, last: int, stance: Stance = "asserts") -> Voice:
    tokens = sentence.line.tokens
    span = tokens[first].start, tokens[last].end
    seen = next(iter(_within(sentence, name="saw", first=first, last=last)), None) is not None
    basis: Basis = "saw" if seen else "none_given"
    return Voice(sentence.line.exact(first, last=last), span, stance, basis, span if seen else None)


def _within(sentence: Sentence, *, name: str, first: int, last: int) -> list[tuple[int, int]]:
    pattern = cues("speech", "knowing", name, language=LANGUAGE)
    line = " ".join(sentence.line.keys(first, last=last))
    return [(match.start(), match.end()) for match in pattern.finditer(line)]


def _according(sentence: Sentence) -> list[Said]:
    """Return the speakers after "بحسب", whose words stand before it or run after it."""
    found = []
    tokens = sentence.line.tokens
    end = len(tokens) - 1
    for first, last, match in sentence.line.find(cues("speech", "according", language=LANGUAGE)):
        at = last + 1
        if at <= end and tokens[at].key == "ل":
            at += 1
        stop = None if at > end else _name_after(sentence, at=at - 1, end=end)
        if stop is None:
            continue
        voice = _voice(sentence, first=stop[0], last=stop[1])
        if match[0] in ("وفقا", "طبقا") and at == last + 1:
            voice = _without_letter(voice)
        inner = match[0] == "نقلا عن"
        heard = match[0].startswith("سمع")
        fronted = first == 0 or (first == 1 and tokens[0].key == "و") or inner or heard
        content = (stop[1] + 1, end) if fronted else (_opened(sentence, at=first), first - 1)
        found.append(
            Said(
                *content, (first, stop[1]), voice, inner=inner, to_us=heard or "ابلغنا" in match[0]
            )
        )
    return found


def _without_letter(voice: Voice) -> Voice:
    """Return a voice without the "ل" that is written onto its name: "وفقا لاتحاد"."""
    if voice.name is None or voice.span is None or not voice.name.startswith("ل"):
        return voice
    return replace(voice, name=voice.name[1:], span=(voice.span[0] + 1, voice.span[1]))


def _opened(sentence: Sentence, *, at: int) -> int:
    """Return where the sentence part before a word begins."""
    for index in range(at - 1, -1, -1):
        if sentence.line.tokens[index].key in (".", ";", "!"):
            return index + 1
    return 0


def _passed_on(sentence: Sentence, *, said: Said, at: int, end: int) -> list[Said]:
    """Return the voice that is passed on: "نقلت الإذاعة عن الطبيبة قولها إن"."""
    tokens = sentence.line.tokens
    after = said.cue[1] + 1
    if not tokens[at].key.startswith(("نقل", "تنقل", "ینقل")) or after > end:
        return []
    if tokens[after].key != "عن":
        return []
    name = _name_after(sentence, at=after, end=end)
    if name is None:
        return []
    last = name[1]
    if tokens[last].key.startswith("قول") and last > name[0]:
        last -= 1
    voice = _voice(sentence, first=name[0], last=last)
    return [Said(name[1] + 1, end, (after, name[1]), voice, inner=True)]


def chain_of(
    sentence: Sentence,
    *,
    at: int,
    outer: tuple[Voice, ...],
    said: list[Attribution],
    memory: Memory,
) -> tuple[Voice, ...]:
    """Return the voices that say the word at ``at``, outermost first."""
    holding = [one for one in said if isinstance(one, Said) and one.holds(at)]
    chain = outer
    plain = [one for one in holding if not one.inner][-1:]
    for one in [*plain, *(one for one in holding if one.inner)]:
        told = (chain[-1].name is not None and not one.inner) or memory.testimony or one.to_us
        basis: Basis = (
            "told_by" if told and (chain[-1].name or not _is_body(one.voice)) else "none_given"
        )
        if chain[-1].name is None and not memory.testimony and not one.to_us:
            basis = "none_given"
        if one.inner and len(chain) > 1 and chain[-2].basis == "told_by":
            basis = "told_by"
        passing = replace(chain[-1], stance="reports", basis=basis)
        chain = (*chain[:-1], passing, one.voice)
    return chain


def _is_body(voice: Voice) -> bool:
    """Tell whether a voice is a public body or speaks for one."""
    found = words("speech", "institutions", language=LANGUAGE)
    first = (voice.name or "").split()
    return bool(first) and any(first[0].removeprefix("ال").startswith(one[:4]) for one in found)
