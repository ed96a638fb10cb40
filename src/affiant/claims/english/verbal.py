"""Acts told by verbs: who did or suffered what, by voice and form."""

from affiant.claims.english.attributed import group_start
from affiant.claims.english.cues import Trigger, Voice, by_attribute, by_toll
from affiant.claims.english.frames import ActForm, Part, act_forms, part_end
from affiant.claims.english.persons import listed_people
from affiant.claims.english.phrases import Phrase, head, object_after, object_past_inserts
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import word_set
from affiant.model.vocabulary import Act

_TIMES = frozenset(
    {
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "day",
        "days",
        "night",
        "hour",
        "hours",
        "minutes",
        "morning",
        "afternoon",
        "evening",
        "time",
        "times",
        "last",
    }
)
_FREELY = frozenset(
    {"accountable", "responsible", "rally", "talks", "liable", "hand", "hands", "up"}
)
_CLOSING = frozenset({"when", "by", "under", "beneath"})
_ELLIPTIC = frozenset(
    {
        "others",
        "those",
        "other",
        "several",
        "many",
        "some",
        "more",
        "another",
        "both",
        "all",
        "few",
        "most",
    }
)


def clause_subject(sentence: Sentence, *, index: int, coordinated: bool = False) -> Phrase | None:
    """Return the subject of the nearest finite verb to the left.

    What "and" joins has the subject of the verb before, in a relative clause too; a
    participle after a comma has that of the main clause.
    """
    for at in range(index - 1, max(index - 60, -1), -1):
        if sentence.tag(at) in ("verb", "act", "speech") or (
            sentence.tag(at) == "be" and sentence.tag(at + 1) not in ("verb", "act", "speech")
        ):
            subject = subject_before(sentence, index=group_start(sentence, index=at))
            if subject is not None and (coordinated or not subject.antecedent):
                return subject
        told = sentence.low(at) == "that" and sentence.tag(at - 1) in ("speech", "date", "adv")
        if sentence.low(at) == ";" or told:
            return None
    return None


def by_verb(sentence: Sentence, *, index: int, before: list[Trigger]) -> Trigger | None:
    """Return the act of a verb form, or None where it tells of none."""
    act = act_forms()[sentence.low(index)]
    group = group_start(sentence, index=index)
    tags = {sentence.tag(at) for at in range(group, index)}
    part = _second_part(sentence, index=index, act=act)
    told = _act_told(sentence, index=index, act=act, part=part[0].act if part else None)
    last, between = (index, None) if part is None else (part[1], part[2])
    if told is None:
        return None
    if part is None and act.form.lemma in word_set("acts", "bereaved", "verbs"):
        return _loss(sentence, index=index, group=group, told=told)
    if part[0].befalls if part else act.happens:
        happened = _happening(sentence, index=index, group=group, last=last, told=told)
        return happened or _and_then(before, index=index, last=last, group=group, told=told)
    cue = sentence.low(index) + (f" … {sentence.low(last)}" if last > index else "")
    if act.form.participle and "be" in tags and not act.form.ing:
        subject = _sufferer(sentence, group=group, before=before)
        return Trigger(index, last, group, told, "passive", subject, None, f"passive verb “{cue}”")
    attribute = _attribute(sentence, index=index, group=group, last=last, act=act)
    if attribute is not None:
        return by_attribute(sentence, index=index, act=told) if attribute else None
    patient = None
    closed = last > index and sentence.low(last) in _CLOSING
    if not closed and not _in_headline(sentence, index=index, group=group, last=last):
        patient = between or _object_of(sentence, index=last + 1)
    if patient is None and part is not None:
        patient = _owner_in(sentence, first=index + 1, last=last)
    if patient is None:
        return _bare_participle(
            sentence, index=index, group=group, told=(told, last), before=before
        )
    ing = act.form.ing and "be" not in tags
    agent = _agent_before(sentence, index=index, group=group, ing=ing)
    return Trigger(index, last, group, told, "active", patient, agent, f"active verb “{cue}”")


def _owner_in(sentence: Sentence, *, first: int, last: int) -> Phrase | None:
    """Return "my" in "jumped on my back": whose body the second part speaks of."""
    whose = word_set("words", "possessive")
    at = next((at for at in range(first, last + 1) if sentence.low(at) in whose), None)
    return None if at is None else Phrase(at, at)


def _and_then(
    before: list[Trigger], *, index: int, last: int, group: int, told: Act
) -> Trigger | None:
    """Return what then befell those of a passive before: "stabbed in the thigh, bled to death"."""
    near = before and before[-1].voice in ("passive", "fragment") and index - before[-1].last < 10
    if not near or group != index:
        return None
    victim = before[-1].patient
    rule = "what then befell those told before"
    voice: Voice = "fragment" if victim is None else "happens"
    return Trigger(index, last, group, told, voice, victim, None, rule)


def _loss(sentence: Sentence, *, index: int, group: int, told: Act) -> Trigger | None:
    """Return whom somebody lost or buried: "we lost four: Tam, …", "buried both her sons"."""
    lost = object_after(sentence, index=index + 1)
    passive = any(sentence.tag(at) == "be" for at in range(group, index))
    if lost is None or passive:
        return None
    bare = sentence.tag(lost.last) == "num"
    listed = head(sentence, phrase=lost) in listed_people()
    ends = sentence.tag(lost.last + 1) in ("punct", "end") and lost.first == lost.last
    if not listed and not (bare and ends):
        return None
    rule = f"“{sentence.low(index)}” of those who were lost"
    return Trigger(index, index, group, told, "active", lost, None, rule)


def _act_told(sentence: Sentence, *, index: int, act: ActForm, part: Act | None) -> Act | None:
    """Return the act that the form tells of, or None: "held a rally" tells of none."""
    group = group_start(sentence, index=index)
    passive = any(sentence.tag(at) == "be" for at in range(group, index))
    told = part or act.plain
    held = told in (None, "confiscation", "detention") and part is None
    if held and passive and sentence.low(index + 1) == "by":
        told = _held_by(sentence, index=index, group=group) or told
    near = set(sentence.lows(index, last=index + 8))
    excused = act.form.lemma in ("hold", "keep") and near & _FREELY
    embraced = act.form.lemma == "hold" and sentence.low(group - 1) == "i"
    aimed = act.form.lemma == "shoot" and part is None and sentence.low(index + 1) == "at"
    counted = act.form.lemma == "shoot" and sentence.tag(index - 1) == "num"
    fired = counted and bool({"fired", "rang"} & set(sentence.lows(index + 1, last=index + 2)))
    return None if excused or embraced or aimed or fired else told


def _in_headline(sentence: Sentence, *, index: int, group: int, last: int) -> bool:
    """Tell whether a figure stands before a participle without its verb: "2 killed, 7 hurt"."""
    form = act_forms()[sentence.low(index)].form
    figure = form.participle and group == index and sentence.tag(index - 1) == "num"
    return figure and sentence.tag(last + 1) in ("punct", "conj", "prep", "end", "adv")


def _object_of(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the object after the verb, or that of the verb that "and" joins to it."""
    return _patient_after(sentence, index=index) or _shared_object(sentence, index=index)


def _held_by(sentence: Sentence, *, index: int, group: int) -> Act | None:
    """Return the act in "was taken by soldiers" and "are being held by the militia"."""
    holder = object_after(sentence, index=index + 2)
    if holder is None or head(sentence, phrase=holder) not in word_set("people", "agents"):
        return None
    lemma = act_forms()[sentence.low(index)].form.lemma
    subject = subject_before(sentence, index=group)
    if subject is None or lemma not in ("take", "hold"):
        return None
    hostages = head(sentence, phrase=subject) in ("hostage", "hostages")
    if lemma == "hold":
        return "hostage_taking" if hostages else "detention"
    return "abduction"


def _sufferer(sentence: Sentence, *, group: int, before: list[Trigger]) -> Phrase | None:
    """Return the subject of a passive, also past "are confirmed to have been"."""
    if sentence.low(group) == "to":
        return clause_subject(sentence, index=group)
    return subject_before(sentence, index=group) or _shared_patient(
        sentence, group=group, before=before
    )


def _attribute(
    sentence: Sentence, *, index: int, group: int, last: int, act: ActForm
) -> bool | None:
    """Tell whether a participle is an attribute: True with a number, False without, else None."""
    if not act.form.participle or group != index or act.form.ing:
        return None
    before = sentence.tag(index - 1)
    if before == "num" and sentence.tag(last + 1) in (NOUN, "adj"):
        return True
    led = before in ("det", "adj", "prep") and sentence.low(index - 1) not in _ELLIPTIC
    return False if led else None


def _bare_participle(
    sentence: Sentence, *, index: int, group: int, told: tuple[Act, int], before: list[Trigger]
) -> Trigger | None:
    """Return a participle that stands for a passive: "residents murdered in May"."""
    form = act_forms()[sentence.low(index)].form
    tags = {sentence.tag(at) for at in range(group, index)}
    if not form.participle or form.ing or tags & {"have", "modal", "to"}:
        return None
    among = _among(sentence, index=index)
    if among is not None:
        rule = f"one among those “{sentence.low(index)}”"
        one, whole = among
        return Trigger(index, told[1], group, told[0], "passive", one, None, rule, whole)
    subject = (
        subject_before(sentence, index=group)
        or _shared_patient(sentence, group=group, before=before)
        or _shared_subject(sentence, group=group)
    )
    near = subject is not None and subject.last == group - 1 == index - 1
    pronoun = near and subject is not None and sentence.tag(subject.last) == "pron"
    seen = subject is not None and sentence.low(subject.first - 1) in ("saw", "watched", "seen")
    if subject is None and _opens_fragment(sentence, index=index):
        rule = f"participle “{sentence.low(index)}” of one named before"
        return Trigger(index, told[1], group, told[0], "fragment", None, None, rule)
    if subject is None or (pronoun and not seen):
        return None
    if "number of" in " ".join(sentence.lows(subject.first - 2, last=subject.last)):
        return by_toll(sentence, index=index, act=told[0])
    rule = f"participle “{sentence.low(index)}” after those it befell"
    return Trigger(index, told[1], group, told[0], "passive", subject, None, rule)


def _among(sentence: Sentence, *, index: int) -> tuple[Phrase, Phrase] | None:
    """Return who "was among nine people killed" and those nine, or None."""
    at = index - 1
    while sentence.tag(at) in ("det", "num", "adj", NOUN) and index - at < 6:
        at -= 1
    if sentence.low(at) not in ("among", "amongst") or sentence.tag(at - 1) != "be":
        return None
    one = subject_before(sentence, index=group_start(sentence, index=at - 1))
    return None if one is None else (one, Phrase(at + 1, index - 1))


def _agent_before(sentence: Sentence, *, index: int, group: int, ing: bool) -> Phrase | None:
    """Return who does what an active verb tells."""
    if sentence.low(group) == "to":
        governed = sentence.tag(group - 1) in ("verb", "act", "speech", "ing", "adv")
        return clause_subject(sentence, index=group, coordinated=True) if governed else None
    if ing:
        near = sentence.tag(group - 1) in (NOUN, "num") and subject_before(sentence, index=group)
        return near or clause_subject(sentence, index=group)
    subject = subject_before(sentence, index=group)
    if subject is not None:
        return subject
    if sentence.tag(group - 1) == "conj" or sentence.low(group - 1) == ",":
        return clause_subject(sentence, index=group - 1, coordinated=True)
    return None


def _patient_after(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the object of an active verb unless it is a stretch of time."""
    found = object_past_inserts(sentence, index=index)
    if (
        found is None
        or head(sentence, phrase=found) in _TIMES
        or (
            sentence.low(found.first) in ("last", "earlier", "this", "that")
            and head(sentence, phrase=found) in _TIMES
        )
    ):
        return None
    if sentence.low(found.first) in ("last",):
        return None
    return found


def _shared_object(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the object of the verb after "and": "kidnapped and killed three men"."""
    if sentence.tag(index) != "conj":
        return None
    at = index + 1
    while sentence.tag(at) == "adv":
        at += 1
    return _patient_after(sentence, index=at + 1) if sentence.tag(at) == "act" else None


def _shared_patient(sentence: Sentence, *, group: int, before: list[Trigger]) -> Phrase | None:
    """Return those of the verb before "and": "were abducted and killed"."""
    if not before or not (sentence.tag(group - 1) == "conj" or sentence.low(group - 1) == ","):
        return None
    previous = before[-1]
    near = group - previous.last < 14
    return previous.patient if near and previous.voice in ("passive", "happens") else None


def _opens_fragment(sentence: Sentence, *, index: int) -> bool:
    """Tell whether a participle begins an entry: "Abducted from her surgery by rebels"."""
    first = all(sentence.tag(at) in ("punct", "adv", "date") for at in range(index))
    after = sentence.tag(index + 1)
    return first and (
        after in ("prep", "date", "end", "sub") or sentence.low(index + 1) in (".", "dead")
    )


def _shared_subject(sentence: Sentence, *, group: int) -> Phrase | None:
    """Return the subject of the passive before "and": "was tied to a wheel and flogged"."""
    if sentence.tag(group - 1) != "conj":
        return None
    for at in range(group - 2, max(group - 14, 0), -1):
        if sentence.tag(at) == "be":
            return subject_before(sentence, index=group_start(sentence, index=at))
        if sentence.tag(at) in ("sub", "quote", "punct"):
            return None
    return None


def _happening(
    sentence: Sentence, *, index: int, group: int, last: int, told: Act
) -> Trigger | None:
    """Return what befell the subject: "twelve people died"."""
    if sentence.low(index).endswith("ing") and "be" not in {
        sentence.tag(at) for at in range(group, index)
    }:
        return None
    if set(sentence.lows(last + 1, last=last + 7)) & word_set("acts", "natural", "causes"):
        return None
    if group == index and sentence.tag(index - 1) == "det":
        return None
    subject = _sufferer(sentence, group=group, before=[]) or _shared_subject(sentence, group=group)
    if subject is None and group == index and _opens_fragment(sentence, index=index):
        rule = f"“{sentence.low(index)}” of one named before"
        return Trigger(index, last, group, told, "fragment", None, None, rule)
    if subject is None:
        return None
    rule = f"“{sentence.low(index)}” of those it befell"
    return Trigger(index, last, group, told, "happens", subject, None, rule)


def _second_part(
    sentence: Sentence, *, index: int, act: ActForm
) -> tuple[Part, int, Phrase | None] | None:
    """Return the second part of a verb: "shot dead", "took seven people hostage"."""
    if not act.parts:
        return None
    at = index + 1
    while sentence.tag(at) == "adv":
        at += 1
    for begin in dict.fromkeys((at, index + 1)):
        near = _longest_part(sentence, begin=begin, act=act)
        if near is not None:
            return near[0], near[1], None
    between = object_after(sentence, index=at)
    if between is None or between.last - at > 14:
        return None
    for begin in dict.fromkeys((between.last + 1, *_part_starts(sentence, phrase=between))):
        after = _longest_part(sentence, begin=begin, act=act) if begin > at else None
        if after is not None:
            return after[0], after[1], Phrase(between.first, begin - 1)
    return None


def _part_starts(sentence: Sentence, *, phrase: Phrase) -> range:
    """Return where a second part may begin inside what looks like one long object."""
    return range(phrase.last, max(phrase.first, phrase.last - 6), -1)


def _longest_part(sentence: Sentence, *, begin: int, act: ActForm) -> tuple[Part, int] | None:
    """Return the longest second part that begins at a token, and its last token."""
    lows = sentence.lows(begin, last=begin + 12)
    for part in act.parts:
        end = part_end(lows, at=0, words=part.words)
        if end is not None and (end > 0 or not part.words):
            return part, begin + end - 1
    return None
