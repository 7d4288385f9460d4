"""News or history, judged from the text; and weights fitted without the document they are scored on."""

from __future__ import annotations

from datetime import date

from dateline.eval import when as evaluation
from dateline.eval.loo import grid, leave_one_out
from dateline.eval.timex import Corpus, read_marked
from dateline.when import find_times
from dateline.when.narrative import Weights

PUBLISHED = date(2023, 11, 23)
HISTORY = "In 1942 the town fell. On 3 May the siege began. The next day the bridge was lost. In 1943 it was retaken in June."


def test_a_short_history_keeps_its_years():
    values = [w.edtf for w in find_times(HISTORY, published=PUBLISHED)]
    assert values[:2] == ["1942", "1942-05-03"] and "1943-06" in values


def test_a_judged_history_keeps_the_reading_as_news_beside():
    day = next(w for w in find_times(HISTORY, published=PUBLISHED) if w.words == "3 May")
    assert [a.edtf for a in day.alternatives] == ["2023-05-03"]
    given = next(w for w in find_times(HISTORY, published=PUBLISHED, genre="narrative") if w.words == "3 May")
    assert given.alternatives == ()


def test_one_word_of_the_present_makes_it_news():
    found = find_times("The town was shelled last week. The siege of 1942 and the raids of 1943 came up on 3 May.", published=PUBLISHED)
    assert [w.edtf for w in found][::3] == ["2023-11-13/2023-11-19", "2023-05-03"]


def test_a_recent_year_makes_no_short_history():
    text = "The peninsula was annexed in 2014. The invasion began in 2022. On 8 October the bridge burned."
    day = find_times(text, published=PUBLISHED)[-1]
    assert day.edtf == "2022-10-08" and [a.edtf for a in day.alternatives] == ["2023-10-08"]


def test_the_second_end_of_a_range_lets_the_story_go_on_from_the_first():
    text = "1952\n\nFrom 9 October to July the raids went on. On 14 October a hill was stormed. On 3 November it was lost."
    values = [w.edtf for w in find_times(text, published=PUBLISHED, genre="narrative")]
    assert values[-2:] == ["1952-10-14", "1952-11-03"]


def test_a_document_has_no_say_in_its_own_weights():
    russian = read_marked(evaluation.GOLD / "texts-ru.txt", "ru")
    histories = Corpus("h", tuple(d for d in russian.documents if d.genre == "narrative"), "")
    settings = (Weights(), Weights(forward=9.0, backward=0.01, back_base=0.0))
    held = leave_one_out(histories, settings)
    assert [h.document for h in held] == [d.id for d in histories.documents]
    assert {h.weights for h in held} == {settings[0]}, "absurd weights suit no rest of the documents"
    alone = leave_one_out(Corpus("h", histories.documents[:1], ""), settings)
    assert alone[0].weights == settings[0], "with nothing to fit on the shipped weights stand"


def test_the_shipped_weights_come_first():
    assert grid()[0] == Weights() and len(set(grid())) == len(grid())
