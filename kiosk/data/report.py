"""What a check found, for a person at a terminal and for a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from kiosk.data.languages import Fault
from kiosk.data.lines import line_of
from kiosk.data.sound import short


@dataclass(frozen=True)
class LanguageState:
    tag: str
    complete: bool
    missing: int
    """Texts that Japanese has and this language has not."""
    review: str


@dataclass(frozen=True)
class FlowState:
    """One flow that is sound. `longest` and `most`: questions met at most with one problem, with several;
    `ways` and `together`: combinations of answers gone to their end, of one problem and of several."""

    id: str
    questions: int
    choices: int
    longest: int
    most: int
    ways: int
    together: int
    destinations: tuple[str, ...]
    agency_only: int
    """Of the ways of one problem, those that need no counter."""
    deadlines: int
    cares: tuple[str, ...]

    def line(self) -> str:
        return (
            f"{self.id:11} 質問 questions {self.questions} · 一番長い道 longest way {self.longest} "
            f"(複数の相談 several problems {self.most}) · 道 ways {self.ways:,} + {self.together:,} · "
            f"行き先 destinations {len(self.destinations)} · 期限 deadlines {self.deadlines} · "
            f"配慮 care {', '.join(self.cares) or '-'}"
        )


@dataclass(frozen=True)
class Report:
    """`faults` are to be mended; `notes` are for the office to know. `counts`: topics, flows, questions,
    choices, paths, together, services, shown, hidden, stale, guides, cards, phrases, texts."""

    faults: tuple[Fault, ...]
    counts: Mapping[str, int]
    languages: tuple[LanguageState, ...]
    flows: tuple[FlowState, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.faults

    def also(self, faults: Iterable[Fault]) -> Report:
        """With what was found elsewhere."""
        return replace(self, faults=(*self.faults, *faults))

    def as_json(self) -> dict[str, Any]:
        """Plain values: ok, counts, languages by tag, flows by id, faults and notes with file, line, key and
        message."""
        return {
            "ok": self.ok,
            "counts": dict(self.counts),
            "languages": {
                state.tag: {"complete": state.complete, "missing": state.missing, "review": state.review}
                for state in self.languages
            },
            "flows": {state.id: asdict(state) for state in self.flows},
            "faults": [_plain(fault) for fault in self.faults],
            "notes": [_plain(note) for note in self.notes],
        }

    def lines(self) -> Iterator[str]:
        """For a person at a terminal, in Japanese and English."""
        counted = self.counts
        yield (
            f"相談内容 topics {counted['topics']} · 流れ flows {counted['flows']} · "
            f"質問 questions {counted['questions']} · 選択肢 choices {counted['choices']} · "
            f"たどった道 paths walked {counted['paths']:,} · "
            f"複数の相談 with several problems {counted['together']:,}"
        )
        yield from (state.line() for state in self.flows)
        yield (
            f"紹介先 services {counted['services']} · 確認済み shown {counted['shown']} · "
            f"未確認 not shown {counted['hidden']} · 古い stale {counted['stale']}"
        )
        yield (
            f"生活案内 guides {counted['guides']} · カード cards {counted['cards']} · "
            f"危険を表す言葉 danger phrases {counted['phrases']}"
        )
        for state in self.languages:
            whole = "そろっています complete" if state.complete else f"不足 missing {state.missing}"
            yield f"{state.tag:9} {whole} · {state.review}"
        yield from (f"・ {told(note)}" for note in self.notes)
        yield from (f"✗ {told(fault)}" for fault in self.faults)
        yield "問題はありません。No faults." if self.ok else f"問題 faults: {len(self.faults)}"


def place(fault: Fault) -> str:
    """File and line as an editor takes them: flows/work.toml:15."""
    line = line_of(fault)
    return f"{short(fault.file)}:{line}" if line else short(fault.file)


def told(fault: Fault) -> str:
    """Where, the key, and what to do."""
    return ": ".join(part for part in (place(fault), fault.key, fault.message) if part)


def _plain(fault: Fault) -> dict[str, Any]:
    return {
        "file": short(fault.file),
        "line": line_of(fault),
        "key": fault.key,
        "message": fault.message,
    }
