"""The figures of the translation bench: counted rightly, over every line, both sides alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF

from kiosk.app.bench_translation import lines
from kiosk.app.bench_translation_figures import Line, Turn, chrf, figures

WORDS = st.text(st.sampled_from("給料をもらいませんでした 日月 abcd,."), max_size=24)


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_chrf_is_counted_as_sacrebleu_counts_it(pairs: list[tuple[str, str]]) -> None:
    made, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert chrf(pairs) == pytest.approx(CHRF().corpus_score(made, [references]).score)


def test_every_line_without_slots_is_measured() -> None:
    assert len(lines()) == len(set(lines())) > 150
    assert not any("{" in line.korean + line.english + line.japanese for line in lines())


def _turns() -> list[tuple[Line, Turn, Turn]]:
    made = []
    for words in range(1, 11):
        line = Line("가" * words, " ".join(["word"] * words), "給" * words, "나" * words)
        ours = Turn(line.japanese, line.back, 3.0 + words, 2.0 + words)
        made.append((line, ours, Turn(line.japanese, line.back, 6.0 + 2 * words, 4.0 + 2 * words)))
    return made


def test_both_sides_are_measured_over_the_same_lines() -> None:
    found = figures(_turns())
    assert found["of_argos"] == pytest.approx(0.5)
    assert found["of_argos_cpu"] == found["alike_of_argos_cpu"] == pytest.approx(0.5)
    assert (found["lines"], found["lines_alike"], found["exact"]) == (10, 10, 10)
    assert found["words_20_ours_cpu_ms"] == pytest.approx(22)
    assert found["words_20_argos_cpu_ms"] == pytest.approx(44)


def test_a_lost_line_lowers_the_score_and_stays_in_the_time() -> None:
    turns = _turns()
    line, _, argos = turns[-1]
    turns[-1] = (line, Turn("", "", 100.0, 100.0), argos)
    found = figures(turns)
    assert found["exact"] == 9
    assert found["argos_exact"] == 10
    assert found["chrf2"] < found["argos_chrf2"] == pytest.approx(100)
    assert found["of_argos_cpu"] > 1
    assert found["lines_alike"] == 9
    assert found["alike_of_argos_cpu"] == pytest.approx(0.5)
