"""The day that is played: forty visits, three counters, Hello Work, a lawyer, an event in the evening."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from kiosk.app import erasure, queueing
from kiosk.app.events import merging, planning, sealing, starting
from kiosk.app.events.planning import Plan
from kiosk.app.office import open_data
from kiosk.app.rehearsal import play, write
from kiosk.core.ticket import Case, Content, Narrative, State
from kiosk.paths import ROOT
from kiosk.ui.counter.record.formsheet import DONE
from tests.app.killed_console import HALF
from tests.app.playhouse import DAY, PASSPHRASE, Door, House, Seat, Told

HELLO, PARTNER = "ハローワーク", "partner:となり町 相談窓口"
SAID = "한국어로 임금에 대해 말했습니다"
FORMULA = '=HYPERLINK("http://127.0.0.1/","開く")'
LONG = (FORMULA + "\x07\x1b[31m あ\u202e" + "会社と三回話し合いをした。\n" * 4000)[:50_000]
"""What somebody types or pastes into a record: a formula, control characters, 50,000 characters."""
EVENT = "港町 出張相談会"


class Day:
    """Plays the day from the morning on; what happened stands in `house.played`."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.board = house.open_display()
        self.door = Door(house)
        self.one = Seat(house, "1", ("vi", "en"), "k01")
        self.two = Seat(house, "2", ("ko",), "k02")
        for seat in (self.one, self.two):
            seat.unlock()
        self.found: dict[str, Any] = {}
        """What is looked at once more when the day is over."""

    def play(self) -> None:
        self.morning()
        self.quiet()
        self.mistakes()
        self.killed()
        self.appointments()
        self.hello_work()
        self.lawyer()
        self.erased()
        self.closing()
        self.outreach()

    def written(self, language: str, matter: str) -> Told:
        """A visit through the kiosk's own window, every press a press on it."""
        door, house = self.door, self.house
        if door.shown.kiosk.finished is not None:
            door.player.press("finish")
        play(door.player, language, "work", {"matter": matter}, write(SAID))
        given = door.shown.kiosk.finished
        assert given is not None
        house.clock.on(seconds=90)
        told = Told(given.issued.number, given.issued.ticket_id, language, ("employment",))
        return house.add(told)

    def morning(self) -> None:
        house, door = self.house, self.door
        house.clock.to(9)
        first = [self.written("ko", "wages"), self.written("vi", "search")]
        # Both consoles at the same instant, for two who wait, then for one.
        for seat in (self.one, self.two):
            seat.console.press("call")
        self.one.settled()
        self.two.settled()
        assert {self.one.seen().number, self.two.seen().number} == {told.number for told in first}
        assert self.two.told.language == "ko", "each has the one whose language they speak"
        for seat in (self.one, self.two):
            seat.serve(6)
            seat.close(done="賃金台帳の写しを会社に求めるよう説明した。")
        last = door.visit("ne", "city_hall", matter="moving", moving="in", moved_when="two_weeks")
        for seat in (self.one, self.two):
            seat.console.press("call")
        self.one.settled()
        self.two.settled()
        faster = [seat for seat in (self.one, self.two) if seat.console.current is not None]
        assert len(faster) == 1, "two never call the same person"
        assert faster[0].seen() is last
        other = self.two if faster[0] is self.one else self.one
        assert "待っている人はいません" in other.words()
        faster[0].serve(11)
        faster[0].close(result="solved", done=LONG, memo=LONG)
        self.found["long"] = last

    def quiet(self) -> None:
        """Somebody in danger: the signal on every console, nothing in the hall."""
        door = self.door
        for language in ("my", "pt-BR", "zh-Hans"):
            door.visit(language, "residence", matter="renew", expiry="month", applied="not_yet")
        quiet = door.visit("vi", "daily_life", matter="family", family="violence", home_safe="afraid")
        assert quiet.quiet
        for seat in (self.one, self.two):
            seat.until_offered("signal")
        self.two.press("signal")
        assert self.two.seen() is quiet
        self.two.press("recall")
        self.two.seen()
        self.two.serve(25)
        for _ in range(3):
            self.one.whole(8)
        self.two.close(result="referred", done="安全な場所と連絡がとれた。")
        self.found["quiet"] = quiet

    def mistakes(self) -> None:
        """Recalls, a no-show who comes after all, a hold, and what is taken back within a minute."""
        house, door, one, two = self.house, self.door, self.one, self.two
        house.clock.to(10, 25)
        for language in ("en", "ko", "ja-simple", "my"):
            door.visit(language, "tax", matter="resident", letter="bill", deadline="week", can_pay="how")
        gone = one.call(real=True)
        for _ in range(2):
            one.press("recall")
            one.seen()
        one.press("no_show")
        gone.state = State.NO_SHOW
        held = one.call()
        one.serve(5)
        one.press("hold")
        held.state = State.ON_HOLD
        two.call()
        two.key("Control-z")
        taken_back = next(t for t in house.played.values() if t.state is State.CALLED)
        assert two.console.current is None, two.console.message
        taken_back.state, taken_back.calls = State.WAITING, 0
        taken_back.counters.clear()
        house.until(lambda: not (now := self.board.announcing.shown) or now.number != taken_back.number)
        assert two.call() is taken_back, "it kept its place in the queue"
        two.serve(4)
        two.close()
        two.key("Control-z")
        assert two.console.current is not None, two.console.message
        assert two.told is taken_back
        assert two.console.current.state is State.SERVING
        house.clock.on(minutes=3)
        two.close(result="solved")
        house.clock.on(minutes=2)
        two.press("undo")
        assert two.console.current is None, "a minute is a minute"
        one.press(f"take:{held.ticket_id}")
        held.state = State.SERVING
        one.serve(6) if one.console.current and one.console.current.state is State.CALLED else None
        one.close(result="continuing")
        one.press("tab:absent")
        one.press(f"take:{gone.ticket_id}")
        assert one.seen() is gone
        one.serve(4)
        one.close()
        two.whole(5)
        self.found |= {"gone": gone, "held": held}

    def killed(self) -> None:
        """The power of the third counter goes while somebody is being served at it."""
        house = self.house
        house.clock.to(11, 40)
        told = self.door.visit("pt-BR", "medical", matter="insurance", insurance_since="two_weeks")
        command = [sys.executable, "-m", "tests.app.killed_console", str(house.data)]
        command += [house.clock.at.isoformat(), "3"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            number = child.stdout.readline().strip()
            child.send_signal(signal.SIGKILL)
        assert number == told.number
        told.calls, told.state = 1, State.SERVING
        told.at("3")
        house.clock.on(minutes=4)
        self.three = Seat(house, "3", (), "k03")
        self.three.unlock()
        house.until(lambda: self.three.console.current is not None)
        assert self.three.told is told, "it goes on where it was"
        self.three.console.key("Shift-F7")
        assert self.three.shown.fields.text(DONE) == HALF
        self.three.console.press("cancel")
        house.clock.on(minutes=6)
        self.three.close(result="solved")
        self.found["killed"] = told

    def appointments(self) -> None:
        """The lawyer comes at two: one place is taken at the kiosk, one at a counter, one is given back."""
        house, door, one = self.house, self.door, self.one
        house.clock.to(12)
        hours: dict[str, Any] = {"matter": "conditions", "conditions_what": "hours"}
        at_kiosk = door.visit("ne", "work", booked=True, **hours)
        given_back = door.visit("en", "work", booked=True, **hours)
        one.ask("appointments", f"one:{given_back.ticket_id}", "give_back?", "give_back")
        given_back.state = State.CLOSED
        door.visit("vi", "housing", matter="leaving", leaving="deposit", when="month")
        booked = one.call()
        one.serve(7)
        one.write("敷金の明細を弁護士に見せる。", "continuing")
        one.ask("appointments", "slot:0")
        assert one.console.current is None, one.console.message
        booked.state = State.WAITING
        assert "14:30" in one.console.message
        self.found |= {"at_kiosk": at_kiosk, "booked": booked, "given_back": given_back}

    def hello_work(self) -> None:
        """The desk of the employment office in the afternoon: sent there from a counter, and back."""
        house, door, one, two = self.house, self.door, self.one, self.two
        house.clock.to(13)
        hello = Seat(house, HELLO, (), "hw1")
        hello.unlock()
        for language in ("vi", "my", "zh-Hans"):
            door.visit(language, "work", matter="search", search_status="jobless", search_worry="resume")
        to_hello = two.call()
        two.serve(5)
        two.ask("transfer", f"to:{HELLO}")
        to_hello.state = State.WAITING
        for seat in (one, self.three):
            assert seat.call() is not to_hello, "only the desk it was sent to calls it"
        assert "待っている人はいません" in two.said("call")
        house.until(lambda: to_hello.number in hello.words())
        assert hello.call() is to_hello
        hello.serve(11)
        hello.ask("transfer", "to:1")
        to_hello.state = State.WAITING
        for seat in (one, self.three):
            seat.serve(4)
            seat.close(result="solved")
        assert one.call() is to_hello
        one.serve(6)
        one.close(done="求職の登録が済んだ。")
        # Who waits for any counter is not that desk's; sent there by mistake, it goes back to the counters.
        back = door.visit("ko", "city_hall", matter="certificate", certificate="residence", due="none")
        assert "ここへ回された人で、待っている人はいません" in hello.said("call")
        assert hello.console.view().rows == ()
        assert two.call() is back
        two.serve(3)
        two.ask("transfer", f"to:{HELLO}")
        back.state = State.WAITING
        house.until(lambda: back.number in hello.words())
        assert hello.call() is back
        hello.serve(2)
        hello.ask("transfer", "to:")
        back.state = State.WAITING
        assert two.call() is back
        two.serve(5)
        two.close()
        self.found |= {"to_hello": to_hello, "back": back}

    def lawyer(self) -> None:
        """The lawyer sits at the third counter from two; appointments are called when they are due."""
        house, three = self.house, self.three
        at_kiosk, booked = self.found["at_kiosk"], self.found["booked"]
        three.sit(specialists=("lawyer",))
        house.until(lambda: three.console.place.lanes)
        house.clock.to(14)
        assert three.call() is at_kiosk
        assert "予約" in three.words()
        three.serve(28)
        three.console.key("Control-p")
        house.until(lambda: [*(house.data / "letters").rglob(f"{at_kiosk.number}-card.pdf")])
        three.close(result="referred", done="法テラスの利用を勧めた。")
        house.clock.to(14, 35)
        assert three.call() is booked
        three.press("no_show")
        booked.state = State.NO_SHOW
        three.sit(specialists=())

    def erased(self) -> None:
        """Who was called away asks for erasure; a console that still lists them calls them."""
        house, one = self.house, self.one
        house.clock.to(15)
        told = self.door.visit("ko", "tax", matter="vehicle", letter="none", deadline="later")
        one.call()
        one.press("no_show")
        one.press("tab:absent")
        gone = house.open()
        gone.keys.unlock(PASSPHRASE)
        erasure.erase_ticket(gone, told.ticket_id, staff="k09")
        one.press(f"take:{told.ticket_id}")
        assert one.console.current is None
        assert one.console.message, "said plainly"
        self.found["erased message"] = one.console.message
        house.clock.on(minutes=2)
        house.until(lambda: told.ticket_id not in {case.id for case in one.console.desk.tickets()})
        one.press("tab:waiting")
        assert told.number not in one.words().replace(one.console.message, "")
        self.found["erased"] = house.played.pop(told.number)

    def closing(self) -> None:
        """The afternoon: handed on by letter, to another town, told at the kiosk; one who left."""
        house, door, one, two = self.house, self.door, self.one, self.two
        house.clock.to(15, 20)
        for language in ("my", "pt-BR"):
            door.visit(language, "work", matter="injury", injury_treated="no_money",
                       injury_company="refuses", injury_when="month")  # fmt: skip
        told = one.call(real=True)
        one.serve(12)
        services = one.console.present.content.services
        one.ask("refer", f"to:{services[0]}", "how:letter")
        told.state = State.REFERRED
        told = two.call()
        two.serve(8)
        two.ask("transfer", f"to:{PARTNER}")
        told.state = State.REFERRED
        door.visit("en", "transport", referred=True, matter="bicycle", bicycle="rules")
        for number, language in enumerate(
            ("ja", "ko", "vi", "ne", "my", "en", "ja-simple", "pt-BR", "zh-Hans", "vi")
        ):
            door.visit(language, "school", matter="japanese", child_age="elementary")
            (one, two, self.three)[number % 3].whole(4)
        house.clock.to(17, 5)
        self.found["left"] = door.visit("zh-Hans", "welfare", matter="pension", pension="receive")

    def outreach(self) -> None:
        """Six visits at an event by the harbour; its pack is taken over in the evening."""
        house = self.house
        office = house.open()
        office.keys.unlock(PASSPHRASE)
        plan = Plan(EVENT, "港町公民館", DAY, ("ko", "vi"), ("C",), ("社協",))
        [made] = planning.prepare(office, plan, house.data.parent / "stick")
        at = starting.start(house.data.parent / "tablet", made.file.read_text())
        tablet = open_data(at.data)
        for number in range(6):
            language, words = ("ko", "vi")[number % 2], Narrative(SAID, "ko", "typed")
            content = Content("self", (Case("tax"),), words, statistics=("tax",))
            ticket = tablet.store.issue(content, language=language, at=house.clock.at)
            told = Told(ticket.number, ticket.id, language, ("tax",), event=EVENT)
            house.add(told)
            house.clock.on(minutes=1)
        for number in range(3):
            row = queueing.call_next(tablet, "社協", ())
            assert row is not None
            told = house.played[row["number"]]
            told.at("社協")
            told.calls = 1
            house.clock.on(minutes=3 + number)
            for step in ("serve", "close"):
                queueing.change(tablet, step, told.number, counter="社協")
            told.state = State.CLOSED
        house.clock.to(18, 30)
        packed = sealing.seal(tablet, at, house.data.parent / "stick")
        tablet.store.close()
        if tablet.in_use is not None:
            os.close(tablet.in_use)
        [came] = merging.merge(office, [packed.file])
        assert came.trouble is None
        assert len(came.report.new) == 6
        first = next(told for told in house.played.values() if told.event)
        house.until(lambda: first.number in {case.number for case in self.one.console.desk.tickets()})


def protect(data: Path, words: str) -> None:
    """Set the office's passphrase."""
    office = open_data(data)
    office.keys.setup(words, os.urandom(32))
    office.store.close()
