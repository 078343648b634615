"""What the kiosk knows besides the visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.core.flow import Flow, Topic
from kiosk.core.guide import Guide
from kiosk.core.language import Language
from kiosk.data.catalogue import Catalogue
from kiosk.settings import Settings


@dataclass(frozen=True)
class Shop:
    """The office's data, read only."""

    settings: Settings
    languages: Mapping[str, Language]
    offered: Sequence[str]
    topics: Mapping[str, Topic]
    flows: Mapping[str, Flow]
    catalogue: Callable[[str], Catalogue]
    now: Callable[[], datetime]
    guides: Mapping[str, Guide]
    """Life orientation by topic."""
    screen: Callable[[str, str], tuple[str, ...]]
    """What in somebody's own words, in a language, asks for care."""
    disaster: Callable[[], bool]
    """Whether staff switched the kiosks to disaster mode."""

    def topics_of(self, mode: str) -> dict[str, Topic]:
        """What is offered in a mode."""
        return {name: topic for name, topic in self.topics.items() if topic.mode == mode}
