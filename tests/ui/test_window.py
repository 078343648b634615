"""The window, in processes of its own: full screen, its beats, failing callbacks, how it stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("openbox") is None, reason="no Xvfb or openbox here"
)

BEGIN = """
from kiosk.display_server import virtual_display
from kiosk.ui.window import Window
from kiosk.workers import Results
from tests.patience import Patience

def until(window, holds):
    patience = Patience()
    while not holds():
        assert patience.left(), "waited in vain"
        window.root.after(2, lambda: None)
        window.root.tk.dooneevent(0)

results = Results()
"""


def run(body: str) -> str:
    """What the program prints; an error in it fails the test."""
    program = BEGIN + textwrap.dedent(body)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_fills_the_screen_and_does_not_close_there() -> None:
    printed = run("""
        with virtual_display(1024, 600):
            window = Window("Test", results)
            until(window, lambda: window.size == (1024, 600))
            print(window.frame().form)
            # What the window manager sends for Alt-F4.
            window.root.tk.eval(window.root.protocol("WM_DELETE_WINDOW"))
            window.root.update()
            print(window.root.winfo_exists())
            window.close()
    """)
    assert printed.split() == ["wide", "1"]


def test_answers_and_beats_come_on_the_windows_thread() -> None:
    printed = run("""
        import threading
        with virtual_display(1024, 600):
            window = Window("Test", results, size=(800, 500))
            ticks, heard = [], []
            window.start(lambda: ticks.append(1))
            answer = lambda: heard.append(threading.current_thread())
            threading.Thread(target=results.post, args=(answer,)).start()
            until(window, lambda: heard and len(ticks) > 1)
            print(heard[0] is threading.main_thread(), window.size)
            window.close()
    """)
    assert printed == "True (800, 500)\n"


def test_a_failing_callback_is_fatal_where_it_shall_be() -> None:
    printed = run("""
        with virtual_display(1024, 600):
            window = Window("Test", results, size=(800, 500), fatal=True)
            window.root.after(1, lambda: 1 / 0)
            try:
                window.run()
            except ZeroDivisionError as error:
                print("raised")
            window.close()
    """)
    assert printed == "raised\n"


def test_elsewhere_the_kiosk_goes_on() -> None:
    printed = run("""
        with virtual_display(1024, 600):
            window = Window("Test", results, size=(800, 500))
            went_on = []
            window.start(lambda: None)
            results.post(lambda: 1 / 0)
            results.post(lambda: went_on.append(1))
            until(window, lambda: went_on and window.failure is not None)
            print(type(window.failure).__name__)
            window.close()
    """)
    assert printed == "ZeroDivisionError\n"
