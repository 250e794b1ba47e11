"""Two profiles: a short one, and ``--hypothesis-profile long`` for many examples, which `-m slow` runs as well."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("short"), max_examples=10_000)
if settings.get_current_profile_name() == "default":
    settings.load_profile("short")
