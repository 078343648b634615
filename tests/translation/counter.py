"""The counter's sentences with their references (`models/sentences/counter.tsv`), a row for each."""

from __future__ import annotations

import csv

from kiosk.paths import MODELS

_LINES = (MODELS / "sentences" / "counter.tsv").read_text("utf-8").splitlines()
COUNTER = list(
    csv.DictReader(
        (line for line in _LINES if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)
