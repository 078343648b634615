"""For all tests: no time limits, for a busy machine is no fault of the program."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("madoguchi", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("madoguchi")
