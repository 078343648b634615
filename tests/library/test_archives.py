"""A Vosk zip or an .argosmodel from a file: path tricks, bombs, links, wrong contents."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.library import unpack
from kiosk.app.library.importing import bring_in, look_at
from kiosk.app.library.library import Library
from kiosk.app.library.task import Task
from kiosk.errors import Trouble
from kiosk.speech.models import find_model
from tests.library.conftest import KOREAN, SPEECH, VIETNAMESE, a_zip, sample

OWN = "vosk-model-small-ko-9.9"
"""A published name that the catalogue does not know: no hash stands in the way of the checks."""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    for module in ("kiosk.speech.models", "kiosk.app.library.installed"):
        monkeypatch.setattr(f"{module}.packaged", lambda _code: None)
    return Library(tmp_path / "data")


def bring(path: Path, library: Library, language: str = "") -> str:
    """The trouble's key, empty where it was installed."""
    try:
        done = bring_in(look_at(path, library, language), library, Task())
    except Trouble as met:
        return met.key
    return done[0].trouble.key if done[0].trouble else ""


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_published_zip_is_taken_and_its_language_known(library: Library, tmp_path: Path) -> None:
    zip_ = put(tmp_path / "x.zip", a_zip(SPEECH, top=OWN))
    assert not look_at(zip_, library)[0].vouched
    assert bring(zip_, library) == ""
    assert find_model(KOREAN, library.places.speech) == library.places.speech / "ko" / OWN


def test_a_zip_of_no_known_name_needs_its_language(library: Library, tmp_path: Path) -> None:
    zip_ = put(tmp_path / "x.zip", a_zip(SPEECH, top="ours"))
    assert bring(zip_, library) == "trouble.import_language"
    assert bring(zip_, library, "vi") == ""
    assert find_model(VIETNAMESE, library.places.speech) == library.places.speech / "vi" / "ours"
    assert bring(put(tmp_path / "y.zip", a_zip(SPEECH, top=OWN)), library, "vi") == "trouble.model_pair"


def test_a_known_name_with_other_contents_is_refused(library: Library, tmp_path: Path) -> None:
    assert bring(put(tmp_path / "x.zip", a_zip(SPEECH)), library) == "trouble.model_hash"


@pytest.mark.parametrize(("last", "told"), [("", ""), ("0", "trouble.model_hash")])
def test_a_sha256_of_the_catalogue_vouches_as_well(
    library: Library, tmp_path: Path, last: str, told: str
) -> None:
    zip_ = put(tmp_path / "x.zip", a_zip(SPEECH))
    model = library.catalog.find("vosk-model-small-ko-0.22")
    digest = hashlib.sha256(zip_.read_bytes()).hexdigest()
    object.__setattr__(model, "md5", "")
    object.__setattr__(model, "sha256", last * 64 or digest)
    assert look_at(zip_, library)[0].vouched
    assert bring(zip_, library) == told


def with_entry(name: str, data: bytes = b"x", mode: int = 0) -> bytes:
    raw = io.BytesIO(a_zip(SPEECH, top=OWN))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = mode << 16
        archive.writestr(entry, data)
    return raw.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        f"{OWN}/../../../escaped",
        "/escaped",
        f"{OWN}\\..\\escaped",
        f"{OWN}/a:b",
        f"{OWN}/am/FINAL.mdl",
        "loose",
    ],
)
def test_path_tricks_are_refused(library: Library, tmp_path: Path, name: str) -> None:
    assert bring(put(tmp_path / "x.zip", with_entry(name)), library) in (
        "trouble.model_archive",
        "trouble.import_unknown",
    )
    assert not list(tmp_path.rglob("escaped"))
    assert not library.places.speech.exists() or not list(library.places.speech.rglob("final.mdl"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(library: Library, tmp_path: Path, kind: int) -> None:
    raw = with_entry(f"{OWN}/graph/link", b"/etc/passwd", kind | 0o777)
    assert bring(put(tmp_path / "x.zip", raw), library) == "trouble.model_archive"


def test_a_bomb_that_says_so_is_refused_unopened(library: Library, tmp_path: Path) -> None:
    raw = bytearray(with_entry(f"{OWN}/graph/bomb", b"tiny"))
    at = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<I", raw, at + 24, 4_000_000_000)
    assert bring(put(tmp_path / "x.zip", bytes(raw)), library) == "trouble.model_archive"


def test_a_bomb_that_hides_is_stopped_while_it_grows(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "BASE", 1_000_000)
    raw = with_entry(f"{OWN}/graph/bomb", bytes(30_000_000))
    assert len(raw) < 100_000
    assert bring(put(tmp_path / "x.zip", raw), library) == "trouble.model_archive"
    # The same with a small size declared: counted, not believed.
    told = bytearray(raw)
    struct.pack_into("<I", told, told.rindex(b"PK\x01\x02") + 24, 100)
    assert bring(put(tmp_path / "y.zip", bytes(told)), library) == "trouble.model_archive"
    assert sum(path.stat().st_size for path in library.places.data.rglob("*") if path.is_file()) < 1000


def test_a_bomb_of_many_files_is_refused_by_their_sum(library: Library, tmp_path: Path) -> None:
    raw = io.BytesIO(a_zip(SPEECH, top=OWN))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        block = bytes(1 << 24)
        for number in range(20):
            archive.writestr(f"{OWN}/graph/{number}", block)
    assert bring(put(tmp_path / "x.zip", raw.getvalue()), library) == "trouble.model_archive"


def test_a_zeroed_model_is_refused(library: Library, tmp_path: Path) -> None:
    raw = a_zip(SPEECH | {"am/final.mdl": b"\0B" + bytes(100_000)}, top=OWN)
    assert bring(put(tmp_path / "x.zip", raw), library) == "trouble.model_archive"


@pytest.mark.parametrize("missing", ["am/final.mdl", "conf/mfcc.conf", "graph/Gr.fst"])
def test_a_zip_without_a_needed_file_is_refused(library: Library, tmp_path: Path, missing: str) -> None:
    raw = a_zip({name: data for name, data in SPEECH.items() if name != missing}, top=OWN)
    assert bring(put(tmp_path / "x.zip", raw), library) == "trouble.model_archive"


def test_a_manifest_inside_an_archive_vouches_for_nothing(library: Library, tmp_path: Path) -> None:
    raw = a_zip(SPEECH | {"damaged": b""}, top=OWN)
    assert bring(put(tmp_path / "x.zip", raw), library) == ""
    assert find_model(KOREAN, library.places.speech) is not None


def test_packages_are_taken_and_wrong_ones_refused(library: Library, tmp_path: Path) -> None:
    good = put(tmp_path / "any-name", sample("ko", "en"))
    assert bring(good, library) == ""
    assert [one.id for one in library.installed()] == ["translate-ko_en-1_0"]
    for broken in (good.read_bytes()[:-5000], good.read_bytes()[5000:], b"PK\x03\x04"):
        assert bring(put(tmp_path / "x.argosmodel", broken), library) in (
            "trouble.model_archive", "trouble.import_unknown", "trouble.import_language",
        )  # fmt: skip


def test_a_pair_nobody_needs_is_refused(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(sample("ko", "en"))) as old, zipfile.ZipFile(tmp_path / "x", "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("metadata.json"):
                data = data.replace(b'"ko"', b'"xx"')
            new.writestr(entry.filename, data)
    assert bring(tmp_path / "x", library) == "trouble.import_pair"


@pytest.mark.parametrize("content", [b"", b"text", b"PK"])
def test_what_is_no_model_is_told(library: Library, tmp_path: Path, content: bytes) -> None:
    assert bring(put(tmp_path / "x", content), library) == "trouble.import_unknown"
    assert bring(tmp_path, library) == "trouble.import_unknown"
    assert bring(tmp_path / "none", library) == "trouble.import_absent"


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_damage_to_an_archive_is_a_fault_of_ours(data: bytes, at: int) -> None:
    raw = bytearray(a_zip({"am/final.mdl": SPEECH["am/final.mdl"]}, top=OWN))
    raw[at : at + len(data)] = data
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "data")
        bring(put(Path(folder) / "x.zip", bytes(raw)), library)
        assert not list(Path(folder).rglob("final.mdl"))
