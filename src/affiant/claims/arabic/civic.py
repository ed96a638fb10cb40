"""Appeals, days of remembrance and guarantees: what no act of violence may be told from."""

from affiant.claims.arabic.patterns import LANGUAGE, verbs
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import cues, words
from affiant.claims.arabic_script.voices import Voice
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act

_OPENERS = frozenset({"و", ":", ".", "-", ")", "کما", "ثم", "لذا", "،", ",", "انا", "نحن", '"', "قد", "اذ"})


def civic_draft(sentence: Sentence) -> tuple[Draft, Voice | None] | None:
    """Return the remembrance, guarantee or appeal that a sentence tells, with who says it."""
    return _remembrance(sentence) or _guarantee(sentence) or _appeal(sentence)


def _remembrance(sentence: Sentence) -> tuple[Draft, None] | None:
    pattern = cues("speech", "remembrance", "words", language=LANGUAGE)
    for first, last, _ in sentence.line.find(pattern):
        draft = Draft(sentence, anchor=first, act="commemoration")
        draft.quote("act", first=first, last=last)
        draft.features.add("remembrance_words")
        draft.why.append(f"“{sentence.line.exact(first, last)}” (remembrance)")
        return draft, None
    return None


def _guarantee(sentence: Sentence) -> tuple[Draft, None] | None:
    for first, last, _ in sentence.line.find(verbs("guarantee", "verbs")):
        draft = Draft(sentence, anchor=first, act="guarantee_of_protection")
        draft.quote("act", first=first, last=_end(sentence, at=last))
        draft.features.add("guarantee_words")
        draft.why.append(f"“{sentence.line.exact(first, last)}” (guarantee)")
        giver = _subject(sentence, at=first)
        if giver:
            name = draft.quote("actor", first=giver[0], last=giver[1])
            draft.involvements.append(Involvement(name=name, role="guarantor", side="other"))
        return draft, None
    return None


def _end(sentence: Sentence, *, at: int) -> int:
    """Return the last word of the sentence, without its full stop."""
    last = len(sentence.line.tokens) - 1
    while last > at and not sentence.line.tokens[last].is_word:
        last -= 1
    return last


def _subject(sentence: Sentence, *, at: int) -> tuple[int, int] | None:
    """Return the noun phrase after a verb, or else the one before it."""
    tokens = sentence.line.tokens
    if at + 1 < len(tokens) and at + 1 not in sentence.stops:
        return at + 1, sentence.phrase(at + 1)
    for first in range(at):
        if first not in sentence.stops:
            return first, min(sentence.phrase(first), at - 1)
    return None


def _appeal(sentence: Sentence) -> tuple[Draft, Voice | None] | None:
    """Return what is called for: an investigation, a trial, or something else."""
    tokens = sentence.line.tokens
    found = [(first, last) for first, last, _ in sentence.line.find(verbs("appeal", "cues"))]
    found = [pair for pair in found if _opens(sentence, at=pair[0])]
    pattern = cues("speech", "appeal", "phrases", language=LANGUAGE)
    found += [(first, last) for first, last, _ in sentence.line.find(pattern)]
    for first, last in sorted(found):
        draft = Draft(sentence, anchor=first, act=_called_for(sentence, at=first))
        end = _end(sentence, at=last)
        draft.quote("act", first=first, last=end)
        draft.features.update({"appeal_words", "called_for_cue"})
        draft.why.append(f"“{sentence.line.exact(first, last)}” (appeal)")
        draft.modality = "called_for"
        mine = tokens[first].key[0] in "نا" and not tokens[first].key.startswith("ناشد")
        if mine or (first, last) not in found or first + 1 in sentence.stops or tokens[first].key[0] == "ی":
            return draft, None
        name = first + 1, _whole_name(sentence, first=first + 1)
        span = tokens[name[0]].start, tokens[name[1]].end
        return draft, Voice(sentence.line.exact(*name), span)
    return None


def _whole_name(sentence: Sentence, *, first: int) -> int:
    """Return the end of a name that a place may follow: "النقابة في فرقلان"."""
    last = sentence.phrase(first)
    if sentence.line.keys(last + 1, last + 1) == ["فی"] and last + 2 not in sentence.stops:
        return min(sentence.phrase(last + 2), last + 2)
    return last


def _opens(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a verb of calling for something opens its clause: "طالب" is a student too."""
    before = sentence.line.tokens[at - 1] if at else None
    key = sentence.line.tokens[at].key
    if key in ("طلب", "دع", "طالبا", "دعا", "طالبه") and key != "دعا":
        return False
    return before is None or before.key in _OPENERS or at in sentence.that


def _called_for(sentence: Sentence, *, at: int) -> Act:
    keys = set(sentence.line.keys(at, len(sentence.line.tokens) - 1))
    bare = keys | {key.removeprefix("ب") for key in keys} | {key.removeprefix("ال") for key in keys}
    for name in ("accountability", "investigation"):
        if bare & words("speech", "appeal", name, language=LANGUAGE):
            return (
                "appeal_for_investigation"
                if name == "investigation"
                else "appeal_for_accountability"
            )
    return "appeal"
