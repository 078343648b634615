"""`madoguchi models evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, office
from kiosk.cli.models import library, models

if TYPE_CHECKING:
    from kiosk.app.library.evaluate import Wanted
    from kiosk.app.library.evaluate_results import Evaluation
    from kiosk.app.library.library import Library
    from kiosk.app.office import Office
    from kiosk.errors import Trouble

Tags = Annotated[list[str] | None, typer.Argument(help="Language tags; left out, all.", show_default=False)]
Speech = Annotated[
    Path | None,
    typer.Option(help="Recordings: a folder of WAV with TXT beside them, or a TSV (file, text)."),
]
Given = Annotated[
    Path | None, typer.Option(help="Sentences: a TSV with a column a language; left out, ours.")
]
Pairs = Annotated[list[str] | None, typer.Option("--pairs", help="Only these packages: ko-en.")]
Named = Annotated[list[str] | None, typer.Option("--model", help="Only these installed models.")]
Write = Annotated[
    bool, typer.Option("--write", help="Keep the proposed lines in this office's models/quality.toml.")
]
Out = Annotated[Path | None, typer.Option(help="Write the table as CSV, too.")]


@models.command("evaluate")
def models_evaluate(
    tags: Tags = None,
    speech: Speech = None,
    sentences: Given = None,
    pairs: Pairs = None,
    model: Named = None,
    write: Write = False,
    out: Out = None,
    json: Json = False,
) -> None:
    """Measure installed models, to choose between them. On sentences and recordings, offline."""
    from kiosk.app.library.evaluate import Wanted
    from kiosk.cli.given import listed

    here, models_here = office(), library()
    if out is not None and not out.absolute().parent.is_dir():
        raise _unwritten("no such folder")  # Not after an hour of measuring.
    only = tuple(pair for one in pairs or () for pair in listed(one))
    wanted = Wanted(tuple(tags or ()), only, tuple(model or ()), sentences, speech)
    found = _measured(here, models_here, wanted, json=json)
    if write:
        _write(here, models_here, found)
    if out is not None:
        _csv(found, out)
    if found.stopped:
        sys.exit(130)


def _measured(here: Office, models_here: Library, wanted: Wanted, *, json: bool) -> Evaluation:
    """Measure with progress on the terminal, and say what came of it."""
    from kiosk.app.library import evaluate_tables as tables
    from kiosk.app.library.evaluate import evaluate
    from kiosk.app.library.evaluate_values import as_json
    from kiosk.translation.quality import own_file, read_quality

    tell, end = tables.shown()
    try:
        found = evaluate(models_here, tuple(here.languages), wanted, tell)
    finally:
        end()
    quality = read_quality(own_file(models_here.places.translation)) if found.translation else None
    answer(as_json(found), json, "\n".join(tables.lines(found, quality)))
    return found


def _csv(found: Evaluation, out: Path) -> None:
    from kiosk.app.library.evaluate_values import write_csv

    try:
        write_csv(found, out)
    except OSError as error:
        raise _unwritten(type(error).__name__) from error


def _unwritten(why: str) -> Trouble:
    from kiosk.errors import Trouble

    return Trouble("trouble.file_unwritten", log=f"table: {why}")


def _write(here: Office, models_here: Library, found: Evaluation) -> None:
    """Keep the lines; a partial table keeps none, since half the sentences may be the easy half."""
    from kiosk.app.library.evaluate_translation import keep
    from kiosk.app.library.places import trouble
    from kiosk.app.told import both
    from kiosk.errors import Trouble
    from kiosk.translation.quality import own_file

    file = own_file(models_here.places.translation)
    try:
        with models_here.places.lock():
            written = keep(found.translation, file, found.sentences, here.today())
    except OSError as error:
        raise trouble(error, "quality.toml") from error
    except ValueError as error:
        raise Trouble("trouble.quality_file", log=str(error), path=str(file)) from error
    key = "console.evaluate.written" if written else "console.evaluate.unwritten"
    typer.echo(both(key, names=", ".join(written), file=str(file)), err=True)
