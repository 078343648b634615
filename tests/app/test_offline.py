"""The whole visit with the network really cut: a network namespace without any interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CUT = ["unshare", "--map-root-user", "--net"]


def can_cut() -> bool:
    """Whether this machine lets us make a namespace (some containers do not)."""
    try:
        return subprocess.run([*CUT, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not can_cut(), reason="no network namespaces here")
def test_a_visit_in_a_namespace_without_a_network(tmp_path: Path) -> None:
    out = tmp_path / "out"
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    environment["HOME"] = str(tmp_path)
    command = [*CUT, sys.executable, "-m", "kiosk", "demo", "--out", str(out), "--language", "ko"]
    played = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert played.returncode == 0, played.stderr[-2000:]
    told = json.loads((out / "ticket.json").read_text(encoding="utf-8"))
    assert told["content"]["narrative"]["means"] == "speech"
    assert told["content"]["narrative"]["translation"]["japanese"]
    assert (out / "slip.png").exists()
