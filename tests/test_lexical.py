import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.lexical import (
    STEMMERS,
    LexicalIndex,
    LexicalWriter,
    question_terms,
    share_removed,
    terms,
)

FERRY = "The ferries were carrying passengers and oranges."
BRIDGE = "The old bridge reopened in May after repairs."


@pytest.fixture
def indexed(tmp_path):
    """Makes an index of texts: (text, language, title), or a bare English text; ids count from 1."""

    def make(*passages):
        full = [(passage, "en", "") if isinstance(passage, str) else passage for passage in passages]
        languages = {language for _, language, _ in full}
        writer = LexicalWriter(tmp_path / "lexical", languages)
        for number, (text, language, title) in enumerate(full, start=1):
            writer.add(number, text=text, title=title, language=language)
        writer.finish()
        writer.close()
        return LexicalIndex(tmp_path / "lexical", languages)

    return make


def found(index, question, k=10):
    """The ids that a question brings, best first."""
    return [hit.passage_id for hit in index.search(question, k)]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("Many ferries were cancelled.", "en", "ferry cancel"),
        ("Die alten Brücken wurden gesperrt.", "de", "Brücke"),
        ("Las películas ganaron premios.", "es", "película"),
        ("Порты закрыли на зиму.", "ru", "порт"),
        ("Les chevaux étaient fatigués.", "fr", "fatigué"),
        ("Kapal itu berlayar.", "id", "KAPAL"),
        ("船は出た。", "ja", "船は出た"),
        ("新的过江大桥将于五月开通。", "zh", "大桥什么时候开通？"),
        ("新しい橋は五月に開通した。", "ja", "いつ橋が開通したか"),
        ("새 다리가 5월에 개통되었다.", "ko", "다리는 언제 개통하나?"),
        ("สะพานใหม่ข้ามแม่น้ำเปิดใช้ในเดือนพฤษภาคม", "th", "สะพานเปิดเมื่อไร"),
    ],
)
def test_other_forms_of_a_word_are_found(indexed, text, language, question):
    """Words are found in other forms by the article's language; without a stemmer, as they are written."""
    assert found(indexed((text, language, "")), question) == [1]


def test_one_question_finds_articles_of_every_language(indexed):
    """A question is stemmed for each language of the library, so a name finds all that tell of it."""
    index = indexed(
        ("Die Fähren nach Orrey fielen aus.", "de", ""),
        ("The ferries to Orrey were cancelled.", "en", ""),
        ("Los barcos a Orrey no salieron.", "es", ""),
        ("Kapal ke Orrey batal.", "id", ""),
        ("Nothing of it here.", "en", ""),
    )

    assert set(found(index, "Orrey?")) == {1, 2, 3, 4}
    assert found(index, "cancelling ferry") == [2]
    assert found(index, "Fähre") == [1]


@pytest.mark.parametrize("language", [*STEMMERS, "und", "zh"])
def test_every_language_can_be_asked(indexed, language):
    """Whatever the language of an article, with stopwords known or not, questions are searched for."""
    index = indexed(("Orrey 2026.", language, "Orrey"), FERRY)

    assert found(index, "Orrey?") == [1]
    assert index.rarity("Orrey?", language)


def test_a_name_is_found_in_any_language(indexed):
    """A question in another language than the article's finds it by the names and numbers they share."""
    index = indexed(("The Sundmark ferry carried 412 people.", "en", ""), BRIDGE, FERRY)

    assert found(index, "Wer fuhr mit Sundmark?") == [1]
    assert found(index, "Что такое Sundmark 412?") == [1]
    assert found(index, "サンドマークSundmark社") == [1]


def test_accents_may_be_left_out(indexed):
    """Typed without its accents a word is still found, and the other way round."""
    index = indexed(("La película de José ganó.", "es", ""), ("Un cafe.", "fr", ""))

    assert found(index, "pelicula jose") == [1]
    assert found(index, "café") == [2]


def test_question_words_do_not_count(indexed):
    """What questions are made of finds nothing, or every passage would match every question."""
    index = indexed("Who is he and what did he do?", FERRY)

    assert found(index, "Who is the ferry captain, please?") == [2]
    assert question_terms("What did he do about the ferry?", "en") == ["ferri"]
    assert question_terms("Wer ist der Kapitän?", "de") == terms("Kapitän", "de") + terms("wer", "de")


def test_question_words_count_where_nothing_else_is_left(indexed):
    """A question of nothing but such words is still searched for."""
    index = indexed("To be or not to be.", FERRY)

    assert question_terms("Who is he?", "en") == ["he", "is", "who"]
    assert found(index, "to be or not to be") == [1]


@pytest.mark.parametrize(
    "question", ["", " ", "?!…", "🙂🙂", "\x00\x07", "\u200f\u202e", "<>&\"'", "—" * 10_000]
)
def test_a_question_without_words_finds_nothing(indexed, question):
    """Punctuation, emoji and control characters are no words, and no error."""
    index = indexed(FERRY)

    assert index.search(question, 10) == []
    assert index.rarity(question, "en") == {}


@pytest.mark.parametrize(
    "question",
    [
        'ferries AND NOT "passengers"',
        "text_en:ferries",
        "ferries OR (bridge",
        "+ferries -passengers ^3 ~2",
        "ferries*",
        "ferri\\es [a TO z] /ferries/",
        "'; DROP TABLE passages; -- ferries",
    ],
)
def test_query_syntax_is_only_words(indexed, question):
    """Nothing typed is read as a command to the search engine."""
    assert 1 in found(indexed(FERRY, "Nothing of it."), question)


@settings(max_examples=60)
@given(text=st.text(max_size=200), question=st.text(max_size=200))
def test_any_text_can_be_indexed_and_asked_for(tmp_path_factory, text, question):
    """Whatever an article or a question contains, searching gives hits in order or none."""
    text, question = (each.encode(errors="ignore").decode() for each in (text, question))
    folder = tmp_path_factory.mktemp("any") / "lexical"
    writer = LexicalWriter(folder, {"en"})
    writer.add(1, text=text, title=question, language="en")
    writer.finish()
    writer.close()

    hits = LexicalIndex(folder, {"en"}).search(question, 5)

    assert [hit.passage_id for hit in hits] == ([1] if terms(question, "en") else [])


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "Rindfleischetikettierungsüberwachungsaufgaben"), ("ru", "железнодорожнослужащий")],
)
def test_long_words_are_found(indexed, language, word):
    """A long word is a word, in an alphabet of two bytes a letter too."""
    assert found(indexed((f"1905 {word} 1906.", language, "")), word) == [1]


def test_a_word_without_end_is_no_error(indexed):
    """A page of letters without a space is left out, and what stands beside it is found."""
    index = indexed("oranges " + "x" * 100_000)

    assert found(index, "oranges " + "y" * 100_000) == [1]
    assert found(index, "x" * 100_000) == []


def test_a_long_question_is_searched_whole(indexed):
    """Ten thousand characters of words are searched like any other question."""
    index = indexed(FERRY, BRIDGE)
    question = " ".join(f"word{n}" for n in range(1_400)) + " ferries"

    assert found(index, question) == [1]


def test_a_title_helps(indexed):
    """A passage whose article's title has the word is found, below one that has it in its text."""
    index = indexed(("It left at dawn.", "en", "The ferry"), ("The ferry left at dawn.", "en", ""), BRIDGE)

    assert found(index, "ferry") == [2, 1]


def test_hits_are_in_order_the_same_each_time(indexed):
    """Equal scores go by passage id, and asking again gives the same."""
    index = indexed(*[FERRY] * 5, BRIDGE)

    hits = index.search("ferries bridge", 10)

    assert [hit.passage_id for hit in hits] == [6, 1, 2, 3, 4, 5]
    assert {hit.stage for hit in hits} == {"lexical"}
    assert hits == index.search("bridge ferries", 10)
    assert len(index.search("ferries", 2)) == 2


def test_a_rare_word_weighs_more(indexed):
    """Rarity falls with the number of passages that hold the word, and counts unseen passages too."""
    rarity = indexed(FERRY, FERRY, BRIDGE).rarity("ferry bridge zeppelin", "en")

    assert rarity["zeppelin"] > rarity["bridg"] > rarity["ferri"] > 0
    assert rarity["bridg"] == pytest.approx(math.log(1 + (53 - 1 + 0.5) / 1.5))


def test_an_empty_index_finds_nothing(indexed):
    """A library without articles is searched without a fuss."""
    index = indexed()

    assert index.search("ferry", 10) == []


def test_what_is_no_index_is_refused(tmp_path):
    """A folder that holds no lexical index is named, with the command that mends it."""
    with pytest.raises(SnapshotError, match="is not a lexical index") as refusal:
        LexicalIndex(tmp_path, {"en"})

    assert refusal.value.remedy == "footnote reindex"


def test_an_index_grows_in_another_folder(indexed, tmp_path):
    """With links to its files an index is added to and removed from; the one it grew from stays as it was."""
    older, files = indexed(*[FERRY] * 9, BRIDGE), tmp_path / "lexical"
    before = {path.name: path.read_bytes() for path in files.iterdir()}
    grown = tmp_path / "grown"
    grown.mkdir()
    for path in (path for path in files.iterdir() if path.suffix != ".lock"):
        (grown / path.name).hardlink_to(path)

    writer = LexicalWriter(grown, {"en"})
    writer.remove(np.array([3, 2**62], dtype=np.int64))
    writer.add(3, text="A zeppelin landed.", title="", language="en")
    writer.finish()
    writer.close()

    newer = LexicalIndex(grown, {"en"})
    assert found(newer, "zeppelin") == [3]
    assert found(newer, "ferries") == [1, 2, 4, 5, 6, 7, 8, 9]
    assert (share_removed(grown), share_removed(files)) == (pytest.approx(1 / 11), 0)
    assert found(older, "ferries") == found(LexicalIndex(files, {"en"}), "ferries") == list(range(1, 10))
    assert {path.name: path.read_bytes() for path in files.iterdir()} == before


def test_of_what_is_no_index_nothing_was_removed(tmp_path):
    """How much was removed is not said of a folder that holds no index."""
    with pytest.raises(SnapshotError, match="is not a lexical index"):
        share_removed(tmp_path)
