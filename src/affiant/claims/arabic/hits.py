"""Words of an Arabic sentence that tell an act."""

from dataclasses import dataclass

from affiant.claims.arabic.patterns import ActForm


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that tell an act.

    Attributes:
        first: First word, the verb or noun.
        last: Last word.
        form: The form that was found.
        ending: The ending of the verb for its subject.
        pronoun: The object attached to the verb.
        present: Prefix of a present form, or empty.
        passive: True where a vowel sign or the verb itself shows the passive.
        negated: True where it is said not to have happened.
    """

    first: int
    last: int
    form: ActForm
    ending: str = ""
    pronoun: str = ""
    present: str = ""
    passive: bool = False
    negated: bool = False
