"""What works on this machine and how to mend what does not, for staff: Japanese first, English second."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kiosk import doctor_checks as look
from kiosk import doctor_engines as engines
from kiosk import doctor_office as office
from kiosk import paths
from kiosk.doctor_checks import Check, Said
from kiosk.doctor_pages import pages

PACKAGES = {
    "python3": Said("Python 3.11 以上", "Python 3.11 or newer"),
    "python3-tk": Said("画面", "windows"),
    "python3-venv": Said("準備", "set-up"),
    "ca-certificates": Said("モデルの取得", "fetching models"),
    "libfribidi0": Said("文字の組み合わせ (Raqm)", "shaping of text (Raqm)"),
    "libportaudio2": Said("マイクとスピーカー", "microphone and speaker"),
    "espeak-ng": Said("読み上げ（日本語以外）", "reading aloud (other than Japanese)"),
    "fonts-noto-core": Said("文字（ネパール語・ビルマ語など）", "letters (Nepali, Burmese and others)"),
    "fonts-noto-cjk": Said("文字（日本語・中国語・韓国語）", "letters (Japanese, Chinese, Korean)"),
    "cups-client": Said("紹介状などの印刷 (lp)", "printing letters and other A4 pages (lp)"),
    "xvfb": Said("仮想画面", "virtual display"),
    "openbox": Said("窓の管理", "window manager"),
}
"""Debian package → what it is for. install.sh installs the same; a test compares the two."""

NAMES = {
    "program": Said("このプログラム", "This program"),
    "python": Said("Python", "Python"),
    "tk": Said("Tk と Xft", "Tk with Xft"),
    "display": Said("画面", "Display"),
    "window_manager": Said("窓の管理", "Window manager"),
    "virtual_display": Said("仮想画面", "Virtual display"),
    "raqm": Said("文字の組み合わせ", "Shaping of text"),
    "fonts": Said("文字の書体", "Fonts"),
    "portaudio": Said("音の入出力 (PortAudio)", "Sound (PortAudio)"),
    "microphone": Said("マイク", "Microphone"),
    "speaker": Said("スピーカー", "Speaker"),
    "espeak": Said("読み上げ (eSpeak NG)", "Reading aloud (eSpeak NG)"),
    "openjtalk": Said("日本語の読み上げ", "Reading Japanese aloud"),
    "speech": Said("音声認識", "Speech recognition"),
    "translation": Said("機械翻訳", "Machine translation"),
    "data": Said("データの置き場所", "Data folder"),
    "keys": Said("相談内容の保護", "Protection of what is told"),
    "backup": Said("最後の控え", "Last backup"),
    "database": Said("窓口のデータベース", "Office database"),
    "settings": Said("設定", "Settings"),
    "printer": Said("プリンター", "Printer"),
    "pages": Said("A4 の紙（紹介状など）", "A4 pages (letters)"),
    "clock": Said("時計", "Clock"),
}


def run(data: Path, json: bool = False) -> int:
    """Look at everything and print it; 0 when the kiosk can start, 1 when something required is wrong."""
    checks = examine(data)
    ok = all(check.ok for check in checks if check.required)
    if json:
        from json import dumps

        print(dumps({"ok": ok, "checks": [_plain(check) for check in checks]}, ensure_ascii=False, indent=2))
    else:
        for check in checks:
            print("\n".join(_lines(check)))
    return 0 if ok else 1


def examine(data: Path) -> list[Check]:
    """Every check, in the order staff read them."""
    folder = office.data_folder(data)
    machine = [
        office.program(), look.python(), look.tk(), *look.screen(), look.virtual_display(), look.raqm(),
        look.fonts(), engines.portaudio(), *engines.sound(), engines.espeak(), engines.openjtalk(),
    ]  # fmt: skip
    if folder.required and not folder.ok:
        return [*machine, folder]  # What lies in it is another's, or cannot be reached.
    chosen, settings = look.settings(data / "settings.toml")
    return [
        *machine, engines.speech(data), engines.translation(data), folder, office.keys(data),
        office.backup(data), settings, office.database(chosen.database), look.printer(chosen.printing),
        pages(chosen.printing), look.clock(data / "store"),
    ]  # fmt: skip


def quick(language: str = "en") -> int:
    """What install.sh asks after the set-up: prints only what is wrong, in `ja` or `en`; 1 if required."""
    checks = [look.python(), look.tk(), look.raqm(), look.fonts(), engines.portaudio(), engines.espeak()]
    if not os.environ.get("DISPLAY"):
        checks.append(look.virtual_display())
    wrong = [check for check in checks if not check.ok]
    for check in wrong:
        name, detail, cure = (
            said.ja if language == "ja" else said.en
            for said in (NAMES[check.name_key], check.detail, check.cure)
        )
        print(f"{_mark(check)} {name}: {detail} → {cure}")
    if not wrong:
        print("○ すべて使えます" if language == "ja" else "○ everything needed is there")
    return 1 if any(check.required for check in wrong) else 0


def _mark(check: Check) -> str:
    return "○" if check.ok else "×" if check.required else "△"


def _lines(check: Check) -> Iterable[str]:
    name = NAMES[check.name_key]
    yield f"{_mark(check)} {name.ja}: {check.detail.ja}" + (f" → {check.cure.ja}" if not check.ok else "")
    yield f"  {name.en}: {check.detail.en}" + (f" → {check.cure.en}" if not check.ok else "")


def _plain(check: Check) -> dict[str, object]:
    name = NAMES[check.name_key]
    return {
        "key": check.name_key, "ok": check.ok, "required": check.required,
        "name_ja": name.ja, "name_en": name.en,
        "detail_ja": check.detail.ja, "detail_en": check.detail.en,
        "cure_ja": "" if check.ok else check.cure.ja, "cure_en": "" if check.ok else check.cure.en,
    }  # fmt: skip


def main(words: list[str]) -> int:
    """`python -m kiosk.doctor [--quick [ja|en]] [--json]`: install.sh calls it before the rest is whole."""
    if words[:1] == ["--quick"]:
        return quick(*words[1:2])
    return run(paths.data_dir(), "--json" in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
