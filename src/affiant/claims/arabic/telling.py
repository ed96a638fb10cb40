"""Whether Arabic words tell of an act at all, whoever did it and whomever it befell."""

from functools import cache

from affiant.claims.arabic.patterns import LANGUAGE, act_forms
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.patterns import words
from affiant.claims.arabic_script.shadow import key_of
from affiant.claims.arabic_script.telling import Telling, is_telling


def tells_act(text: str, *, start: int, end: int) -> bool:
    """Tell whether words of an act stand between two offsets of an Arabic text."""
    line = arabic_shadow(text, spans=[(start, end)]).line
    never = words("acts", "not_verbs", language=LANGUAGE)
    found = (form.find(line) for form in _tellings())
    return any(match is not None and match[0].split()[0] not in never for match in found)


@cache
def _tellings() -> tuple[Telling, ...]:
    counted = words("acts", "only_counted", language=LANGUAGE)
    return tuple(
        Telling(form.needles, form.pattern)
        for form in act_forms()
        if is_telling(needs=form.needs) and key_of(form.entry) not in counted
    )
