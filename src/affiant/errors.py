"""Every error that Affiant raises on purpose: what is wrong, the way out, the exit code."""


class AffiantError(Exception):
    """Base of all Affiant errors: what is wrong, and the way out."""

    exit_code = 1

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class WrongUseError(AffiantError):
    """What was asked for cannot be asked for like this."""

    exit_code = 2


class NotFoundError(WrongUseError):
    """The case holds no such thing."""


class BadInputError(WrongUseError):
    """A value or file that was handed in does not have the form it must have."""


class CaseBusyError(AffiantError):
    """Another command is writing to this case."""


class CaseFormatError(AffiantError):
    """The folder is not a case, or its format is not one that this version reads."""


class StorageError(AffiantError):
    """The disk refused a read or a write; nothing after it was attempted."""


class NotSafeError(StorageError):
    """The disk did not confirm that what was written is safe; nothing more is tried on it."""


class NoReplyError(AffiantError):
    """Somebody asked over the network did not answer as they should; it can be asked again."""


class UnreadableError(AffiantError):
    """A document could not be turned into text; its original is still kept."""

    def __init__(self, problem: str, *, remedy: str, code: str) -> None:
        super().__init__(problem, remedy=remedy)
        self.code = code


class PersonNeededError(AffiantError):
    """A person must decide first, or the answer is refused."""

    exit_code = 4


class IncompleteCheckError(AffiantError):
    """The check was made, but a part of it could not be."""

    exit_code = 3


class IntegrityError(AffiantError):
    """Something recorded is not what was recorded."""

    exit_code = 5


class AnchorError(IntegrityError):
    """A quote does not stand in its text at its place."""
