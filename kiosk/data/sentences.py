"""Sentences with references in other languages: ours under `models/sentences/`, and an office's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk import paths
from kiosk.data.languages import Fault

FOLDER = paths.MODELS / "sentences"
OURS = FOLDER / "counter.tsv"
SAYERS = ("resident", "counselor")
# Neither looks like a language tag: `id` is Indonesian, `by` could be one.
_ID, _BY = "sentence", "said_by"
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_HEAD = ("licence", "author", "review")


@dataclass(frozen=True)
class Sentence:
    """One sentence in several languages, by tag. `by`: who says it; empty where the file does not tell."""

    id: str
    by: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Sentences:
    """What a file holds. A row with a fault is left out, the rest is still read."""

    file: Path
    languages: tuple[str, ...]
    rows: tuple[Sentence, ...]
    head: Mapping[str, str]
    """Its first lines, `# name: text`."""
    faults: tuple[Fault, ...]

    def between(self, source: str, target: str) -> tuple[Sentence, ...]:
        """The sentences that are there in both languages; to Japanese or away from it as people say them.

        Towards Japanese and its pivot residents' sentences count; away from it also the counselors'.
        """
        both = (row for row in self.rows if row.texts.get(source) and row.texts.get(target))
        away = source == "ja" or (source == "en" and target != "ja")
        return tuple(row for row in both if away or row.by != "counselor")


def read_sentences(file: Path = OURS) -> Sentences:
    """Read a TSV: lines `# name: text`, then a header of language tags (and `sentence`, a name for it, and
    `said_by`), then sentences.

    Raises OSError. Text that is no UTF-8 (or UTF-16 with its mark) is a fault and leaves no rows.
    """
    raw = file.read_bytes()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        lines = raw.decode("utf-16" if wide else "utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return Sentences(file, (), (), {}, (Fault(file, "line 1", "save it as text in UTF-8"),))
    faults: list[Fault] = []
    head: dict[str, str] = {}
    columns: list[str] = []
    rows: dict[str, Sentence] = {}
    for number, line in enumerate(lines, start=1):
        where = f"line {number}"
        if line.startswith("#") and not columns:
            name, _, text = line[1:].partition(":")
            head[name.strip()] = text.strip()
        elif line.strip() and not columns:
            columns = [cell.strip() for cell in line.split("\t")]
            faults += _header(columns, file, where)
        elif line.strip():
            row = _row(line, columns, Fault(file, where, ""), faults)
            if row is not None and row.id in rows:
                faults.append(Fault(file, where, f"the name {row.id} stands twice; give it another"))
            elif row is not None:
                rows[row.id] = row
    languages = tuple(column for column in columns if _TAG.fullmatch(column))
    return Sentences(file, languages, tuple(rows.values()), head, tuple(faults))


def _header(columns: list[str], file: Path, where: str) -> Iterator[Fault]:
    for column in columns:
        if column not in (_ID, _BY) and not _TAG.fullmatch(column):
            yield Fault(file, where, f"the column {column!r} is no language tag (ja, en, zh-Hans, ko, …)")
        if columns.count(column) > 1:
            yield Fault(file, where, f"the column {column!r} stands twice")
    if sum(bool(_TAG.fullmatch(column)) for column in set(columns)) < 2:
        yield Fault(file, where, "the first line names the columns; write at least two language tags")


def _row(line: str, columns: list[str], at: Fault, faults: list[Fault]) -> Sentence | None:
    cells = [unicodedata.normalize("NFC", cell.strip()) for cell in line.split("\t")]
    if len(cells) != len(columns):
        faults.append(Fault(at.file, at.key, f"has {len(cells)} columns; the header has {len(columns)}"))
        return None
    row = dict(zip(columns, cells, strict=True))
    name, by = row.pop(_ID, at.key), row.pop(_BY, "")
    if by and by not in SAYERS:
        faults.append(Fault(at.file, at.key, f"said_by is {by!r}; write {' or '.join(SAYERS)}"))
        return None
    return Sentence(name, by, row)


def check_sentences(tags: Iterable[str], folder: Path = FOLDER) -> Iterator[Fault]:
    """Faults of what ships: every language complete, no empty cell, its licence, author and review told."""
    files = sorted(folder.glob("*.tsv"))
    if not files:
        yield Fault(folder, "", "there are no sentences; models evaluate needs them")
    # やさしい日本語 is not translated: what is said in it is Japanese.
    wanted = [tag for tag in tags if tag != "ja-simple"]
    for file in files:
        try:
            found = read_sentences(file)
        except OSError as error:
            yield Fault(file, "", f"cannot be read: {type(error).__name__}")
            continue
        yield from found.faults
        yield from (
            Fault(file, name, f"add a line # {name}: …") for name in _HEAD if not found.head.get(name)
        )
        for tag in wanted:
            if tag not in found.languages:
                yield Fault(file, tag, "has no column; add it")
            for row in found.rows:
                if tag in row.texts and not row.texts[tag]:
                    yield Fault(file, f"{row.id} {tag}", "is empty; write the sentence")
