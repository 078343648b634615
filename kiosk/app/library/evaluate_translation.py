"""chrF, BLEU, refusals, time and memory of chains of packages on sentences with references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kiosk.app.library.evaluate_asking import Asking
from kiosk.app.library.evaluate_chains import Chain
from kiosk.app.library.evaluate_results import LEAST, TranslationRow
from kiosk.app.library.evaluate_scores import scored
from kiosk.app.library.evaluate_trial import Asked, Opened, Said, TrialEngine
from kiosk.data.sentences import Sentence, Sentences
from kiosk.errors import Trouble
from kiosk.translation.packages import Pair
from kiosk.translation.quality import Measured, Quality, write_measured

Tell = Callable[[str, int, int], None]
"""A name, how many are done, of how many."""


def measured(
    chains: Sequence[Chain], given: Sentences, folder: Path, quality: Quality, tell: Tell
) -> Iterator[TranslationRow]:
    """One row a chain, in order. Ctrl-C ends it after a row of what was done until then."""
    with Asking(TrialEngine, folder) as trial:
        for chain in chains:
            row = _measured(chain, given, trial, quality, tell)
            yield row
            if row.partial and not row.note:
                return


def _measured(chain: Chain, given: Sentences, trial: Asking, quality: Quality, tell: Tell) -> TranslationRow:
    rows = given.between(chain.source, chain.target)
    row = TranslationRow(chain.name, chain.source, chain.target, len(rows), pair=_single(chain))
    if not rows:
        return replace(row, note="no_sentences")
    said: list[Said] = []
    try:
        opened: Opened = trial.ask("open", (*chain.route,))
        row = replace(row, load_s=opened.seconds, bytes=opened.bytes)
        for sentence in rows:
            tell(chain.name, len(said), len(rows))
            asked = Asked(sentence.texts[chain.source], chain.source, chain.target, chain.route, chain.back)
            said.append(trial.ask("say", asked))
    except Trouble as met:
        return replace(_scored(row, chain, rows, said), note=met.key)
    except KeyboardInterrupt:
        return _scored(row, chain, rows, said)
    tell(chain.name, len(said), len(rows))
    return _judged(_scored(row, chain, rows, said), quality)


def _single(chain: Chain) -> Pair | None:
    return chain.route[0] if len(chain.route) == 1 else None


def _scored(
    row: TranslationRow, chain: Chain, rows: Sequence[Sentence], said: Sequence[Said]
) -> TranslationRow:
    """The figures of the sentences tried so far."""
    if not said:
        return row
    tried = list(zip(rows, said, strict=False))
    references = [sentence.texts[chain.target] for sentence, _ in tried]
    kept = [(one.text, reference) for one, reference in zip(said, references, strict=True) if not one.fault]
    originals = [sentence.texts[chain.source] for sentence, _ in tried]
    return replace(
        row,
        done=len(said),
        score=scored(["" if one.fault else one.text for one in said], references, chain.target),
        kept=scored([text for text, _ in kept], [wanted for _, wanted in kept], chain.target)
        if kept
        else None,
        back=scored([_home(one) for one in said], originals, chain.source).chrf if chain.back else None,
        refused=dict(Counter(one.fault for one in said if one.fault).most_common()),
        seconds=sum(one.seconds for one in said) / len(said),
    )


def _home(said: Said) -> str:
    return "" if said.fault else said.back


def _judged(row: TranslationRow, quality: Quality) -> TranslationRow:
    if row.pair is None or row.pair.sample or row.score is None or row.done < LEAST:
        return row
    return replace(row, line=quality.judged(row.score.chrf))


def keep(rows: Sequence[TranslationRow], file: Path, source: str, today: date) -> tuple[str, ...]:
    """Write the proposed lines into an office's own quality.toml; the names of the packages written.

    Raises OSError or ValueError for a file that cannot be read or written.
    """
    written = []
    for row in rows:
        if row.line is None or row.pair is None or row.score is None:
            continue
        refused = sum(row.refused.values())
        evidence = f"measured here: chrF2 {row.score.chrf:.1f} ± {row.score.spread:.1f}, {refused} refused"
        write_measured(
            file,
            Measured(
                pair=f"{row.pair.from_code}-{row.pair.to_code}",
                versions=(row.pair.version,),
                line=row.line,
                chrf=round(row.score.chrf, 1),
                sentences=row.done,
                evidence=evidence,
                source=f"madoguchi models evaluate, {source}",
                date=today,
            ),
        )
        written.append(row.models)
    return tuple(written)
