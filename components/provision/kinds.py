"""How the files of each kind of content become rows of Keep's tables (keep/api/models/db of Keep 0.54.2). Used by apply.py."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from sqlmodel import Session, select

from keep.api.consts import STATIC_PRESETS
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule
from keep.api.models.db.dashboard import Dashboard
from keep.api.models.db.extraction import ExtractionRule
from keep.api.models.db.maintenance_window import MaintenanceWindowRule
from keep.api.models.db.preset import Preset
from keep.api.models.db.provider import Provider
from keep.api.models.db.rule import Rule

# Value of created_by of what this script creates, and of the columns of the last change.
MAKER = "keep-on-pulumi"


class Mistake(Exception):
    """An error in a file, for the user to correct."""


def dashboard(item, session, changes):
    """Keep finds the preset of a widget by its id alone, which differs in each Keep. Without one, the widget shows all alerts."""
    config = item["dashboard_config"]
    widgets = config.get("widget_data")
    if not isinstance(widgets, list):
        return item
    ids = preset_ids(session, changes.get("presets"))
    missing = []
    found = [widget(content, ids, missing) for content in widgets]
    if missing:
        way_out = "Correct preset.name, add the preset to keep:provision.presets or in Keep, or remove the widget"
        raise Mistake(f"has widgets with a preset that Keep does not have: {', '.join(missing)}. {way_out}")
    return {**item, "dashboard_config": {**config, "widget_data": found}}


def widget(content, ids, missing):
    """A widget with the id that its preset has in this Keep. Adds what is missing."""
    given = content.get("preset") if isinstance(content, dict) else None
    if not given and not isinstance(given, dict):
        return content
    preset = given if isinstance(given, dict) else {"name": given}
    name, given_id = preset.get("name"), preset.get("id")
    # Users may have renamed the preset in Keep since the file was written.
    found = [ids[known] for known in ids if known == name] or [known for known in ids.values() if known == given_id]
    if not found:
        missing.append(f"{name or given_id or 'without a name'} (widget {content.get('name') or content.get('i')})")
        return content
    return {**content, "preset": {**preset, "id": found[0]}}


def preset_ids(session, changes):
    """The ids of all presets by their names, once these changes are applied. Without changes, no preset is deleted."""
    rows = session.exec(select(Preset.id, Preset.name, Preset.created_by).where(Preset.tenant_id == TENANT)).all()
    stay = {row.name: row.id for row in rows if changes is None or row.created_by != MAKER}
    given = {change.item["name"]: change.columns["id"] if change.row is None else change.row.id for change in changes or ()}
    static = {name: preset.id for name, preset in STATIC_PRESETS.items()}
    return {name: str(id) for name, id in {**stay, **given, **static}.items()}


def deduplication(item, session, _):
    columns = {name: value for name, value in item.items() if name != "provider"}
    if item["provider"] is None:
        return columns
    found = session.exec(select(Provider).where(Provider.tenant_id == TENANT, Provider.name == item["provider"])).first()
    if found is None:
        raise Mistake(f"provider {item['provider']} is not connected to Keep. Add it to keep:providers, or connect it in Keep")
    return {**columns, "provider_id": found.id, "provider_type": found.type}


def maintenance(item, *_):
    # Keep stores UTC without a zone.
    start = datetime.fromisoformat(item["start_time"]).replace(tzinfo=None)
    return {**item, "start_time": start, "end_time": start + timedelta(seconds=item["duration_seconds"])}


def preset(item, *_):
    return {name: value for name, value in item.items() if name != "tags"}


class Kind(NamedTuple):
    """How the files of a kind become rows of its table."""

    model: type
    # Columns of a file, by the changes of the kinds before.
    columns: Callable[[dict, Session, dict], dict]
    name: str = "name"
    # Columns that a new row gets, and those that a changed one gets, by the time.
    created: Callable[[datetime], dict] = lambda now: {}
    changed: Callable[[datetime], dict] = lambda now: {}


KINDS = {
    # Before the dashboards, which contain its id. Therefore, the id is known before the row exists.
    "presets": Kind(Preset, preset, created=lambda now: {"id": uuid4()}),
    "dashboards": Kind(
        Dashboard,
        dashboard,
        name="dashboard_name",
        changed=lambda now: {"updated_by": MAKER, "updated_at": now},
    ),
    "extractions": Kind(ExtractionRule, lambda item, *_: item, changed=lambda now: {"updated_by": MAKER}),
    "correlations": Kind(
        Rule,
        lambda item, *_: item,
        # The query in SQL, which Keep stores and never reads.
        created=lambda now: {"creation_time": now, "definition": {"sql": "", "params": {}}},
        changed=lambda now: {"update_time": now, "updated_by": MAKER},
    ),
    "deduplications": Kind(
        AlertDeduplicationRule,
        deduplication,
        created=lambda now: {"last_updated_by": MAKER},
        changed=lambda now: {"last_updated": now, "last_updated_by": MAKER},
    ),
    "maintenance": Kind(MaintenanceWindowRule, maintenance),
}
