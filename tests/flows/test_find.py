"""Search finds every spelling of letters, and shows the words exactly where they stand."""

import pytest

from affiant.store.search import find, index_texts
from flows.desk import Desk, new_desk, write

LETTERS = {
    "fa.txt": "گزارش نخست\nكاوه و ياران او در كشتار مى‌گويند ۵۲ نفر كُشته شدند.\n",
    "ar.txt": "قُتِلَ أَحْمَدُ في المُسْتَشْفى يوم ١٤ مارس.\n",
    "en.txt": "\ufeffThe naïve Café was near.\r\nKaveh\u2019s brother saw FIFTY people.\n",
    "long.txt": "a word\n" * 400 + "and the needle stands here\n" + "a word\n" * 400,
    "many.txt": "one\nthe needle twice: needle\n",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    folder = tmp_path_factory.mktemp("find")
    desk = new_desk(folder)
    desk.run("add", write(folder / "in", LETTERS))
    desk.run("read")
    return desk


@pytest.mark.parametrize(
    ("asked", "exact", "name"),
    [
        ("کاوه", "كاوه", "fa.txt"),
        ("كاوه", "كاوه", "fa.txt"),
        ("یاران", "ياران", "fa.txt"),
        ("کشته", "كُشته", "fa.txt"),
        ("52", "۵۲", "fa.txt"),
        ("٥٢", "۵۲", "fa.txt"),
        ("میگویند", "مى‌گويند", "fa.txt"),
        ("می‌گویند", "مى‌گويند", "fa.txt"),
        ("احمد", "أَحْمَدُ", "ar.txt"),
        ("قتل", "قُتِلَ", "ar.txt"),
        ("المستشفی", "المُسْتَشْفى", "ar.txt"),
        ("14", "١٤", "ar.txt"),
        ("naive", "naïve", "en.txt"),
        ("CAFE", "Café", "en.txt"),
        ("kaveh", "Kaveh", "en.txt"),
        ("fif*", "FIF", "en.txt"),
        ("needle stands", "needle", "long.txt"),
    ],
)
def test_words_are_found_in_any_spelling_of_letters_and_quoted_exactly(asked, exact, name, desk):
    found = [hit for hit in desk.json("find", asked) if hit["name"] == name]
    assert found, asked
    hit = found[0]
    assert hit["exact"].startswith(exact)
    with desk.open() as case:
        assert case.text(hit["text_digest"])[hit["start"] : hit["end"]] == hit["exact"]
    assert hit["exact"] in hit["passage"]
    assert hit["document"].startswith("sha256:")


def test_every_paragraph_that_holds_the_words_is_a_hit(desk):
    assert len(desk.json("find", "needle")) == 2
    assert len(desk.json("find", "needle twice")) == 1
    assert desk.json("find", "needle nowhere") == []


@pytest.mark.parametrize("asked", ["", "  ", "...", '"', "*", "\u200c", "َ"])
def test_nothing_to_look_for_is_wrong_use(asked, desk):
    [error] = desk.json("find", asked, code=2)
    assert "no word" in error["problem"]


@pytest.mark.parametrize(
    "asked", ['a" OR "b', "NEAR(a b)", "folded:x", "a AND b", "x^2", "col : x", "'; drop --"]
)
def test_the_words_of_a_query_language_are_words(asked, desk):
    desk.json("find", asked)


def test_the_index_may_be_thrown_away_and_is_made_again(desk):
    before = desk.json("find", "needle")
    with desk.open() as case:
        with case.deriving():
            for text in case.documents.texts():
                case.derived.forget_text(text.text_digest)
        assert index_texts(case) == len(LETTERS)
        assert index_texts(case) == 0
        assert len(find(case, words="needle", limit=10)) == len(before)
    assert desk.json("find", "needle") == before
    desk.clean()


def test_a_limit_is_kept(desk):
    assert len(desk.json("find", "word", "--limit", "3")) == 3
