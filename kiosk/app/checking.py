"""`madoguchi check`: everything an office can change, checked, every fault named with its cure."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from kiosk.app.installed import OWN
from kiosk.app.office import Office
from kiosk.app.speaking import lines as spoken_lines
from kiosk.data.check import Place, check
from kiosk.data.keyboards import faults as keyboard_faults
from kiosk.data.languages import Fault
from kiosk.data.report import Report, told
from kiosk.data.sentences import check_sentences
from kiosk.data.spoken import faults as spoken_faults
from kiosk.paths import FLOWS, LANGUAGES
from kiosk.settings import SettingsFault


def run(office: Office, as_json: bool, flow: str = "") -> int:
    """0 when nothing is wrong, 1 otherwise. With `flow` that flow alone is told, as its author reads it; 2
    where there is none of that name."""
    report = check(LANGUAGES, FLOWS, place=_place(office))
    report = report.also(_more(office, report))
    if flow:
        return _explain(flow, report)
    if as_json:
        found = report.as_json() | {"protected": office.keys.protected}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in report.lines():
            typer.echo(line)
        if report.ok:
            for line in spoken_lines(office):
                typer.echo(line)
        if not office.keys.protected:
            typer.echo("△ 相談内容は保護されていません。madoguchi keys setup を実行してください。")
            typer.echo("  What is told is not protected. Run madoguchi keys setup.")
    return 0 if report.ok else 1


def _place(office: Office) -> Place:
    from kiosk.data.roster import FILE

    own = office.settings.office
    return Place(own.prefecture, office.today(), own.referral_days, office.data / OWN, office.data / FILE)


def _more(office: Office, report: Report) -> Iterator[Fault]:
    for state in report.languages:
        yield from keyboard_faults(state.tag, LANGUAGES)
        yield from spoken_faults(LANGUAGES, [state.tag])
    yield from _models(office)
    yield from _translations(office)
    yield from check_sentences(state.tag for state in report.languages)
    if not any(FLOWS in fault.file.parents for fault in report.faults):
        from kiosk.app.taps import faults as visit_faults

        yield from visit_faults()
    yield from _statistics(office)
    yield from _codes()
    settings = office.data / "settings.toml"
    yield from (Fault(settings, _named(fault), fault.cure) for fault in office.settings_faults)


def _named(fault: SettingsFault) -> str:
    return f"{fault.key} (line {fault.line})" if fault.line else fault.key


def _statistics(office: Office) -> Iterator[Fault]:
    from kiosk.data.flows import read_flows
    from kiosk.data.statistics import FILE, read_statistics, uncounted

    found = read_statistics(own=office.data / FILE)
    yield from found.faults
    yield from uncounted(found.plan, read_flows())


def _codes() -> Iterator[Fault]:
    """Faults of the lists a consultation record is chosen from."""
    from kiosk.data.codes import NATIONALITIES, STATUSES, read_codes

    for name in (STATUSES, NATIONALITIES):
        yield from read_codes(name).faults


def _models(office: Office) -> Iterator[Fault]:
    """Faults of both lists of models, and installed ones that are damaged and therefore not used."""
    from kiosk.app.library.library import Library

    library = Library(office.data)
    yield from library.catalog.faults
    for model in library.installed():
        if model.state == "damaged":
            yield Fault(model.folder, model.id, f"damaged and not used: madoguchi models fetch {model.id}")


def _translations(office: Office) -> Iterator[Fault]:
    """Faults of the terms and of what is known of translation packages, ours and the office's own."""
    from kiosk.data.glossary import glossary_faults, quality_faults
    from kiosk.translation.glossary import FILE as TERMS
    from kiosk.translation.quality import OURS, own_file

    yield from glossary_faults(TERMS)
    yield from quality_faults(OURS, shipped=True)
    own = own_file(office.translation_folder)
    if own.is_file():
        yield from quality_faults(own)


def _explain(name: str, report: Report) -> int:
    """The flow as an outline, what was found on its ways, and what is wrong with it or its words."""
    from kiosk.data.outline import in_words, outline
    from kiosk.data.sound import read_material

    material, file = read_material(FLOWS), FLOWS / f"{name}.toml"
    flow = material.flows.flows.get(name)
    if flow is None and not file.exists():
        typer.echo(f"no such flow: {name}; there are {', '.join(material.flows.flows)}", err=True)
        return 2
    if flow is not None:
        japanese, english = (in_words(LANGUAGES / tag / "flows.po") for tag in ("ja", "en"))
        for line in outline(flow, material.directory.directory, (japanese, english)):
            typer.echo(line)
    for state in report.flows:
        if state.id == name:
            typer.echo(state.line())
    wrong = [f for f in report.faults if f.file == file or f.key.startswith(f"flow.{name}.")]
    for fault in wrong:
        typer.echo(f"✗ {told(fault)}")
    typer.echo(f"問題 faults: {len(wrong)}" if wrong else "問題はありません。No faults.")
    return 1 if wrong else 0
