"""Engines that fail under a visit, in the kiosk's real window: a clear sentence, and the visit goes on."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.app.demo import TYPED, install_samples
from kiosk.app.engines import TRANSLATION
from kiosk.app.office import open_data
from kiosk.app.pool import Key
from kiosk.app.rehearsal import Player, write
from kiosk.core.steps import Page
from kiosk.speech.models import find_model
from kiosk.speech.sources import WavFile
from kiosk.workers import Worker
from tests.app.conftest import Running

Start = Callable[..., Running]
HELP = "도와주세요."
"""The samples know it."""


@pytest.fixture
def translating(
    running: Start, data: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[Running]:
    """A kiosk that translates with the sample packages; neither it nor an engine that dies tells of it."""
    install_samples(open_data(data))
    yield running()
    said = capfd.readouterr()
    assert HELP not in caplog.text + said.out + said.err


def worker(kiosk: Running, key: Key) -> Worker:
    return kiosk.actions._engines.pool.worker_of(key)


def kill(kiosk: Running, key: Key) -> None:
    pid = worker(kiosk, key).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@contextmanager
def held_up(kiosk: Running, key: Key) -> Iterator[None]:
    """The engine does nothing meanwhile."""
    pid = worker(kiosk, key).pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def to_confirm(kiosk: Running, player: Player, text: str) -> None:
    """Write, and ask for the translation of an engine that is at rest."""
    player.press("type")
    for sign in text:
        kiosk.shown.kiosk.press(f"key:{sign}" if sign != " " else "key:<space>")
    player.wait(lambda: not worker(kiosk, TRANSLATION).busy, "the loading")


def rested(kiosk: Running, key: Key) -> None:
    """Until everything asked of an engine before now was done or dropped: jobs are done in their order."""
    done: list[object] = []
    worker(kiosk, key).ask("nothing", None, done.append)
    kiosk.player.wait(lambda: bool(done), "the engine")


def test_a_damaged_speech_model_says_so_and_typing_goes_on(running: Start, data: Path) -> None:
    office = open_data(data)
    model = find_model(office.languages["ko"], office.speech_folder)
    if model is None:
        pytest.skip("the Korean speech model is not installed")
    broken = office.speech_folder / "ko"
    shutil.copytree(model, broken, copy_function=os.symlink)
    acoustic = broken / "am" / "final.mdl"
    acoustic.unlink()
    acoustic.write_bytes(b"\0B" + bytes(1_000_000))
    kiosk = running()

    def try_to_speak(player: Player) -> None:
        player.press("listen")
        player.wait(lambda: kiosk.shown.kiosk.speaking.ear == "off", "the trouble")
        assert kiosk.say("trouble.model_damaged") in kiosk.read()
        write(HELP)(player)

    assert kiosk.visit(words=try_to_speak).issued.saved
    narrative = kiosk.office.store.tickets()[0].content.narrative
    assert narrative is not None
    assert (narrative.original, narrative.means) == (HELP, "typed")


def test_a_translation_engine_killed_at_work_is_not_noticed(translating: Running) -> None:
    kiosk = translating

    def go_on(player: Player) -> None:
        to_confirm(kiosk, player, HELP)
        before = worker(kiosk, TRANSLATION).pid
        with held_up(kiosk, TRANSLATION):
            player.press("next")
            assert kiosk.shown.kiosk.translating.working
            kill(kiosk, TRANSLATION)
        player.wait(lambda: not kiosk.shown.kiosk.translating.working, "the translation")
        assert kiosk.shown.kiosk.translating.trouble == ""
        assert worker(kiosk, TRANSLATION).pid != before
        player.press("accept")

    assert kiosk.visit(words=go_on).issued.saved
    narrative = kiosk.office.store.tickets()[0].content.narrative
    assert narrative is not None
    assert narrative.accepted


def test_one_that_dies_again_is_told_and_the_words_go_as_they_are(translating: Running) -> None:
    kiosk = translating

    def go_on(player: Player) -> None:
        to_confirm(kiosk, player, HELP)
        with held_up(kiosk, TRANSLATION):
            player.press("next")
            first = worker(kiosk, TRANSLATION).pid
            kill(kiosk, TRANSLATION)
        player.wait(lambda: worker(kiosk, TRANSLATION).pid not in (None, first), "the restart")
        with held_up(kiosk, TRANSLATION):
            kill(kiosk, TRANSLATION)
        player.wait(lambda: not kiosk.shown.kiosk.translating.working, "the trouble")
        assert kiosk.say("trouble.translation_refused") in kiosk.read()
        player.press("untranslated")

    assert kiosk.visit(words=go_on).issued.saved


def test_what_was_asked_in_a_visit_that_was_wiped_is_not_answered(translating: Running) -> None:
    kiosk = translating
    shown = kiosk.shown.kiosk
    player = kiosk.player

    def wipe(player: Player) -> None:
        to_confirm(kiosk, player, HELP)
        with held_up(kiosk, TRANSLATION):
            player.press("next")
            asked = len(worker(kiosk, TRANSLATION)._open)
            player.press("clear")
            # The narrative was dropped, and nothing came but the order to forget it.
            assert len(worker(kiosk, TRANSLATION)._open) == asked == 1
        rested(kiosk, TRANSLATION)
        raise Wiped

    with pytest.raises(Wiped):
        kiosk.visit(words=wipe)
    player.settle()
    assert shown.visit.language == ""
    assert shown.visit.text == ""
    assert shown.visit.translation is None
    assert shown.translating.translation is None
    assert kiosk.office.store.tickets() == []


class Wiped(Exception):
    """The visit ended here."""


def test_a_choice_said_in_a_visit_that_was_wiped_is_nobodys(running: Start, tmp_path: Path) -> None:
    from kiosk.speech.sample import write_sample

    voice = tmp_path / "voice.wav"
    write_sample(voice)
    kiosk = running(source=WavFile(voice))
    if not kiosk.actions.abilities("ko").speech:
        pytest.skip("the Korean speech model is not installed")
    player, shown = kiosk.player, kiosk.shown.kiosk
    player.press("pick:ko")
    (key,) = (key for key in kiosk.actions._engines.pool.known() if key[0] == "speech")
    player.wait(lambda: not worker(kiosk, key).busy, "the model")
    player.press("choose:self")
    with held_up(kiosk, key):
        player.press("voice")
        assert shown.voice.ear == "loading"
        player.press("clear")
    rested(kiosk, key)
    player.settle()
    assert shown.visit.at.page is not Page.TOPIC
    assert (shown.voice.ear, shown.voice.picked, shown.told) == ("idle", "", "")
    assert shown.visit.topic == ""


def test_two_languages_one_after_the_other_are_both_translated(translating: Running) -> None:
    kiosk = translating
    for language, text in (("en", TYPED["en"]), ("ko", HELP), ("en", "Help me.")):
        kiosk.visit(language, write(text))
    told = [ticket.content.narrative for ticket in kiosk.office.store.tickets()]
    assert [one.original if one else "" for one in told] == [TYPED["en"], HELP, "Help me."]
    japanese = [one.translation or "" for one in told if one is not None]
    assert all(japanese)
    assert len(set(japanese)) >= 2
