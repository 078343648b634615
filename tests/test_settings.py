from __future__ import annotations

from pathlib import Path

from kiosk.settings import Settings, load


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == (Settings(), ())


def test_what_is_wrong_is_named_and_the_rest_taken(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        """
        [office]
        name_ja = "みどり市 相談窓口"
        timezone = "Mars/Base"
        colour = "red"
        [kiosk]
        letter = "aa"
        idle_seconds = "long"
        languages = ["vi", "en"]
        [printing]
        kind = "laser"
        """,
        encoding="utf-8",
    )
    settings, faults = load(file)
    assert settings.office.name_ja == "みどり市 相談窓口"
    assert settings.kiosk.languages == ("vi", "en")
    assert settings.kiosk.idle_seconds == Settings().kiosk.idle_seconds
    assert {fault.key for fault in faults} == {
        "office.timezone", "office.colour", "kiosk.letter", "kiosk.idle_seconds", "printing.kind",
    }  # fmt: skip
    assert all(fault.cure for fault in faults)


def test_no_office_is_called_by_the_name_of_another_town(tmp_path: Path) -> None:
    """Its display and its neutral slips named the town of the defaults."""
    file = tmp_path / "settings.toml"
    file.write_text('[office]\nname_ja = "みどり市 相談窓口"\n', encoding="utf-8")
    office = load(file)[0].office
    assert (office.name_ruby, office.city_hall_ja) == ("みどり市 相談窓口", "役所")
    assert "Aoba" not in office.city_hall_en
    file.write_text(
        '[office]\nname_ja = "みどり市"\nname_ruby = "みどり{市|し}"\ncity_hall_ja = "みどり市役所"\n',
        encoding="utf-8",
    )
    office = load(file)[0].office
    assert (office.name_ruby, office.city_hall_ja) == ("みどり{市|し}", "みどり市役所")
    file.write_text("[office]\ncounters = 2\n", encoding="utf-8")
    assert load(file)[0].office.name_ruby == Settings().office.name_ruby


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe office = [")
    settings, faults = load(file)
    assert settings == Settings()
    assert len(faults) == 1


def test_an_office_says_where_it_is_and_how_old_a_number_may_be(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[office]\nprefecture = "北海道"\narea = "函館"\nreferral_days = 365\n', encoding="utf-8")
    settings, faults = load(file)
    assert faults == ()
    assert (settings.office.area, settings.office.referral_days) == ("函館", 365)
    file.write_text("[office]\narea = 1\nreferral_days = 0\n", encoding="utf-8")
    settings, faults = load(file)
    assert settings == Settings()
    assert {fault.key for fault in faults} == {"office.area", "office.referral_days"}


def test_the_display_says_where_counters_are(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        """
        [display]
        directions = { 1 = "left", "ハローワーク" = "upstairs" }
        readings = { "専門相談" = "{専門|せんもん}{相談|そうだん}" }
        look = "contrast"
        mute = ["12:00-13:00", "22:00-06:00"]
        volume = 100
        """,
        encoding="utf-8",
    )
    settings, faults = load(file)
    assert faults == ()
    assert settings.display.directions == {"1": "left", "ハローワーク": "upstairs"}
    assert settings.display.mute == ("12:00-13:00", "22:00-06:00")
    file.write_text(
        """
        [display]
        directions = { 1 = "north" }
        readings = { 1 = 2 }
        look = "blue"
        flash = "strobe"
        sound = "loud"
        volume = 101
        seconds = 0
        mute = ["25:00-26:00"]
        """,
        encoding="utf-8",
    )
    settings, faults = load(file)
    assert settings == Settings()
    assert {fault.key.removeprefix("display.") for fault in faults} == {
        "directions", "readings", "look", "flash", "sound", "volume", "seconds", "mute",
    }  # fmt: skip
