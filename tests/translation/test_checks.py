from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.translation import protect
from kiosk.translation.agreement import DOUBTFUL, agreement
from kiosk.translation.checks import LONGEST_TEXT, fault, looping, unfit
from tests.translation.counter import COUNTER

KOREAN = "회사가 월급을 주지 않습니다."
JAPANESE = "会社が給料を払ってくれません。"


@pytest.mark.parametrize(
    ("source", "output", "reason"),
    [
        (KOREAN, JAPANESE, None),
        (KOREAN, "", "empty"),
        (KOREAN, "。。。", "empty"),
        (KOREAN, "会社が⁇を払ってくれません。", "unknown"),
        (KOREAN, "会社が<unk>を払ってくれません。", "unknown"),
        (KOREAN, "会社が会社が会社が会社が会社が", "looping"),
        (KOREAN, "ああああああああああああ", "looping"),
        (KOREAN, KOREAN, "untranslated"),
        (KOREAN, "The company does not pay.", "untranslated"),
        (KOREAN, "会社が월급を払いません。", "untranslated"),
        (KOREAN, "公司不给我发工资已经很久", "untranslated"),
        ("2달 동안 월급을 못 받았어요.", "3か月間、給料をもらっていません。", "numbers"),
        ("네.", JAPANESE + "在留カードをなくしました。どうすればいいですか。", "length"),
        (KOREAN * 4, "はい。", "length"),
    ],
)
def test_each_known_way_of_failing_has_its_reason(source: str, output: str, reason: str | None) -> None:
    assert fault(source, output, "ko", "ja") == reason


@pytest.mark.parametrize(
    ("source", "output", "source_code", "target_code"),
    [
        ("公司不给我发工资。", "会社が給料を払ってくれません。", "zh", "ja"),
        ("公司不给我发工资。", "会社不給我発工資。公司不給", "zh", "ja"),
        (JAPANESE, "公司不给我发工资。", "ja", "zh"),
        (JAPANESE, "A empresa não paga o meu salário.", "ja", "pb"),
        (JAPANESE, "会社がThe company", "ja", "en"),
    ],
)
def test_han_alone_is_japanese_only_when_kana_is_there(
    source: str, output: str, source_code: str, target_code: str
) -> None:
    wrong = output in ("会社不給我発工資。公司不給", "会社がThe company")
    assert fault(source, output, source_code, target_code) == ("untranslated" if wrong else None)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("あ" * (LONGEST_TEXT + 1), "en", "too_long"),
        ("かいしゃがきゅうりょうをはらいません", "ja", "kana_only"),
        ("{在留|ざいりゅう}カードをなくしました", "ja", "kana_only"),
        ("ありがとうございます。", "ja", None),
        ("マイナンバーカードをなくしました。", "ja", None),
        ("カイシャガキュウリョウヲハライマセンノデ、コマッテイマス", "ja", "kana_only"),
        (JAPANESE, "ja", None),
        (KOREAN, "ko", None),
    ],
)
def test_text_a_model_should_not_be_given(text: str, code: str, reason: str | None) -> None:
    assert unfit(text, code) == reason


def test_a_person_may_repeat_themselves() -> None:
    assert fault("very very very very very bad", "とてもとてもとてもとてもひどいです", "en", "ja") is None


@given(st.text(alphabet="abcdefg", min_size=3, max_size=30), st.integers(4, 12))
def test_any_phrase_four_times_over_is_looping(phrase: str, times: int) -> None:
    assert looping(" ".join([phrase] * times))


@given(
    st.text(max_size=300), st.text(max_size=300), st.sampled_from(["ko", "en", "ja", "zh", "vi", "pb", "xx"])
)
def test_no_text_upsets_the_checks(source: str, output: str, code: str) -> None:
    reason = fault(source, output, code, "ja")
    assert reason is None or isinstance(reason, str)
    assert 0.0 <= agreement(source, output) <= 1.0


@given(st.text(min_size=1, max_size=100))
def test_a_text_agrees_with_itself_whatever_its_spaces(text: str) -> None:
    assert agreement(text, " ".join(text)) == agreement(text, text) == 1.0


def test_agreement_tells_the_same_matter_from_another() -> None:
    said = "회사가 두 달 동안 월급을 안 줬어요"
    assert agreement(said, "회사가 두 달 동안 월급을 주지 않았습니다.") > DOUBTFUL
    assert agreement(said, "아이를 보육원에 보내고 싶습니다.") < DOUBTFUL


@pytest.mark.parametrize("language", ["ja", "en", "zh-Hans", "ko", "vi", "pt-BR", "ne", "my"])
def test_sentences_about_other_matters_are_told_apart_in_every_script(language: str) -> None:
    said = [row[language] for row in COUNTER]
    apart = [agreement(one, other) < DOUBTFUL for one in said for other in said if one is not other]
    assert sum(apart) > 0.96 * len(apart)


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("I was not paid for three months.", "I have not received my salary for three months."),
        ("Công ty giữ hộ chiếu của tôi.", "Công ty đã lấy hộ chiếu của tôi."),
        ("A empresa não paga o meu salário.", "A empresa não me paga o salário."),
        ("公司扣了我的护照。", "公司拿走了我的护照。"),
        ("병원에 가지 않으면 안 돼요.", "병원에 가야 합니다."),
    ],
)
def test_another_wording_of_the_same_matter_is_no_other_matter(said: str, back: str) -> None:
    assert agreement(said, back) >= DOUBTFUL


def test_long_numbers_are_hidden_and_put_back() -> None:
    said = "전화090-1234-5678번 또는 0312345678입니다"
    text, hidden = protect.hide(said)
    assert "1234" not in text
    assert protect.restore(text, hidden) == said


def test_a_stand_in_that_came_back_twice_is_left_for_the_check() -> None:
    _, hidden = protect.hide("090-1234-5678")
    assert protect.restore("7001 7001", hidden) == "7001 7001"
    assert fault("090-1234-5678에 전화", "7001に7001に電話", "ko", "ja") == "numbers"


def test_stand_ins_never_meet_a_number_of_the_person() -> None:
    text, hidden = protect.hide("7001번, 090-1234-5678")
    assert "7001" not in hidden
    assert protect.restore(text, hidden) == "7001번, 090-1234-5678"
