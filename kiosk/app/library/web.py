"""One request over HTTP: only to addresses a model may come from, and every failure named."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from kiosk.data.model_rows import is_link
from kiosk.errors import Trouble

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Patience:
    """How long a server may take. Tests are less patient."""

    stall: float = 30.0
    """Seconds without `least` bytes."""
    least: int = 1024
    pauses: tuple[float, ...] = (1, 2, 4, 8, 16)
    """Seconds between tries; a try that brought bytes starts the row anew."""


class Again(Exception):
    """This try failed; another may not. `weight`: a host that is not there is not asked for half a minute."""

    weight = 1


class Unreached(Again):
    weight = 2


class Beyond(Again):
    """What is here is longer than what the server has."""


def fetch_text(link: str, at_most: int, patience: Patience) -> bytes:
    """A small file in one go, for lists. Raises Trouble as `download` does."""
    if not is_link(link):
        raise Trouble("trouble.model_insecure", log="the address is not https")
    try:
        with open_link(link, {}, patience) as answer:
            found = answer.read(at_most + 1)
    except Again as error:
        raise unreachable(link, error) from error
    except (OSError, http.client.HTTPException) as error:
        raise unreachable(link, error) from error
    if len(found) > at_most:
        raise Trouble("trouble.refresh_junk", log="the list is too long")
    return bytes(found)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Only to addresses a model may come from."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not is_link(newurl):
            raise Trouble("trouble.model_insecure", log="sent on to an address that is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def open_link(link: str, headers: dict[str, str], patience: Patience) -> Any:
    """The open answer. Raises Trouble, `Again`, OSError."""
    local = urlsplit(link).hostname == "127.0.0.1"
    proxies = urllib.request.ProxyHandler({}) if local else urllib.request.ProxyHandler()
    opener = urllib.request.build_opener(proxies, _Redirects())
    opener.addheaders = [("User-Agent", "madoguchi"), ("Accept-Encoding", "identity")]
    try:
        return opener.open(urllib.request.Request(link, headers=headers), timeout=patience.stall)
    except urllib.error.HTTPError as refused:
        refused.close()
        if refused.code in _AGAIN:
            raise Again(str(refused.code)) from refused
        if refused.code // 100 == 3:
            raise Trouble("trouble.model_insecure", log=f"sent on, {refused.code}") from refused
        if refused.code == 416:
            raise Beyond("416") from refused
        host, code = host_of(link), refused.code
        raise Trouble("trouble.model_refused", log=f"answer {code}", host=host, code=code) from refused
    except urllib.error.URLError as error:
        raise Unreached(type(error.reason).__name__) from error
    except OSError as error:
        raise Again(type(error).__name__) from error


def mark_of(headers: Message) -> str:
    """What names this very file at the server; a weak ETag does not."""
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")


def span_of(text: str) -> tuple[int, int]:
    """First byte and whole size of `bytes 5-9/10`; -1 where it says nothing of the kind."""
    with suppress(ValueError):
        unit, _, rest = text.partition(" ")
        span, _, total = rest.partition("/")
        if unit == "bytes":
            return int(span.split("-")[0]), int(total) if total != "*" else 0
    return -1, 0


def number_of(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def host_of(link: str) -> str:
    return urlsplit(link).hostname or ""


def unreachable(link: str, error: Exception) -> Trouble:
    return Trouble(
        "trouble.model_unreachable", log=f"not reached: {type(error).__name__}", host=host_of(link)
    )
