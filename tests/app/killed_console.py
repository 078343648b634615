"""A console in a process of its own, to be killed while somebody is being served at it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from unittest import mock

from kiosk.app.office import Office
from kiosk.core.ticket import State
from kiosk.store import passphrase
from kiosk.ui.counter.record.formsheet import DONE
from tests.app.playhouse import House, Seat

HALF = "途中まで書いたところで電気が切れた"


def main(data: str, at: str, counter: str) -> None:
    """Call, serve, begin the record; say the number once that is on disk, and go on until killed."""
    passphrase.MEMORY, passphrase.PASSES = 1024, 1
    with ExitStack() as ends:
        house = House(Path(data), ends)
        house.clock.at = datetime.fromisoformat(at)

        def now(_office: Office) -> datetime:
            return house.clock.at

        ends.enter_context(mock.patch.object(Office, "now", now))
        seat = Seat(house, counter, (), "k03")
        seat.unlock()
        seat.press("call")
        assert seat.console.current is not None
        seat.press("start")
        assert seat.console.current.state is State.SERVING
        seat.console.key("Shift-F7")
        seat.shown.fields.put(DONE, HALF)
        seat.console.typed(DONE, HALF)
        house.clock.on(seconds=5)
        case = seat.console.current
        house.until(lambda: HALF in [one.done for one in seat.office.store.get(case.id).content.records])
        print(case.number, flush=True)
        house.until(lambda: False)


if __name__ == "__main__":
    main(*sys.argv[1:])
