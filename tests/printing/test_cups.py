"""Pages through a real CUPS: its scheduler on a socket of this test, its printer a port of this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.doctor_pages import pages
from kiosk.errors import Trouble
from kiosk.printing.pages import PRINTED_S, CupsPages
from kiosk.settings import Printing
from tests.printing.letters import compose, draft, typesetter

SCHEDULER = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    SCHEDULER is None
    or shutil.which("lp") is None
    or shutil.which("lpadmin", path="/usr/sbin:/usr/bin") is None,
    reason="no CUPS on this machine",
)
OPEN = "Order allow,deny\nAllow all"
LISTEN = """Listen {home}/s
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
{open}
</Location>
<Policy default>
<Limit All>
{open}
</Limit>
</Policy>
"""
FILES = """ServerRoot {home}/root
RequestRoot {home}/spool
TempDir {home}/tmp
CacheDir {home}/cache
StateDir {home}/state
ErrorLog {home}/error_log
AccessLog {home}/access_log
PageLog {home}/page_log
"""


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cups") as folder:
        yield from scheduled(Path(folder), monkeypatch)


def scheduled(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Where root runs the tests, what sends the pages is another user.
    home.chmod(0o755)
    for name in ("root", "spool", "tmp", "cache", "state"):
        (home / name).mkdir()
    (home / "cupsd.conf").write_text(LISTEN.format(home=home, open=OPEN))
    (home / "cups-files.conf").write_text(FILES.format(home=home))
    monkeypatch.setenv("CUPS_SERVER", f"{home}/s")
    monkeypatch.setenv("LC_ALL", "C")
    command = [str(SCHEDULER), "-f", "-c", f"{home}/cupsd.conf", "-s", f"{home}/cups-files.conf"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while b"is running" not in subprocess.run(["lpstat", "-r"], capture_output=True, check=False).stdout:
            if running.poll() is not None:
                pytest.skip("CUPS does not start here")
        yield home
    finally:
        running.terminate()
        running.wait()


@pytest.fixture
def paper() -> Iterator[tuple[int, Callable[[], bytes]]]:
    """A printer: what comes in at a port, when it is there whole."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def take() -> None:
            connection, _ = listener.accept()
            with connection:
                came.append(b"".join(iter(lambda: connection.recv(65536), b"")))

        waiting = threading.Thread(target=take, daemon=True)
        waiting.start()

        def whole() -> bytes:
            waiting.join()
            return came[0]

        yield listener.getsockname()[1], whole


def queue(name: str, port: int) -> None:
    path = shutil.which("lpadmin", path="/usr/sbin:/usr/bin")
    subprocess.run(
        [str(path), "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}"], capture_output=True, check=True
    )


def test_a_letter_is_printed_and_known_to_be(scheduler: Path, paper: tuple[int, Callable[[], bytes]]) -> None:
    from kiosk.printing.document_draw import pdf

    port, whole = paper
    queue("office", port)
    data = pdf(compose(draft()), typesetter())
    assert CupsPages("office").print(data, "A012-letter").printed
    assert whole() == data
    # Nothing of the person stands in what CUPS keeps of its jobs.
    logs = "".join(path.read_text() for path in scheduler.glob("*_log"))
    assert "A012" not in logs


def test_a_job_somebody_cancels_was_not_printed(scheduler: Path) -> None:  # noqa: ARG001
    queue("office", 9)
    subprocess.run([str(shutil.which("cupsdisable", path="/usr/sbin:/usr/bin")), "office"], check=True)

    def cancel(_seconds: float) -> None:
        subprocess.run(["cancel", "-a", "office"], check=True)

    with pytest.raises(Trouble, match="pages_printer"):
        CupsPages("office", pause=cancel).print(b"%PDF-1.4", "A012")


def test_a_job_that_waits_is_taken_back(scheduler: Path) -> None:  # noqa: ARG001
    queue("office", 9)
    subprocess.run([str(shutil.which("cupsdisable", path="/usr/sbin:/usr/bin")), "office"], check=True)
    now = [0.0]

    def pause(_seconds: float) -> None:
        now[0] += PRINTED_S

    with pytest.raises(Trouble, match="pages_waiting"):
        CupsPages("office", clock=lambda: now[0], pause=pause).print(b"%PDF-1.4", "A012")
    left = subprocess.run(["lpstat", "-o"], capture_output=True, check=True)
    assert left.stdout == b""


def test_the_doctor_knows_a_queue_from_none(scheduler: Path) -> None:  # noqa: ARG001
    check = pages(Printing(pages="cups"))
    assert not check.ok
    assert "lpadmin -d" in check.cure.en
    queue("office", 9)
    assert pages(Printing(pages="cups", page_printer="office")).ok
    assert not pages(Printing(pages="cups", page_printer="other")).ok
    subprocess.run([str(shutil.which("cupsdisable", path="/usr/sbin:/usr/bin")), "office"], check=True)
    check = pages(Printing(pages="cups", page_printer="office"))
    assert not check.ok
    assert "cupsenable office" in check.cure.en
