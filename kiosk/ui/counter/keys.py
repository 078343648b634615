"""Which key presses what. A function key means the same in every state."""

from __future__ import annotations

from kiosk.core.ticket import State
from kiosk.ui.counter.own import Own
from kiosk.ui.counter.pages import door_at
from kiosk.ui.counter.view import Ask, Beside

KEYS = {
    "F1": "signal",
    "F2": "call",
    "F3": "recall",
    "F4": "hold",
    "F5": "transfer",
    "F6": "reprint",
    "F7": "memo",
    "F8": "no_show",
    "F9": "lines",
    "F11": "earlier",
    "F12": "appointments",
    "Shift-F11": "lock",
    "Shift-F12": "disaster",
    "Escape": "cancel",
    "Return": "read",
    "Shift-F3": "put_back",
    "Control-z": "undo",
    "Control-l": "tongue",
    "0": "more",
}
ALL = (
    *(f"F{n}" for n in range(1, 13)),
    *(f"Shift-F{n}" for n in range(1, 13)),
    *(f"Control-{letter}" for letter in "bdefghjklmnopqrstuwyz"),
    *("Escape", "Return", "Prior", "Next", "Up", "Down", "Left", "Right"),
)
"""Every key but digits and signs, as the window names them."""
FIELDS_OWN = frozenset(
    {*(f"Control-{letter}" for letter in "bdefhknopyz"), "Prior", "Next"} | {"Up", "Down", "Left", "Right"}
)
"""Keys that mean something in a field one writes in: there they press nothing."""
BESIDE = {"F10": "note", "Escape": "leave"}
"""What these press while the console stands beside another counter's case."""
MAIN = {State.CALLED: "start", State.SERVING: "close"}


def target_of(name: str, state: State | None, over: object, *, beside: bool = False) -> str:
    """What a key presses. F10 is the main step of what is shown; digits are for a page that offers options;
    empty where the key means nothing now. `beside` another counter's case there are keys of its own."""
    if beside and over is None and name in BESIDE:
        return BESIDE[name]
    if isinstance(over, Own):
        pressed = dict(over.keys).get(name, over.main if name == "F10" else "")
        return pressed or ("cancel" if name == "Escape" else _shared(name))
    if name == "F10":
        if isinstance(over, Beside):
            return "link" if over.link else ""
        return MAIN.get(state, "") if over is None and state is not None else ""
    if name.isdigit() and name != "0":
        shown = over.shown if isinstance(over, Ask) and not over.entry else ()
        place = int(name) - 1
        return shown[place].id if place < len(shown) and shown[place].enabled else ""
    if name in ("?", "Control-h"):
        return "help"
    if name == "Next":
        # The card's next page: the earlier one's where one is read.
        return "page_earlier" if isinstance(over, Beside) else "page"
    if name == "0" and (not isinstance(over, Ask) or over.entry):
        return ""
    return KEYS.get(name, "") or door_at(name)


def _shared(name: str) -> str:
    """What a key presses also where a page lays itself out: the console can always be locked, and one can
    always go to whom the quiet signal is about."""
    return KEYS[name] if KEYS.get(name) in ("lock", "signal") else ""
