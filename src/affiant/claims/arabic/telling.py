"""Whether Arabic words tell of an act at all, whoever did it and whomever it befell."""

from affiant.claims.arabic.patterns import LANGUAGE, ActForm, forms_in
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.patterns import words
from affiant.claims.arabic_script.shadow import key_of
from affiant.claims.arabic_script.telling import is_telling


def tells_act(text: str, *, start: int, end: int) -> bool:
    """Tell whether words of an act stand between two offsets of an Arabic text."""
    line = arabic_shadow(text, spans=[(start, end)]).line
    never = words("acts", "not_verbs", language=LANGUAGE)
    found = (form.pattern.search(line) for form in forms_in(line) if _tells(form))
    return any(match is not None and match[0].split()[0] not in never for match in found)


def _tells(form: ActForm) -> bool:
    """Tell whether words tell an act without a number or a person beside them."""
    counted = words("acts", "only_counted", language=LANGUAGE)
    alone = (form.voice == "being" and form.is_word) or form.needs == "pronoun"
    return is_telling(needs=form.needs) and key_of(form.entry) not in counted and not alone
