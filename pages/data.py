"""Data: where it comes from, how its surveys do, and what came of every row."""

from pages.parts import audit, health, report, sources
from pages.session import data, keys

views = {"sources": sources.sources, "survey_health": health.health, "rows": report.rows}
views["audit"] = lambda _panel: audit.audit()
views[keys.of_widget("data_view").get()](data.panel())
