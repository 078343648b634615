"""`madoguchi models evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.base import Json, answer, office
from kiosk.cli.models import library, models

if TYPE_CHECKING:
    from kiosk.app.library.evaluate_results import Evaluation
    from kiosk.app.library.library import Library
    from kiosk.app.office import Office


@models.command("evaluate")
def models_evaluate(
    tags: Annotated[
        list[str] | None, typer.Argument(help="Language tags; left out, all.", show_default=False)
    ] = None,
    speech: Annotated[
        Path | None,
        typer.Option(help="Recordings: a folder of WAV with TXT beside them, or a TSV (file, text)."),
    ] = None,
    sentences: Annotated[
        Path | None, typer.Option(help="Sentences: a TSV with a column a language; left out, ours.")
    ] = None,
    pairs: Annotated[list[str] | None, typer.Option("--pairs", help="Only these packages: ko-en.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", help="Only these installed models.")] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Keep the proposed lines in this office's models/quality.toml.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write the table as CSV, too.")] = None,
    json: Json = False,
) -> None:
    """Measure installed models on sentences and recordings, to choose between them. Offline."""
    from kiosk.app.library import evaluate_tables as tables
    from kiosk.app.library.evaluate import Wanted, evaluate
    from kiosk.app.library.evaluate_values import as_json
    from kiosk.cli.given import listed
    from kiosk.translation.quality import own_file, read_quality

    here, models_here = office(), library()
    only = tuple(pair for one in pairs or () for pair in listed(one))
    wanted = Wanted(tuple(tags or ()), only, tuple(model or ()), sentences, speech)
    tell, end = tables.shown()
    try:
        found = evaluate(models_here, tuple(here.languages), wanted, tell)
    finally:
        end()
    quality = read_quality(own_file(models_here.places.translation)) if found.translation else None
    answer(as_json(found), json, "\n".join(tables.lines(found, quality)))
    if out is not None:
        _csv(found, out)
    if write:
        _write(here, models_here, found)
    if found.stopped:
        sys.exit(130)


def _csv(found: Evaluation, out: Path) -> None:
    from kiosk.app.library.evaluate_values import write_csv
    from kiosk.app.library.places import trouble

    try:
        write_csv(found, out)
    except OSError as error:
        raise trouble(error, "table") from error


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
