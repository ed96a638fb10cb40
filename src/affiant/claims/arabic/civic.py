"""Appeals, days of remembrance and guarantees: what no act of violence may be told from."""

from affiant.claims.arabic.patterns import LANGUAGE, verbs
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import cues, words
from affiant.claims.arabic_script.speakers import Voice
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act

_OPENERS = frozenset(
    {"و", ":", ".", "-", ")", "کما", "ثم", "لذا", "،", ",", "انا", "نحن", '"', "قد", "اذ"}
)


_FAR = 9
_BY_VERB = True

Cue = tuple[int, int, bool]
"""First and last word, and whether it is a verb whose subject calls for something."""

Civic = tuple[Draft, Voice | None]


def civic_drafts(sentence: Sentence, *, calling: bool = False) -> list[Civic]:
    """Return the remembrance, guarantee or appeals that a sentence tells, with who says it.

    Args:
        sentence: The sentence.
        calling: True where it stands under a heading such as "التوصيات".
    """
    appeals = _appeals(sentence)
    if calling and not appeals:
        appeals = _recommended(sentence)
    one = _remembrance(sentence) or _guarantee(sentence)
    return [*([one] if one else []), *appeals]


def _recommended(sentence: Sentence) -> list[Civic]:
    """Return what a list of recommendations calls for: "إحالة الملف وملاحقة الآمرين"."""
    tokens = sentence.line.tokens
    objects = words("speech", "appeal", "objects", language=LANGUAGE)
    first = next((at for at, token in enumerate(tokens) if token.is_word), None)
    while first is not None and first < len(tokens) - 1 and _is_number(tokens[first].key):
        first += 1
    if first is None or tokens[first].key.removeprefix("ب").removeprefix("ال") not in objects:
        return []
    return [(_appeal(sentence, first=first, last=len(tokens) - 1, cue=first), None)]


def _is_number(key: str) -> bool:
    return key[0].isdigit() or not key[0].isalpha() or len(key) == 1


def _remembrance(sentence: Sentence) -> Civic | None:
    pattern = cues("speech", "remembrance", "words", language=LANGUAGE)
    never = cues("speech", "remembrance", "never", language=LANGUAGE)
    passed = {at for a, b, _ in sentence.line.find(never) for at in range(a, b + 1)}
    for first, last, _ in sentence.line.find(pattern):
        if first in passed:
            continue
        draft = Draft(sentence, anchor=first, act="commemoration")
        draft.quote("act", first=first, last=last)
        draft.features.add("remembrance_words")
        draft.why.append(f"“{sentence.line.exact(first, last=last)}” (remembrance)")
        return draft, None
    return None


def _guarantee(sentence: Sentence) -> Civic | None:
    never = words("acts", "not_verbs", language=LANGUAGE)
    for first, last, _ in sentence.line.find(verbs("guarantee", "verbs")):
        if sentence.line.tokens[first].key in never or _is_for_trial(sentence, at=first):
            continue
        if any(first == said for said, _ in sentence.saying):
            continue
        draft = Draft(sentence, anchor=first, act="guarantee_of_protection")
        draft.quote("act", first=first, last=_end(sentence, at=last))
        draft.features.add("guarantee_words")
        draft.why.append(f"“{sentence.line.exact(first, last=last)}” (guarantee)")
        giver = _subject(sentence, at=first)
        if giver:
            name = draft.quote("actor", first=giver[0], last=giver[1])
            draft.involvements.append(Involvement(name=name, role="guarantor", side="other"))
        return draft, None
    return None


def _is_for_trial(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a promise is one to try somebody, which protects nobody."""
    found = words("speech", "appeal", "accountability", language=LANGUAGE)
    keys = sentence.line.keys(at, last=len(sentence.line.tokens) - 1)
    return any(key.removeprefix("ب") in found for key in keys)


def _end(sentence: Sentence, *, at: int, limit: int | None = None) -> int:
    """Return the last word of the sentence or of a stretch of it, without its full stop."""
    tokens = sentence.line.tokens
    last = len(tokens) - 1 if limit is None else limit
    while last > at and (not tokens[last].is_word or tokens[last].key == "و"):
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


def _appeals(sentence: Sentence) -> list[Civic]:
    """Return what is called for: an investigation, a trial, or something else."""
    found = _cued(sentence)
    drafts: list[Civic] = []
    contact = words("speech", "appeal", "only_contact", language=LANGUAGE)
    for index, (first, last, by_verb) in enumerate(found):
        limit = found[index + 1][0] - 1 if index + 1 < len(found) else len(sentence.line.tokens) - 1
        if contact & set(sentence.line.keys(first, last=limit)):
            continue
        draft = _appeal(sentence, first=first, last=limit, cue=last)
        drafts.append((draft, _caller(sentence, at=first) if by_verb else None))
    return drafts


def _appeal(sentence: Sentence, *, first: int, last: int, cue: int) -> Draft:
    draft = Draft(sentence, anchor=first, act=_called_for(sentence, first=first, last=last))
    draft.quote("act", first=first, last=_end(sentence, at=cue, limit=last))
    draft.features.update({"appeal_words", "called_for_cue"})
    draft.why.append(f"“{sentence.line.exact(first, last=cue)}” (appeal)")
    draft.modality = "called_for"
    return draft


def _cued(sentence: Sentence) -> list[Cue]:
    """Return the words that call for something, and whether they are a verb with a subject."""
    taken: set[int] = set()
    found: list[Cue] = []
    for first, last, _ in sentence.line.find(verbs("appeal", "cues")):
        if _opens(sentence, at=first):
            found.append((first, last, _BY_VERB))
    no = words("words", "negation", language=LANGUAGE)
    for name in ("first_person", "phrases", "modal"):
        for first, last, _ in sentence.line.find(cues("speech", "appeal", name, language=LANGUAGE)):
            taken = {at for a, b, _ in found for at in range(a, b + 1)}
            negated = first > 0 and sentence.line.tokens[first - 1].key in no
            if first in taken or (negated and name != "modal"):
                continue
            if name == "phrases" or _asks_for(sentence, after=last, wide=name == "first_person"):
                found.append((first, last, not _BY_VERB))
    return _apart(sorted(found))


def _apart(found: list[Cue]) -> list[Cue]:
    """Return the cues without those of one wish: "لازم ... نطالب"."""
    kept: list[Cue] = []
    for one in found:
        far = not kept or one[0] - kept[-1][1] > _FAR
        if far or (kept[-1][2] and one[2]):
            kept.append(one)
    return kept


def _asks_for(sentence: Sentence, *, after: int, wide: bool) -> bool:
    """Tell whether what follows is a thing that is called for, and no thing wished."""
    keys = sentence.line.keys(after + 1, last=after + _FAR)
    bare = {key.removeprefix(letter) for key in keys for letter in ("ب", "ل", "")}
    names = ["investigation", "accountability", "goods"] + (["objects"] if wide else [])
    return any(bare & words("speech", "appeal", name, language=LANGUAGE) for name in names)


def _caller(sentence: Sentence, *, at: int) -> Voice | None:
    """Return who calls for it: after the verb, or the subject that the sentence began with."""
    tokens = sentence.line.tokens
    key = tokens[at].key
    if key[0] in "نای" and not key.startswith("ناشد"):
        return None
    first = at + 1
    if at > 2 and tokens[at - 1].key == "و" and key.startswith("دع"):
        opened = 2 if tokens[0].key == "و" else 1
        first = opened if opened not in sentence.stops else first
    if first >= len(tokens) or first in sentence.stops:
        return None
    last = _whole_name(sentence, first=first)
    return Voice(sentence.line.exact(first, last=last), (tokens[first].start, tokens[last].end))


def _whole_name(sentence: Sentence, *, first: int) -> int:
    """Return the end of a name that a place may follow: "النقابة في فرقلان"."""
    last = sentence.phrase(first)
    objects = words("speech", "appeal", "objects", language=LANGUAGE)
    for at in range(first + 1, last + 1):
        key = sentence.line.tokens[at].key
        asked = at in sentence.kinds["actors"] and key.startswith("ال")
        if asked or key.startswith("بال") or (key[0] == "ب" and key[1:] in objects):
            return at - 1
    if sentence.line.keys(last + 1, last=last + 1) == ["فی"] and last + 2 not in sentence.stops:
        return min(sentence.phrase(last + 2), last + 2)
    return last


def _opens(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a verb of calling for something opens its clause: "طالب" is a student too."""
    before = sentence.line.tokens[at - 1] if at else None
    key = sentence.line.tokens[at].key
    if key in ("یدعی", "تدعی", "طلب", "دع", "طالبا", "دعا", "طالبه") and key != "دعا":
        return False
    return before is None or before.key in _OPENERS or at in sentence.that


def _called_for(sentence: Sentence, *, first: int, last: int) -> Act:
    keys = set(sentence.line.keys(first, last=last))
    bare = keys | {key.removeprefix("ب") for key in keys} | {key.removeprefix("ال") for key in keys}
    for name in ("accountability", "investigation"):
        if bare & words("speech", "appeal", name, language=LANGUAGE):
            return (
                "appeal_for_investigation"
                if name == "investigation"
                else "appeal_for_accountability"
            )
    return "appeal"
