"""How the files of each kind of content become rows of Keep's tables (keep/api/models/db of Keep 0.54.2). Used by apply.py."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, select

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


def deduplication(item, session):
    columns = {name: value for name, value in item.items() if name != "provider"}
    if item["provider"] is None:
        return {**columns, "provider_id": None}
    found = session.exec(select(Provider).where(Provider.tenant_id == TENANT, Provider.name == item["provider"])).first()
    if found is None:
        raise Mistake(f"provider {item['provider']} is not connected to Keep. Add it to keep:providers, or connect it in Keep")
    return {**columns, "provider_id": found.id, "provider_type": found.type}


def maintenance(item, _):
    # Keep stores UTC without a zone.
    start = datetime.fromisoformat(item["start_time"]).replace(tzinfo=None)
    return {**item, "start_time": start, "end_time": start + timedelta(seconds=item["duration_seconds"])}


def preset(item, _):
    return {name: value for name, value in item.items() if name != "tags"}


class Kind(NamedTuple):
    """How the files of a kind become rows of its table."""

    model: type
    # Columns of a file.
    columns: Callable[[dict, Session], dict]
    name: str = "name"
    # Columns that a new row gets, and those that a changed one gets, by the time.
    created: Callable[[datetime], dict] = lambda now: {}
    changed: Callable[[datetime], dict] = lambda now: {}


KINDS = {
    "dashboards": Kind(
        Dashboard,
        lambda item, _: item,
        name="dashboard_name",
        changed=lambda now: {"updated_by": MAKER, "updated_at": now},
    ),
    "extractions": Kind(ExtractionRule, lambda item, _: item, changed=lambda now: {"updated_by": MAKER}),
    "correlations": Kind(
        Rule,
        lambda item, _: item,
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
    "presets": Kind(Preset, preset),
}
