"""The reports' page: its dates, its pages in every size and both languages, making, stopping, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.data.catalogue import load
from kiosk.errors import Trouble
from kiosk.reports.model import Big, Kind, Report, Table
from kiosk.store.tiny import TinyStore
from kiosk.text.typesetter import Typesetter
from kiosk.ui.counter.grid import Grid
from kiosk.ui.counter.pages import door_of
from kiosk.ui.counter.reporting.charts import changed
from kiosk.ui.counter.reporting.dates import KINDS, stepped, when_of, when_words
from kiosk.ui.counter.reporting.desk import SavePlace
from kiosk.ui.counter.reporting.page import Reports
from kiosk.ui.counter.reporting.sheet import lay_reports, open_leaves
from kiosk.ui.counter.reporting.view import FOLDER, FORMATS, SHARED, PlaceLine, Saving, View
from kiosk.ui.faults import faults
from kiosk.ui.frame import Frame
from kiosk.ui.paint import Painter
from kiosk.ui.parts import Panel, Sheet, Words
from tests.ui.counter.counter import NOW, Counter, counter_at

SIZES = [(1366, 768), (1920, 1080), (1024, 700), (960, 700), (683, 728)]
TODAY = NOW.date()
DAYS = some.dates(date(2000, 1, 1), TODAY)


def bars(name: str, count: int, *, hidden: bool = False) -> Table:
    lines = tuple((f"{name} {at}", None if hidden and at == 0 else 900 - at, 0.1) for at in range(count))
    return Table(
        name, name, (name, "件数", "割合"), lines, tuple(str(at) for at in range(count)),
        ("合計", 12_345, ""),
        chart="bar", shares=True, note="1件の相談に複数の内容があるときは、それぞれに数えます。",
        headline=f"最も多いのは「{name} 0」で900件（12%）です。",
    )  # fmt: skip


CASES = Table(
    "cases",
    "全件一覧",
    (
        "番号", "受付", "呼出", "終了", "待ち（分）", "対応（分）", "窓口", "状態", "言語", "相談者", "方法",
        "相談内容", "対応の内容", "結果", "連絡・紹介先", "通訳", "経過確認日", "翌日確認",
    ),
    tuple(
        (f"A{at:03d}", "09:10", "09:20", "10:01", 10, 41, "3", "終了", "中国語（簡体字）", "本人", "来所",
         "税金、社会保険・年金、出産・子育て", "=1+1 制度を説明した。\n" * 40, "情報提供", "労働基準監督署",
         "通訳あり", TODAY, "")
        for at in range(1, 41)
    ),
)  # fmt: skip
MONTHS = Table(
    "months", "月別の相談件数", ("月", "2026", "2025"),
    tuple((f"{at}月", 8_400 + at, None if at == 3 else 7_900) for at in range(1, 13)),
    chart="column", headline="最も多い月は12月で8,412件です。",
)  # fmt: skip
BEFORE = Table(
    "before", "前月・前年同月との比較", ("相談内容", "この月", "前の月", "前年の同じ月"),
    tuple((f"相談 {at}", 40 + at, 50, None) for at in range(16)), total=("相談件数", 640, 800, None),
    chart="bar",
)  # fmt: skip
CROSS = Table(
    "topic*language", "相談内容と言語", ("相談内容", *(f"言語の名前 {at}" for at in range(23))),
    tuple((f"相談 {at}", *((at * n) or None for n in range(23))) for at in range(16)),
)  # fmt: skip
EXAMPLES = Table(
    "examples", "事例", ("番号", "内容", "言語", "方法", "件数（約）", "よくある状況", "行ったこと"),
    ((1, "税金", "ポルトガル語", "来所", 35, "仕事: 給料\n" * 12, "解決\n他機関へ紹介"),),
)  # fmt: skip
WRITTEN = Table(
    "written", "相談員が書いた例", ("番号", "内容", "例"),
    tuple((at, "税金、雇用・労働", "説明です。" * 200) for at in range(7)),
)  # fmt: skip
REPORT = Report(
    "month", "2026-11", "ja", "相談統計　2026年11月", "あおば市 外国人相談窓口", "2026-11-20 10:42 作成",
    tuple(Big(f"数 {at}", "15–30分", "前月比 -5%　前年同月比 +19%") for at in range(6)),
    (bars("topic", 18, hidden=True), bars("contact", 3), MONTHS, CROSS, CASES, EXAMPLES, WRITTEN, BEFORE),
    ("12件は内容を開けないため、件数だけ数えました（2026-11-05）。別の鍵で封をした日か、壊れた記録です。",
     "次の日は読み取れないため、入っていません：2026-11-06",
     "次のファイルに壊れた部分があります。読めたものだけ数えました：2026-11-09.journal",
     "1～4件の数は、個人が分からないように「–」にしています。"),
)  # fmt: skip


# Dates


@given(some.sampled_from(KINDS), DAYS, some.integers(-400, 400))
def test_a_step_never_leaves_what_can_be_counted(kind: Kind, day: date, by: int) -> None:
    moved = stepped(kind, day, by, TODAY)
    assert date(2000, 1, 1) <= moved <= TODAY


@given(some.sampled_from(KINDS), DAYS)
def test_a_step_back_and_forth_is_the_same_report(kind: Kind, day: date) -> None:
    earlier = stepped(kind, day, -1, TODAY)
    if earlier != day:
        assert when_of(kind, earlier) < when_of(kind, day)
        assert when_of(kind, stepped(kind, earlier, 1, TODAY)) == when_of(kind, day)


def test_after_today_there_is_nothing() -> None:
    assert all(stepped(kind, TODAY, 1, TODAY) == TODAY for kind in KINDS)
    assert stepped("month", date(2026, 10, 31), 1, TODAY) == TODAY
    assert stepped("month", date(2026, 3, 31), -1, TODAY) == date(2026, 2, 28)
    assert when_words("day", TODAY, load("ja").text) == "2026年11月20日（金曜日）"


# Pages


def sheet_of(view: View, grid: Grid) -> Sheet:
    return Sheet("console-reports", grid.language, "ltr", lay_reports(view, grid, grid.whole).parts)


def grid_of(size: tuple[int, int], tag: str) -> Grid:
    return Grid(*size, load(tag).text, tag)


def shown(report: Report | None, at: int = 0, **more: object) -> View:
    view = View("month", "2026年11月20日（金曜日）", True, True, report, at)
    return replace(view, **more)  # type: ignore[arg-type]


def wrong(typesetter: Typesetter, view: View, grid: Grid) -> list[str]:
    """Faults besides targets made for a finger: staff have a mouse and keys."""
    found = faults(Painter(typesetter, Frame(grid.width, grid.height)), sheet_of(view, grid), 1)
    return [fault for fault in found if " px high, less" not in fault and " px wide, less" not in fault]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tag", ["ja", "en"])
def test_every_page_fits(typesetter: Typesetter, size: tuple[int, int], tag: str) -> None:
    grid = grid_of(size, tag)
    pages = open_leaves(REPORT, grid)
    assert {leaf.shape for leaf in pages} == {
        "front", "bars", "columns", "grid", "cases", "examples", "written", "groups",
    }  # fmt: skip
    for at in range(len(pages)):
        assert wrong(typesetter, shown(REPORT, at, message="/home/counter/saved-reports/x.xlsx"), grid) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tag", ["ja", "en"])
def test_what_stands_around_a_report_fits(typesetter: Typesetter, size: tuple[int, int], tag: str) -> None:
    grid = grid_of(size, tag)
    say = grid.say
    for kind in KINDS:
        view = replace(shown(None, note=say("trouble.report_failed")), kind=kind)
        assert wrong(typesetter, view, grid) == []
    assert wrong(typesetter, shown(None, done=0.4, progress="106 / 251"), grid) == []
    places = tuple(PlaceLine(say(f"reports.place.{name}"), f"/media/counter/{name * 9}", "plug")
                   for name in ("office", "stick", "stick", "downloads"))  # fmt: skip
    saving = Saving("daily-2026-11-20.xlsx", FORMATS, ".pdf", places, 4, True)
    for one in (
        saving,
        replace(saving, places=None),
        replace(saving, chosen=1, note=say("trouble.file_unwritten"), busy=True),
        replace(saving, asked=saving.name),
        replace(saving, suffixes=SHARED, suffix=".zip"),
    ):
        assert wrong(typesetter, shown(REPORT, saving=one), grid) == []


@pytest.mark.parametrize("size", SIZES)
def test_every_line_of_every_table_stands_on_exactly_one_page(size: tuple[int, int]) -> None:
    grid = grid_of(size, "ja")
    for table in REPORT.tables:
        pages = [leaf for leaf in open_leaves(REPORT, grid) if leaf.table is table]
        cells = [(line, column) for leaf in pages for line in range(leaf.start, leaf.stop)
                 for column in range(leaf.left, leaf.right)]  # fmt: skip
        assert len(cells) == len(set(cells))
        assert {line for line, _ in cells} == set(range(len(table.lines)))


def words(view: View, grid: Grid) -> str:
    return "\n".join(part.text for part in sheet_of(view, grid).parts if isinstance(part, Words))


def test_a_hidden_number_is_a_dash_with_its_reason() -> None:
    grid = grid_of(SIZES[0], "ja")
    at = next(at for at, leaf in enumerate(open_leaves(REPORT, grid)) if leaf.table is REPORT.tables[0])
    assert "–" in words(shown(REPORT, at), grid).splitlines()
    assert REPORT.notes[-1] in words(shown(REPORT, at), grid)


def test_now_and_before_differ_by_more_than_colour() -> None:
    grid = grid_of(SIZES[0], "ja")
    at = next(at for at, leaf in enumerate(open_leaves(REPORT, grid)) if leaf.shape == "groups")
    looks = {(part.fill, part.border) for part in sheet_of(shown(REPORT, at), grid).parts
             if isinstance(part, Panel) and part.border_width}  # fmt: skip
    assert {("accent", "accent"), ("tint", "accent"), ("surface", "line")} <= looks
    said = words(shown(REPORT, at), grid)
    assert all(name in said for name in ("この月", "前の月", "前年の同じ月", "前より 10 減"))
    assert changed(("相談", 5, 5), grid) == "±0"
    assert changed(("相談", 5, None), grid) == ""


def test_what_is_missing_stands_on_the_first_page_in_the_warm_strip() -> None:
    grid = grid_of(SIZES[0], "ja")
    parts = sheet_of(shown(REPORT), grid).parts
    warm = {part.text for part in parts if isinstance(part, Words) and part.colour == "warm_ink"}
    assert warm == set(REPORT.notes[:-1])


def test_a_case_is_told_in_its_columns_and_kept_out_of_caches() -> None:
    grid = grid_of(SIZES[0], "ja")
    at = next(at for at, leaf in enumerate(open_leaves(REPORT, grid)) if leaf.shape == "cases")
    parts = [part for part in sheet_of(shown(REPORT, at), grid).parts if isinstance(part, Words)]
    said = {part.text for part in parts if part.private}
    assert "中国語（簡体字） ・ 本人 ・ 来所" in said
    assert "09:10–10:01　待ち（分） 10　対応（分） 41　窓口 3　終了" in said
    assert any(text.startswith("対応の内容 =1+1") and text.endswith("…") for text in said)


# Pressing


@dataclass
class Maker:
    """A desk that makes and saves when the test says so."""

    wanted: list[tuple[Kind, str, str, str]] = field(default_factory=list)
    answers: list[Callable[[Report | Trouble], None]] = field(default_factory=list)
    tells: list[Callable[[int, int], None]] = field(default_factory=list)
    stopped: int = 0
    saved: list[tuple[str, str, bool]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Keys of the troubles that the next savings come to."""

    def make(
        self,
        kind: Kind,
        when: str,
        language: str,
        staff: str,
        progress: Callable[[int, int], None],
        done: Callable[[Report | Trouble], None],
    ) -> Callable[[], None]:
        self.wanted.append((kind, when, language, staff))
        self.answers.append(done)
        self.tells.append(progress)

        def stop() -> None:
            self.stopped += 1

        return stop

    def places(self, done: Callable[[Sequence[SavePlace]], None]) -> None:
        done((SavePlace("office", "/data/saved-reports"), SavePlace("stick", "/media/stick")))

    def save(
        self,
        report: Report,  # noqa: ARG002
        folder: str,
        name: str,
        force: bool,
        done: Callable[[str | Trouble], None],
    ) -> None:
        self.saved.append((folder, name, force))
        key = self.refused.pop(0) if self.refused else ""
        done(Trouble(key, name=name) if key else f"{folder}/{name}")


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    store = TinyStore(tmp_path / "store", letter="A", today=lambda: TODAY)
    made = counter_at(store, tmp_path)
    made.console.reports = Maker()
    return made


def maker(counter: Counter) -> Maker:
    assert isinstance(counter.console.reports, Maker)
    return counter.console.reports


def page(counter: Counter) -> Reports:
    assert isinstance(counter.console.over, Reports)
    return counter.console.over


def made(counter: Counter, report: Report = REPORT) -> Counter:
    """The month's report, open."""
    counter.keys("Control-r", "2", "F10")
    maker(counter).answers[-1](report)
    return counter


def test_a_month_is_chosen_by_keys_made_and_turned(counter: Counter) -> None:
    counter.keys("Control-r")
    assert "相談日報" in counter.said()
    counter.keys("2", "Left", "F10")
    assert maker(counter).wanted == [("month", "2026-10", "ja", "07")]
    maker(counter).tells[0](106, 251)
    assert "106 / 251 日" in counter.said()
    maker(counter).answers[0](REPORT)
    assert REPORT.title in counter.said()
    counter.keys("Next")
    assert REPORT.tables[0].headline in counter.said()
    counter.keys("Prior", "Prior")
    assert page(counter).at == 0
    counter.keys(*("Next" for _ in range(99)))
    assert page(counter).at == len(open_leaves(REPORT, counter.console.grid)) - 1


def test_a_report_that_was_made_is_not_made_again_until_asked(counter: Counter) -> None:
    made(counter).keys("3", "2")
    assert REPORT.title in counter.said()
    assert len(maker(counter).wanted) == 1
    counter.keys("Control-r")
    assert len(maker(counter).wanted) == 2


def test_esc_stops_the_making_and_what_comes_late_is_not_shown(counter: Counter) -> None:
    counter.keys("Control-r", "3", "F10", "Escape")
    assert maker(counter).stopped == 1
    assert "集計を止めました" in counter.said()
    maker(counter).answers[0](REPORT)
    maker(counter).tells[0](200, 251)
    assert page(counter).report is None
    assert "200" not in counter.said()
    counter.keys("Escape")
    assert counter.console.over is None


def test_another_date_stops_the_making_too(counter: Counter) -> None:
    counter.keys("Control-r", "F10", "Left")
    assert maker(counter).stopped == 1
    maker(counter).answers[0](REPORT)
    assert page(counter).made == {}


def test_closing_the_page_stops_the_making_and_forgets(counter: Counter) -> None:
    made(counter).keys("1", "F10")
    open_page = page(counter)
    counter.console.press("cancel")
    counter.console.close_over()
    assert maker(counter).stopped == 1
    assert open_page.made == {}


def test_a_trouble_is_told_where_it_can_be_made_again(counter: Counter) -> None:
    counter.keys("Control-r", "F10")
    maker(counter).answers[0](Trouble("trouble.audit_failed", number="2026-11-20"))
    assert "操作の記録が書けないため" in counter.said()
    assert "make" in counter.screen.targets()


def test_it_opens_with_nobody_at_hand() -> None:
    from kiosk.core.ticket import State

    assert door_of("reports", None) is not None
    assert door_of("reports", State.SERVING) is None


# Saving


def test_it_is_saved_where_and_as_what_was_chosen(counter: Counter) -> None:
    made(counter).keys("F10", "Right", "2", "F10")
    assert maker(counter).saved == [("/media/stick", "statistics-2026-11.pdf", False)]
    assert "/media/stick/statistics-2026-11.pdf" in counter.said()


def test_a_file_that_is_there_is_asked_about_and_kept_or_written_over(counter: Counter) -> None:
    maker(counter).refused = ["trouble.report_exists", "trouble.report_exists"]
    made(counter).keys("F10", "F10")
    assert "上書きすると、前のファイルは消えます" in counter.said()
    counter.keys("F10")
    assert len(maker(counter).saved) == 1, "the main key does not write over a file"
    counter.keys("Escape")
    assert "ここに保存する" in counter.said()
    counter.keys("F10", "1")
    assert maker(counter).saved[-1] == ("/data/saved-reports", "statistics-2026-11.xlsx", True)
    assert "に書きました" in counter.said()


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("trouble.disk_full", "保存先がいっぱいです"),
        ("trouble.file_unwritten", "USBメモリーがささっているか"),
    ],
)
def test_a_full_or_absent_place_is_told_and_another_can_be_chosen(
    counter: Counter, key: str, told: str
) -> None:
    maker(counter).refused = [key]
    made(counter).keys("F10", "2", "F10")
    assert told in counter.said()
    counter.keys("1")
    assert told not in counter.said()
    counter.keys("F10")
    assert "/data/saved-reports/statistics-2026-11.xlsx" in counter.said()


def test_another_place_is_typed(counter: Counter) -> None:
    made(counter).keys("F10", "3", "F10")
    assert "フォルダーを / から" in counter.said()
    counter.console.fields.put(FOLDER, " ~/報告 ")
    counter.keys("F10")
    assert maker(counter).saved == [("~/報告", "statistics-2026-11.xlsx", False)]


def test_the_list_of_cases_is_said_to_lie_open(counter: Counter) -> None:
    report = replace(REPORT, kind="day", when="2026-11-20")
    counter.keys("Control-r", "F10")
    maker(counter).answers[0](report)
    counter.keys("F10")
    assert "封をされず" in counter.said()
    counter.keys("Escape")
    assert page(counter).save is None


def test_what_partner_towns_get_has_formats_of_its_own(counter: Counter) -> None:
    counter.keys("Control-r", "4", "F10")
    maker(counter).answers[0](replace(REPORT, kind="share"))
    counter.keys("F10", "F10")
    assert maker(counter).saved == [("/data/saved-reports", "share-2026-11.zip", False)]
