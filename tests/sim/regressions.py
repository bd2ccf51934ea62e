"""Runs that failed once, thinned out to what it takes: each under the name of what was wrong."""

from __future__ import annotations

from tests.sim.plan import Plan

FOUND: dict[str, Plan] = {}
