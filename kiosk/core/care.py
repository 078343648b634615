"""Words that mean danger, in a person's own words. They only ever raise care, never deny it."""

from __future__ import annotations

from collections.abc import Mapping

CARES = ("violence", "sexual", "trafficking", "held", "passport", "self_harm", "child", "status")
"""Violence at home; sexual violence; trafficking or forced work; being held; a passport or card taken away;
self-harm or a wish to die; a child at risk; no status or fear of overstay."""
CARE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "violence": ("dv", "police"),
    "sexual": ("sexual_violence", "police"),
    "trafficking": ("police", "human_rights"),
    "held": ("police", "human_rights"),
    "passport": ("labour_line", "human_rights"),
    "self_harm": ("mental_health",),
    "child": ("child_guidance",),
    "status": ("legal_aid",),
}
"""Groups of the referral directory that each leads to, the most useful first."""
