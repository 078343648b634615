"""Measure the sample packages: how much of the corpus they know, and what they do with anything else.

python tests/translation/measure_samples.py
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from kiosk.core.heard import Translation
from kiosk.errors import Trouble
from kiosk.translation.agreement import DOUBTFUL, agreement
from kiosk.translation.archive import install
from kiosk.translation.engine import TranslationEngine
from tests.translation import corpus

# Near the counter's matters and far from them; none of it is in the corpus.
UNSEEN = """
제 친구가 어제 경찰서에 잡혀갔는데 면회를 할 수 있습니까
강아지를 한국에서 데려오려면 어떤 서류가 필요한가요
버스에서 가방을 놓고 내렸어요
도서관에서 책을 빌리고 싶어요
아이가 우유를 마시면 두드러기가 나요
저는 대학교에서 컴퓨터를 가르치고 있습니다
오늘 저녁에 친구들과 축구를 보면서 치킨을 먹으려고 합니다
양자역학에서 파동함수는 확률을 나타낸다
주식을 팔아서 번 돈도 신고해야 합니까
차를 팔고 싶은데 이름을 어떻게 바꿔요
남편이 암에 걸려서 수술을 받아야 합니다
어머니가 돌아가셔서 장례식을 해야 해요
인터넷을 설치하고 싶은데 어디에 전화해야 하나요
옷을 샀는데 환불을 안 해 줍니다
회사 기숙사에서 음식을 만들 수 없어요
사장님이 제 사진을 허락 없이 인터넷에 올렸어요
눈이 나빠져서 안경을 맞추고 싶습니다
태풍 때문에 지붕이 날아갔어요
선거에 투표할 수 있습니까
군대에 가야 해서 휴학하고 싶어요
고향에 있는 동생에게 돈을 보내고 싶습니다
위층에서 물이 새서 천장이 젖었어요
저는 채식을 해서 고기를 못 먹어요
아르바이트 면접에 늦었습니다
택시 운전사가 길을 몰라서 돌아갔어요
날씨가 참 좋네요 산책하러 갈까요
할머니의 휠체어를 빌릴 수 있는 곳을 알려 주세요
우리 가게의 영업 허가를 받으려면 어떻게 합니까
여자 친구가 갑자기 사라져서 연락이 안 돼요
집 앞에 모르는 차가 계속 서 있어요
""".strip().splitlines()


def run(engine: TranslationEngine, text: str, language: str) -> Translation | str:
    try:
        found: Translation = engine.handle("translate", (text, language), lambda _value: None)
    except Trouble as trouble:
        return str(trouble.details.get("reason", trouble.key))
    return found


def share(name: str, engine: TranslationEngine, language: str, cases: list[tuple[str, str]]) -> list[float]:
    right, refused, wrong, agreements = 0, Counter[str](), [], []
    for text, wanted in cases:
        found = run(engine, text, language)
        if isinstance(found, str):
            refused[found] += 1
            continue
        agreements.append(agreement(text, found.back))
        if found.japanese == wanted:
            right += 1
        else:
            wrong.append((text, found.japanese, found.back, round(agreements[-1], 2)))
    print(
        f"{name}: {len(cases)}, right {right / len(cases):.1%}, refused {dict(refused)}, wrong {len(wrong)}"
    )
    for row in wrong[:12]:
        print("   ", *row, sep=" | ")
    return agreements


def spread(values: list[float]) -> str:
    ordered = sorted(values)
    marks = (0.0, 0.01, 0.05, 0.25, 0.5, 1.0)
    return ", ".join(f"{mark:.0%} {ordered[int(mark * (len(ordered) - 1))]:.2f}" for mark in marks)


def main(folder: Path) -> None:
    rng = random.Random(5)
    for package in sorted((Path(__file__).parent / "packages").glob("*.argosmodel")):
        install(package, folder)
    engine = TranslationEngine(folder)
    begun = time.perf_counter()
    engine.handle("load", "ko", lambda _value: None)
    print(f"load four packages and warm up: {time.perf_counter() - begun:.2f} s")
    cold = TranslationEngine(folder)
    for name in ("cold", "warm (new sentence)", "warm (same sentence)"):
        text = "월급을 세 달 동안 못 받았어요." if "new" in name else "재류카드를 잃어버렸어요."
        text = "월급을 세 달 동안 못 받았어요." if "same" in name else text
        begun = time.perf_counter()
        run(cold, text, "ko")
        print(f"a sentence ko→ja and back, {name}: {(time.perf_counter() - begun) * 1000:.0f} ms")
    found = [sentence for meaning in corpus.meanings() for sentence in corpus.sentences(meaning, 5, rng)]
    seen = [sentence for sentence in found if not sentence.held_out]
    held_out = [
        sentence
        for meaning in corpus.meanings()
        for sentence in corpus.sentences(meaning, 80, rng)
        if sentence.held_out
    ]
    good: list[float] = []
    for language in ("ko", "en"):
        for name, group in (("trained", seen), ("held out", held_out)):
            cases = [
                (rng.choice(sentence.wordings[language]), sentence.canonical("ja")) for sentence in group
            ]
            bare = [(text.rstrip(".?"), wanted) for text, wanted in cases]
            good += share(f"{language} {name}", engine, language, cases)
            share(f"{language} {name}, no final mark", engine, language, bare)
    print("agreement where right or wrong alike:", spread(good))
    others = [
        agreement(rng.choice(seen).canonical("ko"), rng.choice(seen).canonical("ko")) for _ in range(500)
    ]
    print("agreement of unrelated sentences:", spread(others))
    answers = [(text, run(engine, text, "ko")) for text in UNSEEN]
    refused = Counter(found for _, found in answers if isinstance(found, str))
    shown = [(text, found) for text, found in answers if isinstance(found, Translation)]
    doubtful = sum(agreement(text, found.back) < DOUBTFUL for text, found in shown)
    print(f"unseen: {len(UNSEEN)}, refused {dict(refused)}, shown {len(shown)}, with a warning {doubtful}")
    for text, answer in shown:
        print("   ", text, answer.japanese, answer.back, round(agreement(text, answer.back), 2), sep=" | ")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(name))
