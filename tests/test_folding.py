import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.folding import MIN_WORDS, may_retell, report, retells

BEFORE = "The first piles were driven into the riverbed at Customs Quay."
BEST = "The barrier across the lower Ashlow will cost £41.5 million, the director told the Post."
AFTER = "A gate of 38 metres will lie flat on the bed of the river."
TOLD = (BEFORE, BEST, AFTER)
WORDS = ["ferry", "Anna", "left", "not", "38", "the", "oysters", "Brody", "three", "quay", "£5", "dawn"]

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda words: " ".join(words) + ".")
texts = st.lists(sentences, min_size=1, max_size=5)


def told(*sentences, outlet="Ashlow Post"):
    """What is shown; its second sentence answers."""
    return report(sentences or TOLD, best=1, outlet=outlet)


def edited(old, new):
    """The same report with some words changed."""
    return [sentence.replace(old, new) for sentence in TOLD if sentence.replace(old, new)]


@pytest.mark.parametrize(
    "other",
    [
        TOLD,
        ["CARROWMERE (Agency) — Nobody was surprised.", *TOLD, "Work ends in 2027."],
        [" ".join(TOLD)],
        ["THE FIRST PILES WERE DRIVEN INTO THE RIVERBED AT CUSTOMS QUAY", BEST, AFTER],
        [BEST, AFTER],
        [BEFORE, "Nobody was hurt, the Board said.", BEST, AFTER],
        [BEFORE, BEST, "It has 24 windows.", AFTER],
        edited("the director told the Post", "the director told the Harbour Line"),
        edited(", the director", " ‘the director’"),
        edited("the lower Ashlow", "lower Ashlow"),
        edited("will lie flat", "will normally lie flat"),
    ],
    ids=["same", "more around", "one line", "capitals", "cut", "added", "added with a number", "other outlet",
         "marks", "word out", "word in"],
)  # fmt: skip
def test_a_reprint_is_folded(other):
    """Other marks, another outlet's name, a sentence or a word less or more: it is the same report."""
    assert retells(told(), report(other, outlet="The Harbour Line"))


@pytest.mark.parametrize(
    "other",
    [
        edited("£41.5 million", "£48.2 million"),
        edited("£41.5 million", "€41.5 million"),
        edited("£41.5 million", "about £41 million"),
        edited("of 38 metres", "of 36 metres"),
        edited("of 38 metres", "of metres"),
        edited("will cost", "will not cost"),
        edited("the lower Ashlow", "the upper Ashlow"),
        edited("Ashlow", "Carrow"),
        edited("lower Ashlow", "river"),
        edited("the director told", "Anna Brody told"),
        edited("will lie flat", "will lie flat only"),
        edited("across the lower Ashlow", "across the lower Ashlow at Carrow"),
        [BEFORE, AFTER],
        [BEFORE, "The barrier will cost a lot.", AFTER],
        [AFTER],
        [],
    ],
)
def test_a_report_of_its_own_is_not_folded(other):
    """A number, a name, a "not" or any other word exchanged, or no such sentence: both must be seen."""
    assert not retells(told(), report([*other, "Nothing else."], outlet="The Harbour Line"))


def test_outlet_is_passed_over_in_either():
    """A reprint that keeps the name of the outlet that it has the report from is folded too."""
    ours = report(edited("the Post", "the Harbour Line"), best=1, outlet="The Harbour Line")

    assert retells(ours, told())
    assert retells(told(), ours)
    assert not retells(told(outlet=None), report(edited("the Post", "the Mirror"), outlet="Daily Sun"))


def test_a_name_may_not_be_left_out_of_the_sentence_that_answers():
    """Whoever asks "who" is not sent to an article that does not say."""
    said = "The oysters of the eastern beds died of cold in the first week, said Helen Oduya."

    ours = report([said, AFTER])

    assert retells(ours, report([said.replace("first ", ""), AFTER]))
    assert not retells(ours, report([said.replace(", said Helen Oduya", ""), AFTER]))
    assert not retells(ours, report([said.replace("Helen ", ""), AFTER]))


def test_few_words_are_folded_only_alone():
    """A sentence that stands in any article is the same only where there is nothing else."""
    short = report(["He declined to comment."])

    assert retells(short, report(["He declined to comment!"]))
    assert not retells(short, report([BEFORE, "He declined to comment.", AFTER]))
    assert not retells(report(["🙂"]), report(["—"]))


def test_a_number_may_not_go_on():
    """A number of which the other report knows more, or a sentence that goes on with one, is another."""
    ours = report([BEFORE, "The barrier across the river will cost £41"])

    assert not retells(ours, report([BEFORE, "The barrier across the river will cost £41.5 million."]))
    assert not retells(ours, report([BEFORE, "The barrier across the river will cost £41 in 2027."]))
    assert retells(ours, report([BEFORE, "The barrier across the river will cost £41, they say."]))


def test_the_sentence_must_stand_in_one_place():
    """Words of the sentence that answers, strewn over other sentences, are not that sentence."""
    apart = "The barrier across the lower Ashlow opened in fog while many people watched it and cheered. It "
    strewn = report([BEFORE, apart + "will cost £41.5 million, the director told the Post.", AFTER])

    assert not retells(told(), strewn)


@given(texts, texts, texts, st.sampled_from([None, "Anna Brody", "The Quay"]))
def test_what_holds_it_whole_retells_it(before, shown, after, outlet):
    """An article that holds the words in a row tells the same, whatever stands around them."""
    ours = report(shown, outlet=outlet)
    whole = report([*before, *shown, *after], outlet=outlet)

    assert retells(ours, report(shown, outlet=outlet)) == bool(ours.words)
    if len(ours.words) >= MIN_WORDS + 4:  # the outlet's name may be a few of them
        assert retells(ours, whole)


@given(texts, st.data())
def test_another_number_is_never_folded(shown, data):
    """Wherever a number becomes another, in the sentence that answers or beside it, both are shown."""
    words = " ".join(shown).split()
    place = data.draw(st.integers(0, len(words)))
    ours = [*words[:place], "41", *words[place:]]
    theirs = [*words[:place], "48", *words[place:]]

    assert not retells(report([" ".join(ours)]), report([" ".join(theirs)]))


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_can_be_compared(one, other):
    """Whatever the texts, they are compared without an error."""
    retells(report(one), report(other))


def test_a_text_that_may_retell_holds_some_of_its_words():
    """Only texts that hold a few words in a row of the sentence that answers are looked at closely."""
    assert may_retell(f"{AFTER} {BEST}", told())
    assert may_retell(f"It {BEST[20:]}", told())
    assert not may_retell(f"{BEFORE} {AFTER}", told())
    assert not may_retell(BEST, report(["Ja."]))
