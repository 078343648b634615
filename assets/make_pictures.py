"""Makes the README's pictures from the real windows: `.venv/bin/python assets/make_pictures.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from kiosk.app.intake import shop_of
from kiosk.app.office import open_data
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.resident.scenes import samples

HOME = Path(__file__).parent / "pictures"
SCREENS = {
    ("my", "language"): "language.png",
    ("my", "topic"): "topic-my.png",
    ("ne", "question"): "question-ne.png",
    ("ko", "listening"): "speak-ko.png",
    ("ko", "confirm"): "confirm-ko.png",
    ("vi", "done"): "done-vi.png",
}
SLIPS = ("my", "ne", "ko")
PAGES = {("pt-BR", "care"): "care-pt.png", ("zh-Hans", "guide-medical-1"): "guide-zh.png"}
"""Pages the demo visit does not come by, drawn by the same painter."""


def main() -> None:
    """A demo visit in each language; its screens, slips and the card."""
    HOME.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        slips = []
        for tag in dict.fromkeys([tag for tag, _ in SCREENS]):
            out = Path(folder) / tag
            command = [sys.executable, "-m", "kiosk", "demo", "--out", str(out), "--language", tag]
            subprocess.run(command, check=True)
            for (wanted, page), name in SCREENS.items():
                if wanted == tag:
                    shown = next(iter(sorted((out / "screens").glob(f"*-{page}.png"))))
                    small(Image.open(shown)).save(HOME / name, optimize=True)
            if tag in SLIPS:
                slips.append(Image.open(out / "slip.png").convert("L"))
            if tag == "ko":
                shutil.copy(out / "handover.png", HOME / "console.png")
        side_by_side(slips).save(HOME / "slips.png", optimize=True)
        drawn(Path(folder) / "drawn")


def drawn(data: Path) -> None:
    office = open_data(data)
    for (tag, page), name in PAGES.items():
        frame = Frame(1280, 800)
        sheets = samples(shop_of(office), office.directory, frame, tag, ("calm", "orientation"))
        small(Painter(office.typesetter, frame).photograph(sheets[page])).save(HOME / name, optimize=True)


def small(picture: Image.Image) -> Image.Image:
    return picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128)


def side_by_side(slips: list[Image.Image]) -> Image.Image:
    gap = 40
    wide = sum(slip.width for slip in slips) + gap * (len(slips) + 1)
    sheet = Image.new("L", (wide, max(slip.height for slip in slips) + 2 * gap), 150)
    x = gap
    for slip in slips:
        sheet.paste(slip, (x, gap))
        x += slip.width + gap
    return sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
