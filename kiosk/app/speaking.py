"""Which choices of an office's pages cannot be answered by voice, because a model lacks their words."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.app.office import Office
from kiosk.core.flow import UNKNOWN, UNSAID
from kiosk.core.heard import Spoken
from kiosk.core.visit import CALLERS
from kiosk.data import catalogue
from kiosk.data.spoken import confirming, questions_own, read_spoken, spoken_choices
from kiosk.paths import LANGUAGES

MOST_LINES = 12
"""Lines told of one language; the rest is counted."""


def pages(office: Office, tag: str) -> Iterator[tuple[str, tuple[Spoken, ...]]]:
    """Every page with choices: its name, and what may be said there in this language."""
    words, said = catalogue.load(tag, LANGUAGES), read_spoken(tag)
    special = {name: words.text(f"answer.{name}") for name in (UNKNOWN, UNSAID)}
    yield "yes/no", confirming(said)
    yield "caller", spoken_choices({who: words.text(f"caller.{who}") for who in CALLERS} | special, said)
    yield "topic", spoken_choices({one: words.text(f"topic.{one}") for one in office.topics} | special, said)
    for flow in office.flows.values():
        for question in flow.questions.values():
            labels = {
                one.id: words.text(f"flow.{flow.id}.{question.id}.{one.id}") for one in question.choices
            }
            choices = spoken_choices(labels | special, said, questions_own(labels), tuple(labels))
            yield f"{flow.id}.{question.id}", choices


def lines(office: Office) -> Iterator[str]:
    """For each language with a speech model on this machine what its model lacks: a choice by a line where
    nothing that may be said for it is known to the model, and how many phrases are missing besides."""
    from kiosk.speech.models import find_model
    from kiosk.speech.vocabulary import fit, word_list

    for tag, language in office.languages.items():
        model = find_model(language, office.speech_folder)
        if model is None:
            continue
        known = word_list(model)
        if not known:
            yield f"△ {tag}: 音声モデルの単語表が読めません。 The speech model's word list cannot be read."
            continue
        mute, missing, every = [], 0, 0
        for page, choices in pages(office, tag):
            for choice in choices:
                heard = [phrase for phrase in choice.phrases if fit(phrase, known.__contains__)]
                every += len(choice.phrases)
                missing += len(choice.phrases) - len(heard)
                if not heard:
                    mute.append(f"△ {tag}: {page}.{choice.id}: {', '.join(choice.phrases[:2])}")
        yield (
            f"{tag}: 声で選べない選択肢 choices that cannot be spoken {len(mute)} · "
            f"モデルにない言い方 phrases the model lacks {missing} / {every}"
        )
        yield from mute[:MOST_LINES]
        if len(mute) > MOST_LINES:
            yield f"  … {len(mute) - MOST_LINES} more"
