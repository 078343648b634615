"""The office's passphrase and its recovery key: what `madoguchi keys` and the console do."""

from __future__ import annotations

import getpass
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.auditing import tell
from kiosk.app.office import Office
from kiosk.app.told import in_japanese_and_english
from kiosk.errors import Trouble

if TYPE_CHECKING:
    from kiosk.printing.paper import RecoveryPage

log = logging.getLogger(__name__)

TRIES = 3
"""How often a recovery key may be mistyped before the set-up is given up."""
TITLE = ("回復キー", "Recovery key")
LINES = (
    (
        "合言葉を忘れたとき、このキーだけが相談内容を開けます。",
        "If the passphrase is forgotten, only this key opens what residents told.",
    ),
    (
        "金庫に入れてください。パソコンや端末と同じ場所に置かないでください。",
        "Keep it in a safe, never in the same place as the computers and tablets.",
    ),
    (
        "使い方: madoguchi keys recover を実行し、13組の文字を入力するか、コードを読み取ります。",
        "To use it: run madoguchi keys recover, then type the 13 groups or scan the code.",
    ),
    (
        "I・L・O・U の文字は使っていません。各組の最後の文字は確かめのためです。",
        "The letters I, L, O and U are not used. The last letter of each group checks the others.",
    ),
)


def state(office: Office) -> dict[str, Any]:
    """How the office is protected, for `keys status`, doctor and check."""
    from kiosk.store.older import days_open

    keys, store = office.keys, office.data / "store"
    return {
        "protected": keys.protected,
        "open": keys.is_open,
        "days": [day.isoformat() for day in keys.days()],
        "unsealed": [day.isoformat() for day in days_open(store)] if store.is_dir() else [],
        "slips": any((office.data / "slips").glob("*/*")),
        "faults": sorted({fault.key for fault in keys.faults()}),
    }


def new_recovery() -> str:
    """A new recovery key as it stands on paper."""
    from kiosk.store.passphrase import recovery_text

    return recovery_text(os.urandom(32))


def check_passphrase(office: Office, words: str) -> None:
    """Raise Trouble("trouble.passphrase_weak_…") where it could be guessed."""
    from kiosk.store.passphrase import check_strength

    check_strength(words, _known(office))


def set_up(office: Office, words: str, recovery: str, typed: str) -> int:
    """Protect the office, once its recovery key was typed back; how many older days were sealed.

    Raises Trouble: `trouble.recovery_not_kept`, and as Keyring.setup does.
    """
    from kiosk.store.older import seal_older
    from kiosk.store.passphrase import recovery_key

    key = recovery_key(recovery)
    if recovery_key(typed) != key:
        raise Trouble("trouble.recovery_not_kept")
    check_passphrase(office, words)
    # First: an office that says it is protected must have nothing lying open.
    sealed = seal_older(office.data / "store", office.keys)
    office.keys.setup(words, key, _known(office))
    tell(office, "keys_set")
    log.info("the office's passphrase was set; %d older days were sealed", len(sealed))
    return len(sealed)


def change(office: Office, old: str, new: str) -> None:
    """Another passphrase. Raises Trouble as Keyring.change does."""
    try:
        office.keys.change(old, new, _known(office))
    except Trouble as trouble:
        if trouble.key == "trouble.passphrase_wrong":
            tell(office, "keys_wrong")
        raise
    tell(office, "keys_changed")
    log.info("the office's passphrase was changed")


def recover(office: Office, recovery: str, new: str) -> None:
    """Another passphrase by the recovery key. Raises Trouble as Keyring.recover does."""
    from kiosk.store.passphrase import recovery_key

    office.keys.recover(recovery_key(recovery), new, _known(office))
    tell(office, "keys_recovered")
    log.info("the office's passphrase was set anew with the recovery key")


def proven(office: Office, typed: str) -> str:
    """The recovery key as it stands on paper, if it is this office's. Raises Trouble."""
    from kiosk.store.passphrase import recovery_key, recovery_text

    key = recovery_key(typed)
    if not office.keys.proves(key):
        raise Trouble("trouble.recovery_wrong")
    return recovery_text(key)


def page(office: Office, recovery: str) -> RecoveryPage:
    """What the page for the safe says."""
    from kiosk.printing.paper import RecoveryPage

    stamp = office.today().isoformat()
    return RecoveryPage(office.settings.office.name_ja, TITLE, LINES, recovery, stamp)


def write_page(office: Office, recovery: str, out: Path) -> list[Path]:
    """The page as PNG and PDF into a folder that is not the office's own. Raises Trouble."""
    from kiosk.printing.paper import draw_recovery
    from kiosk.printing.printers import FilePrinter

    if out.resolve().is_relative_to(office.data.resolve()):
        raise Trouble("trouble.recovery_place")
    made = draw_recovery(page(office, recovery), office.typesetter)
    FilePrinter(out).print(made, "recovery-key")
    return [out / "recovery-key.png", out / "recovery-key.pdf"]


def print_page(office: Office, recovery: str) -> None:
    """The page on the office's slip printer. Raises Trouble; also where that only writes files."""
    from kiosk.printing.paper import draw_strip

    printing = office.settings.printing
    if printing.kind in ("file", "escpos-file"):
        raise Trouble("trouble.recovery_place")
    strip = draw_strip(page(office, recovery), office.typesetter, printing.width_dots)
    office.printer().print(strip, "recovery-key")


def _known(office: Office) -> tuple[str, ...]:
    """What somebody would try first."""
    own = office.settings.office
    return (own.name_ja, own.city_hall_ja, own.city_hall_en, own.prefecture, own.area, "madoguchi", "窓口")


# At the terminal


def ask(words: str) -> str:
    """A line nobody sees while it is typed; from standard input where that is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{words}: ")
    return sys.stdin.readline().rstrip("\n")


def ask_new(office: Office) -> str:
    """A new passphrase, typed twice. Raises Trouble where it is weak or not the same."""
    words = ask("新しい合言葉 / new passphrase")
    check_passphrase(office, words)
    if ask("もう一度 / once more") != words:
        raise Trouble("trouble.passphrase_differs")
    return words


def run_setup(office: Office, out: Path | None, on_printer: bool) -> str:
    """Ask, show the recovery key, have it typed back, protect; what to tell. Raises Trouble."""
    if office.keys.protected:
        raise Trouble("trouble.keys_set")
    words, recovery = ask_new(office), new_recovery()
    if out is not None:
        write_page(office, recovery, out)
    if on_printer:
        print_page(office, recovery)
    groups = "\n".join(f"  {place:2}  {group}" for place, group in enumerate(recovery.split("-"), 1))
    print(f"回復キー / recovery key\n{groups}\n紙に書いて金庫へ。二度と表示しません。", end=" ")
    print("Write it on paper, for the safe: it is never shown again.")
    for left in range(TRIES, 0, -1):
        try:
            sealed = set_up(office, words, recovery, ask("紙を見て入力 / type it back from the paper"))
            return _done(office, sealed)
        except Trouble as trouble:
            if left == 1 or not trouble.key.startswith("trouble.recovery_"):
                raise
            print(in_japanese_and_english(trouble))
    raise AssertionError("the last try raises")


def _done(office: Office, sealed: int) -> str:
    said = "合言葉を設定しました。 / The passphrase is set."
    if sealed:
        said += (
            f"\n以前の {sealed} 日分を封印しました。フラッシュメモリには古い写しが残ることがあります。"
            f"\nSealed {sealed} earlier days. Flash memory may keep old copies for some time."
        )
    if state(office)["slips"]:
        said += "\nslips フォルダーの番号票の画像は封印されません。"
        said += "\nPictures of slips in `slips` are not sealed."
    return said


def told_state(found: dict[str, Any]) -> str:
    """The state in sentences."""
    if not found["protected"]:
        said = [
            "保護されていません。だれでも相談内容を読めます。madoguchi keys setup を実行してください。",
            "Not protected: whoever has this machine reads what was told. Run madoguchi keys setup.",
        ]
    else:
        said = ["合言葉で保護されています。", "Protected by the office's passphrase."]
    if found["unsealed"]:
        days = ", ".join(found["unsealed"])
        said.append(f"封印前の日 / days not sealed yet: {days}")
    if found["slips"]:
        said.append("番号票の画像があります（封印なし） / pictures of slips lie there, not sealed: slips/")
    said += [f"! {key}" for key in found["faults"]]
    return "\n".join(said)
