"""One row of the referral directory: its fields, each checked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from kiosk import paths
from kiosk.core.directory import SHOWN, Service, Words
from kiosk.data.languages import FILE
from kiosk.data.rows import Row
from kiosk.data.schedules import schedule_of
from kiosk.data.words import RUBY, check_words

MOST_ACCESS = 100
"""Characters of how to get there in Japanese; other scripts may take twice as many."""
VERIFICATIONS = SHOWN | {"secondary", "unverified"}
FEES = ("", "free", "call", "paid")
PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip
KNOWN = (
    "id", "text", "groups", "organisation_ja", "service_ja", "prefecture", "serves", "areas", "otherwise",
    "telephone", "telephone_alternative", "languages", "hours", "always_open", "closed_on_holidays", "from",
    "to", "closed", "fee", "url", "page", "address_ja", "source", "assured_date", "verification", "note_ja",
    "off", "name_ja", "what_ja", "who_ja", "access_ja", "name", "what", "who", "access",
)  # fmt: skip
_TELEPHONE = re.compile(r"#?[1-9]\d{2,3}|#\d{4}|0\d{1,4}-\d{1,6}(?:-\d{2,4})?")
"""Short numbers (110, 188, #8891) and ten or eleven digits with hyphens; digits are counted besides."""
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")


def service_of(row: Row) -> Service:
    """The row as a service; whatever is wrong is told, and the row is then not sound."""
    name, verification = row.text("id"), row.one_of("verification", VERIFICATIONS)
    if not row.words("groups"):
        row.wrong("groups", "name at least one group, as the flows' destinations do")
    source = row.text("source", "")
    if verification in SHOWN and not source.strip():
        row.wrong("source", "a row that is shown says where it was read")
    prefecture, serves, areas = _place(row)
    return Service(
        id=name,
        text=row.text("text", "") or name,
        groups=row.words("groups"),
        organisation_ja=row.text("organisation_ja"),
        service_ja=row.text("service_ja"),
        verification=verification,
        source=source,
        assured_date=assured_of(row, verification in SHOWN),
        prefecture=prefecture,
        serves=serves,
        areas=areas,
        otherwise=row.words("otherwise"),
        telephone=telephone_of(row, "telephone"),
        telephone_alternative=telephone_of(row, "telephone_alternative"),
        languages=languages_of(row),
        schedule=schedule_of(row),
        fee=row.one_of("fee", FEES, ""),
        url=_address(row, "url", row.text("url", "")),
        pages=_pages(row),
        address_ja=row.text("address_ja", ""),
        access=_access(row),
        note_ja=row.text("note_ja", ""),
        names=own_words(row, "name"),
        whats=own_words(row, "what"),
        whos=own_words(row, "who"),
        off=row.flag("off"),
    )


def _place(row: Row) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Prefecture, the others it serves, and areas."""
    prefecture, serves, areas = row.text("prefecture", ""), row.words("serves"), row.words("areas")
    for field, names in (("prefecture", (prefecture,) if prefecture else ()), ("serves", serves)):
        for name in names:
            if name not in PREFECTURES:
                row.wrong(field, f"{name} is no prefecture; write 東京都, 北海道, 大阪府, 兵庫県")
    if (serves or areas) and not prefecture:
        row.wrong("prefecture", "a row that serves some places only says in which prefecture it is")
    return prefecture, serves, areas


def assured_of(row: Row, needed: bool) -> str:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD."""
    value = row.text("assured_date", None if needed else "")
    try:
        if value:
            if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
                raise ValueError(value)
            year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
            date(year, month, day)
    except ValueError:
        row.wrong("assured_date", f"{value} is no date; write 2026, 2026-11 or 2026-11-21")
    return value


def telephone_of(row: Row, field: str) -> str:
    value = row.text(field, "")
    digits = sum(sign.isdecimal() for sign in value)
    if value and not (_TELEPHONE.fullmatch(value) and (value[0] != "0" or digits in (10, 11))):
        row.wrong(field, f"{value} is no telephone number; write digits and hyphens: 0570-078377")
    return value


def languages_of(row: Row) -> tuple[str, ...]:
    tags = row.words("languages")
    for tag in tags:
        check_tag(row, "languages", tag)
    return tags


def check_tag(row: Row, field: str, tag: str) -> None:
    if not _TAG.fullmatch(tag):
        row.wrong(field, f"{tag} is no language tag; write en, zh-Hans, pt-BR")


def _address(row: Row, field: str, value: str) -> str:
    if value and not _ADDRESS.fullmatch(value):
        row.wrong(field, "write the whole address, beginning with https://")
    return value


def _by_language(row: Row, field: str) -> dict[str, str]:
    """A table of language tags and texts."""
    given = row.data.get(field, {})
    if not isinstance(given, dict) or not all(isinstance(text, str) and text for text in given.values()):
        row.wrong(field, f'write {field}.en = "…", {field}.vi = "…"')
        return {}
    for tag in given:
        check_tag(row, field, tag)
    return given


def _pages(row: Row) -> Words:
    return tuple((tag, _address(row, "page", text)) for tag, text in _by_language(row, "page").items())


def _access(row: Row) -> Words:
    """`access_ja` and `access.<tag>`, short enough for a page and a slip. Words that no language here would
    show, or that break a rule of its writing, are told; the row is still good."""
    words = own_words(row, "access")
    for tag, text in words:
        field, most = _named("access", tag), MOST_ACCESS if tag == "ja" else 2 * MOST_ACCESS
        if len(RUBY.sub(r"\1", text)) > most:
            row.wrong(field, f"has {len(text)} characters; say it with {most} at most")
        if any(unicodedata.category(sign) == "Cc" for sign in text):
            row.wrong(field, "write it in one line, without tabs")
        if not (paths.LANGUAGES / tag / FILE).is_file():
            row.tell(field, f"there is no language {tag} here; correct the tag or take it out")
        for fault in check_words(tag, text, ""):
            row.tell(field, fault)
    return words


def _named(field: str, tag: str) -> str:
    return f"{field}_ja" if tag == "ja" else f"{field}.{tag}"


def own_words(row: Row, field: str) -> Words:
    """`name_ja`, which the others need, and `name.<tag>`."""
    japanese, others = row.text(f"{field}_ja", ""), _by_language(row, field)
    if others and not japanese.strip():
        row.wrong(f"{field}_ja", "write the Japanese as well")
    return (("ja", japanese), *others.items()) if japanese.strip() else ()
