"""Every error says what is wrong and what to do."""

import inspect

import pytest

from affiant import errors

EXIT_CODES = {
    "AffiantError": 1,
    "WrongUseError": 2,
    "NotFoundError": 2,
    "BadInputError": 2,
    "IncompleteCheckError": 3,
    "PersonNeededError": 4,
    "IntegrityError": 5,
    "AnchorError": 5,
}
CLASSES = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == "affiant.errors"
]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_is_ours_and_has_the_exit_code_of_its_kind(kind):
    assert issubclass(kind, errors.AffiantError)
    assert kind.exit_code == EXIT_CODES.get(kind.__name__, 1)


@pytest.mark.parametrize("kind", CLASSES)
def test_no_error_can_be_raised_without_a_way_out(kind):
    more = {"code": "broken"} if kind is errors.UnreadableError else {}
    error = kind("the file is empty", remedy="Ask for it again.", **more)
    assert (str(error), error.problem) == ("the file is empty", "the file is empty")
    assert error.remedy == "Ask for it again."
    with pytest.raises(TypeError):
        kind("the file is empty")
