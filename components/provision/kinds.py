"""How the files of each kind of content become rows of Keep's tables (keep/api/models/db of Keep 0.54.2). Used by apply.py."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import celpy
from sqlmodel import Session, select

from keep.api.core.cel_to_sql.cel_ast_converter import CelToAstConverter
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule
from keep.api.models.db.dashboard import Dashboard
from keep.api.models.db.extraction import ExtractionRule
from keep.api.models.db.maintenance_window import MaintenanceWindowRule
from keep.api.models.db.preset import Preset
from keep.api.models.db.provider import Provider
from keep.api.models.db.rule import Rule
from keep.api.utils.cel_utils import preprocess_cel_expression
from keep.rulesengine.rulesengine import RulesEngine

# Value of created_by of what this script creates, and of the columns of the last change.
MAKER = "keep-on-pulumi"


class Mistake(Exception):
    """An error in a file, for the user to correct."""


def compile_cel(field, cel, convert=False):
    """Compiles an expression as Keep does for each alert; `convert`: as it also does to query the database and to list correlation rules."""
    try:
        celpy.Environment().compile(preprocess_cel_expression(cel))
        if convert:
            CelToAstConverter.convert_to_ast(cel)
    except Exception as error:
        raise Mistake(f"{field} is not valid CEL: {cel}\n{error}".rstrip()) from error


def extraction(item, _):
    # Keep evaluates neither of these two (keep/api/bl/enrichments_bl.py, run_extraction_rules).
    if item["condition"] not in (None, "", "*"):
        compile_cel("condition", item["condition"])
    try:
        re.compile(item["regex"])
    except Exception as error:
        raise Mistake(f"regex is not a valid regular expression of Python: {error}") from error
    return item


def correlation(item, _):
    cel = item["definition_cel"]
    compile_cel("definition_cel", cel, convert=True)
    # Keep evaluates the parts between ") || (" one by one (keep/rulesengine/rulesengine.py).
    for part in RulesEngine._extract_subrules(cel):
        compile_cel("definition_cel, split by Keep at each ') || (',", part)
    return item


def deduplication(item, session):
    columns = {name: value for name, value in item.items() if name != "provider"}
    if item["provider"] is None:
        return {**columns, "provider_id": None}
    found = session.exec(select(Provider).where(Provider.tenant_id == TENANT, Provider.name == item["provider"])).first()
    if found is None:
        raise Mistake(f"provider {item['provider']} is not connected to Keep. Add it to keep:providers, or connect it in Keep")
    return {**columns, "provider_id": found.id, "provider_type": found.type}


def maintenance(item, _):
    compile_cel("cel_query", item["cel_query"])
    # Keep stores UTC without a zone.
    start = datetime.fromisoformat(item["start_time"]).replace(tzinfo=None)
    return {**item, "start_time": start, "end_time": start + timedelta(seconds=item["duration_seconds"])}


def preset(item, _):
    for option in item["options"]:
        if option["label"].upper() == "CEL" and option["value"] != "":
            compile_cel("CEL", option["value"], convert=True)
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
    "extractions": Kind(ExtractionRule, extraction, changed=lambda now: {"updated_by": MAKER}),
    "correlations": Kind(
        Rule,
        correlation,
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
