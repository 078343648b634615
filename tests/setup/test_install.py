"""install.sh: its parts read into a shell with stand-ins for apt and pip, so nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import display_server, doctor

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "install.sh"

STANDINS = """
make_venv() { echo MAKE; mkdir -p "$VENV"; : >"$VENV/.building"; }
pip_install() { echo "PIP ${*##*/}"; }
intact() { return 0; }
is_ground() { [[ -d $VENV && ! -e $VENV/.building ]]; }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stand-in for a clone: the script and the pins, nothing else."""
    for name in ("install.sh", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def shell(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    lines = f'set -- ; source "{folder / "install.sh"}"; COMMAND=run; PYTHON="{sys.executable}"\n{script}'
    return subprocess.run(
        ["bash", "-c", lines],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def array(name: str) -> list[str]:
    return shell(ROOT, f'printf "%s\\n" "${{{name}[@]}}"').stdout.split()


@pytest.mark.parametrize("script", [SCRIPT, ROOT / ".ci" / "run"])
def test_the_scripts_are_whole_and_may_be_run(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert os.access(script, os.X_OK)


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not on this machine")
def test_shellcheck_finds_nothing() -> None:
    command = ["shellcheck", str(SCRIPT), str(ROOT / ".ci" / "run")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_doctor_names_the_packages_that_are_installed() -> None:
    assert array("PACKAGES") + array("SCREEN_PACKAGES") == list(doctor.PACKAGES)
    assert sorted(display_server.PROGRAMS.values()) == sorted(array("SCREEN_PACKAGES"))


@pytest.mark.parametrize("package", doctor.PACKAGES)
def test_every_package_is_looked_for_by_what_it_provides(package: str) -> None:
    found = shell(ROOT, f'LIBRARIES=""; provided {package} || echo missing')
    assert "does not know" not in found.stderr


def test_without_a_command_or_with_a_wrong_one_the_usage_is_told(folder: Path) -> None:
    script = folder / "install.sh"
    assert subprocess.run([script, "--help"], capture_output=True, check=False).returncode == 0
    for words in ([], ["polish"]):
        told = subprocess.run([script, *words], capture_output=True, text=True, check=False)
        assert told.returncode == 2
        assert "install.sh" in told.stderr


def test_the_second_set_up_does_nothing_and_a_changed_pin_does(folder: Path) -> None:
    first = shell(folder, STANDINS + "environment run")
    assert "MAKE" in first.stdout
    assert "PIP" in first.stdout
    second = shell(folder, STANDINS + "environment run")
    assert "ready" in second.stdout
    assert "PIP" not in second.stdout
    with (folder / "pyproject.toml").open("a") as pins:
        pins.write("\n# a change\n")
    third = shell(folder, STANDINS + "environment run")
    assert "MAKE" not in third.stdout  # what is there is kept; pip changes only what differs
    assert "PIP" in third.stdout


def test_the_tests_need_more_than_the_kiosk(folder: Path) -> None:
    shell(folder, STANDINS + "environment run")
    tests = shell(folder, STANDINS + "environment test")
    assert "[test]" in tests.stdout
    again = shell(folder, STANDINS + "environment run; environment test")
    assert "PIP" not in again.stdout


def test_a_half_built_environment_is_built_anew(folder: Path) -> None:
    broken = shell(folder, STANDINS + "pip_install() { kill -KILL $BASHPID; }\nenvironment run")
    assert broken.returncode != 0
    assert (folder / ".venv" / ".building").exists()
    mended = shell(folder, STANDINS + "environment run")
    assert "MAKE" in mended.stdout
    assert not (folder / ".venv" / ".building").exists()


def test_an_environment_of_another_folder_is_not_used(folder: Path) -> None:
    stamp = shell(folder, "stamp").stdout
    assert stamp == shell(folder, "stamp").stdout
    moved = folder / "moved"
    moved.mkdir()
    for name in ("install.sh", "pyproject.toml"):
        shutil.copy(folder / name, moved / name)
    assert shell(moved, "stamp").stdout != stamp


@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="run from another environment")
def test_this_environment_is_whole_and_a_foreign_one_is_not(folder: Path) -> None:
    assert shell(ROOT, "intact test").returncode == 0
    assert shell(folder, f'VPY="{sys.executable}"; intact test').returncode != 0


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: temporary failure in name resolution", "network"),
        ("ERROR: something new", "See the ERROR lines"),
    ],
)
def test_a_failing_pip_is_explained(folder: Path, log: str, told: str) -> None:
    failed = shell(folder, f'LOG="$ROOT/log"; echo "{log}" >"$LOG"; pip_failed')
    assert failed.returncode == 1
    assert told in failed.stderr
    assert str(folder / "log") in failed.stderr


def test_korean_speech_may_fail_without_stopping_anything(folder: Path) -> None:
    failing = STANDINS + "pip_install() { echo PIP; return 1; }\n"
    failing += 'environment_done() { mkdir -p "$VENV"; STAMP=x; }\n'
    first = shell(folder, failing + "environment_done; korean_speech; echo GOES ON")
    assert first.stdout.rstrip().endswith("GOES ON")
    assert "could not be installed" in first.stdout
    second = shell(folder, failing + "environment_done; korean_speech")
    assert "PIP" not in second.stdout
    asked = shell(folder, failing + "environment_done; COMMAND=setup; korean_speech")
    assert "PIP" in asked.stdout


MODELS = """
mkdir -p "$VENV/bin" "$WORK"; COMMAND=setup
printf '#!/bin/sh\\necho "FETCH $*"\\nexit %s\\n' "$CODE" >"$VENV/bin/madoguchi"
chmod +x "$VENV/bin/madoguchi"
"""


def test_models_are_fetched_for_the_languages_named_and_may_fail(folder: Path) -> None:
    begin = STANDINS + "CODE=1\n" + MODELS + "MADOGUCHI_MODELS='ko vi'\n"
    first = shell(folder, begin + "office_models; echo GOES ON")
    assert "FETCH models fetch --yes ko vi" in first.stdout
    assert "models fetch ko vi" in first.stdout.split("Later: ")[1]
    assert first.stdout.rstrip().endswith("GOES ON")
    # A start does not try the same again; a set-up does, and so does a start for other languages.
    assert "FETCH" not in shell(folder, begin + "COMMAND=run; office_models").stdout
    assert "FETCH" in shell(folder, begin + "office_models").stdout
    assert "FETCH" in shell(folder, begin + "COMMAND=run; MADOGUCHI_MODELS=my; office_models").stdout
    assert "FETCH" not in shell(folder, begin + "COMMAND=test; office_models").stdout


def test_models_are_not_asked_about_without_a_terminal(folder: Path) -> None:
    quiet = shell(folder, STANDINS + "CODE=0\n" + MODELS + "office_models </dev/null; echo GOES ON")
    assert quiet.stdout.strip() == "GOES ON"


def test_pip_warnings_stay_in_the_log(folder: Path) -> None:
    lines = "WARNING: Location is ignored\\n  Downloading pillow-13.0.0-cp311.whl (7.1 MB)\\nERROR: no\\n"
    shown = shell(folder, f'LOG="$ROOT/log"; printf "{lines}" | pip_progress')
    assert shown.stdout.split("\n") == ["      pillow 13.0.0 (7.1 MB)", "      ERROR: no", ""]
    assert "WARNING" in (folder / "log").read_text()


def test_without_rights_the_administrator_gets_one_line(folder: Path) -> None:
    refused = "find_missing() { MISSING=(libfribidi0 openbox); }; may_install() { return 1; }\n"
    asked = shell(folder, refused + "system_packages; echo GOES ON")
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libfribidi0 openbox"
    assert line in asked.stdout
    assert asked.stdout.rstrip().endswith("GOES ON")


def test_one_package_that_is_not_to_be_had_does_not_keep_the_others_out(folder: Path) -> None:
    apt = 'apt_get() { [[ $* != *lost* ]] && echo "APT ${*: -1}"; }\n'
    installed = shell(folder, apt + "MISSING=(lost openbox); install_packages")
    assert installed.stdout.split().count("openbox") >= 1
    assert "APT openbox" in installed.stdout


def test_without_a_recent_python_it_says_what_to_do(folder: Path) -> None:
    told = shell(folder, 'PYTHON=""; require_python')
    assert told.returncode == 1
    assert "Ubuntu 22.04" in told.stderr


def test_a_python_without_xft_is_told_apart(folder: Path) -> None:
    fake = folder / "python3"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    told = shell(folder, f'PYTHON="{fake}"; require_python')
    assert told.returncode == 1
    assert "python3-tk" in told.stderr


def test_without_a_home_the_data_does_not_land_among_caches(folder: Path) -> None:
    said = shell(folder, "prepare_places; echo $HOME; echo $MADOGUCHI_DATA", HOME="/nonexistent")
    assert said.stdout.split("\n")[-3:-1] == [str(folder / ".setup" / "home"), str(folder / ".data")]


def test_staff_read_japanese_where_the_machine_speaks_it(folder: Path) -> None:
    assert "使い方" in shell(folder, "usage", LANG="ja_JP.UTF-8").stdout
    assert "Usage" in shell(folder, "usage").stdout


def test_tests_are_run_where_no_screen_can_be_touched(folder: Path) -> None:
    """ruff and mypy before, so that pytest's last line is the last; its exit code is the script's."""
    fakes = folder / ".venv" / "bin"
    fakes.mkdir(parents=True)
    for name, code in (("ruff", 1), ("mypy", 0), ("python", 0)):
        (fakes / name).write_text(f'#!/bin/sh\necho {name} "$@" DISPLAY=$DISPLAY\nexit {code}\n')
        (fakes / name).chmod(0o755)
    ran = shell(folder, "run_tests -k word", DISPLAY=":77")
    last = ran.stdout.rstrip().split("\n")[-1]
    assert last.startswith("python -m pytest -n ")
    assert last.endswith(" -k word DISPLAY=")
    assert ran.returncode == 1  # ruff's findings count
    chosen = shell(folder, "run_tests", DISPLAY=":77", MADOGUCHI_TEST_DISPLAY=":78")
    assert "DISPLAY=:78" in chosen.stdout.split("\n")[-2]


def test_continuous_integration_runs_the_same_command_without_input(folder: Path) -> None:
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci" / "run")
    (folder / "install.sh").write_text('#!/bin/sh\necho "$@" $CI; cat; exit 7\n')
    ran = subprocess.run(["bash", ".ci/run"], cwd=folder, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (7, "test true\n")
