"""The single words of English that tell of an act."""

from affiant.claims.english.frames import act_forms
from affiant.claims.english.nominal import noun_acts, states


def act_words() -> frozenset[str]:
    """Return verb forms, nouns and states that tell of an act without a second part."""
    verbs = {low for low, form in act_forms().items() if form.plain is not None}
    return frozenset({*verbs, *noun_acts(), *states()})
