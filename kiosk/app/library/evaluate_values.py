"""An evaluation as CSV and as JSON."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from kiosk.app.library.evaluate_results import Evaluation, SpeechRow, TranslationRow
from kiosk.app.library.evaluate_scores import tokenizer
from kiosk.app.library.evaluate_words import UNSPACED, spread


def as_json(found: Evaluation) -> dict[str, Any]:
    """Every figure, for other programs. Neither sentences nor what was heard are in it."""
    return {
        "stopped": found.stopped,
        "sentences": found.sentences,
        "recordings": found.recordings,
        "translation": [_translation_values(row) for row in found.translation],
        "speech": [
            {
                **_speech_values(row),
                "skipped_recordings": dict(row.skipped),
                "each": [
                    {"file": one.file, "wer": round(one.words.rate, 2), "cer": round(one.letters.rate, 2)}
                    for one in row.heard
                ],
            }
            for row in found.speech
        ],
        "left_out": dict(found.left_out),
    }


def _translation_values(row: TranslationRow) -> dict[str, Any]:
    score, kept = row.score, row.kept
    return {
        "kind": "translation", "model": row.models, "from": row.source, "to": row.target,
        "asked": row.asked, "done": row.done, "partial": row.partial,
        "chrf": round(score.chrf, 2) if score else None,
        "chrf_spread": round(score.spread, 2) if score else None,
        "chrf_kept": round(kept.chrf, 2) if kept else None,
        "bleu": round(score.bleu, 2) if score else None, "bleu_tokenizer": tokenizer(row.target),
        "chrf_back": round(row.back, 2) if row.back is not None else None,
        "refused": sum(row.refused.values()), "refused_why": dict(row.refused),
        "seconds": round(row.seconds, 4), "load_seconds": round(row.load_s, 3), "bytes": row.bytes,
        "sample": row.pair.sample if row.pair else None, "line": row.line, "note": row.note,
    }  # fmt: skip


def _speech_values(row: SpeechRow) -> dict[str, Any]:
    words, letters = row.words, row.letters
    by_words = bool(row.heard) and row.language not in UNSPACED
    return {
        "kind": "speech", "model": row.model, "language": row.language,
        "asked": row.asked, "done": len(row.heard), "skipped": len(row.skipped), "partial": row.partial,
        "wer": round(words.rate, 2) if by_words else None,
        "wer_spread": round(spread([one.words for one in row.heard]), 2) if by_words else None,
        "words": words.said, "words_substituted": words.substituted, "words_inserted": words.inserted,
        "words_deleted": words.deleted,
        "cer": round(letters.rate, 2) if row.heard else None,
        "cer_spread": round(spread([one.letters for one in row.heard]), 2) if row.heard else None,
        "characters": letters.said, "real_time_factor": round(row.pace, 3),
        "load_seconds": round(row.load_s, 3), "bytes": row.bytes, "note": row.note,
    }  # fmt: skip


def write_csv(found: Evaluation, file: Path) -> None:
    """One line a row, with the columns of both kinds; UTF-8 with its mark, as spreadsheets want it.

    Raises OSError.
    """
    rows = [_translation_values(row) for row in found.translation]
    rows += [_speech_values(row) for row in found.speech]
    for row in rows:
        if "refused_why" in row:
            row["refused_why"] = " ".join(f"{why}:{count}" for why, count in row["refused_why"].items())
        row["stopped"] = found.stopped
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, columns)
        writer.writeheader()
        writer.writerows(rows)
