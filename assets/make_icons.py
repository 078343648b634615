"""Makes the icons' alpha masks from the Lucide font of the package `tkinter-icons-lucide`.

Run where that package is installed: `python assets/make_icons.py`. The masks are part of the project, so
nothing of it is needed to run the kiosk. Lucide is under the ISC licence, see icons/LICENSE.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = 192
NAMES = [
    "a-large-small",
    "archive",
    "armchair",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-right-left",
    "arrow-up",
    "arrow-up-from-line",
    "baby",
    "banknote",
    "banknote-x",
    "bot",
    "briefcase",
    "building-2",
    "calendar-clock",
    "car",
    "chart-column",
    "check",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "circle-help",
    "circle-pause",
    "clipboard-list",
    "clock",
    "corner-down-left",
    "delete",
    "eraser",
    "file-text",
    "folder-open",
    "globe",
    "graduation-cap",
    "headset",
    "heart-handshake",
    "heart-pulse",
    "hourglass",
    "house",
    "id-card",
    "info",
    "keyboard",
    "landmark",
    "languages",
    "lock-keyhole",
    "log-out",
    "map-pin",
    "megaphone",
    "message-circle-off",
    "message-square-text",
    "mic",
    "mic-off",
    "monitor",
    "moon",
    "pencil",
    "phone",
    "phone-off",
    "printer",
    "receipt-japanese-yen",
    "rotate-ccw",
    "search",
    "send",
    "shield-alert",
    "shopping-basket",
    "signpost",
    "siren",
    "skip-forward",
    "square",
    "stethoscope",
    "ticket",
    "triangle-alert",
    "user",
    "user-check",
    "user-x",
    "users",
    "users-round",
    "volume-2",
    "volume-x",
    "x",
]


def main() -> None:
    """Write one mask a name beside this file."""
    spec = find_spec("tkinter_icons_lucide")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    glyphs = json.loads((package / "glyphmap.json").read_text(encoding="utf-8"))
    font = ImageFont.truetype(str(package / "fonts" / "lucide.ttf"), SIZE)
    folder = Path(__file__).parent / "icons"
    used = set(NAMES) | _in_flows(Path(__file__).parent.parent / "flows")
    for name in sorted(used):
        sign = chr(int(glyphs[f"icon-{name}"], 16))
        mask = Image.new("L", (SIZE, SIZE))
        ImageDraw.Draw(mask).text((SIZE / 2, SIZE / 2), sign, font=font, fill=255, anchor="mm")
        mask.save(folder / f"{name}.png", optimize=True)


def _in_flows(folder: Path) -> set[str]:
    import tomllib

    names = set()
    for file in folder.glob("*.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        names |= {topic["icon"] for topic in data.get("topic", ()) if topic.get("icon")}
        for question in data.get("question", ()):
            names |= {choice["icon"] for choice in question.get("choice", ()) if choice.get("icon")}
    return names


if __name__ == "__main__":
    main()
