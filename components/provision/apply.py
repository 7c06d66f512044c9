"""Applies the content of keep:provision that Keep does not provision itself: rules, maintenance windows, presets and dashboards.

Made for the tables of Keep 0.54.2 (keep/api/models/db). Runs in the setup step after Keep's own start, which creates the tables and the
providers. Reads <kind>/<kind>.json in the folder above this file: a list of objects, as components/provision/kinds.ts has checked them.

Matches by name, in one transaction: creates what is missing, changes what differs, and deletes what this script created and the list
no longer has. What somebody created in Keep is never deleted. A kind without a file is left alone.
"""

import json
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

import celpy
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from keep.api.core.cel_to_sql.cel_ast_converter import CelToAstConverter
from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule
from keep.api.models.db.dashboard import Dashboard
from keep.api.models.db.extraction import ExtractionRule
from keep.api.models.db.maintenance_window import MaintenanceWindowRule
from keep.api.models.db.preset import Preset, PresetTagLink, Tag
from keep.api.models.db.provider import Provider
from keep.api.models.db.rule import Rule
from keep.api.utils.cel_utils import preprocess_cel_expression
from keep.rulesengine.rulesengine import RulesEngine

# Value of created_by of what this script creates, and of the columns of the last change.
MAKER = "keep-on-pulumi"


class Mistake(Exception):
    """What Keep cannot take, for the user to correct."""


def compile_cel(field, cel, convert=False):
    """Compiles an expression as Keep does for each alert; `convert`: as it also does to query the database and to list correlation rules."""
    try:
        celpy.Environment().compile(preprocess_cel_expression(cel))
        if convert:
            CelToAstConverter.convert_to_ast(cel)
    except Exception as error:
        raise Mistake(f"{field} is not CEL that Keep can read: {cel}\n{error}".rstrip()) from error


def extraction(item, _):
    # Keep evaluates neither of these two (keep/api/bl/enrichments_bl.py, run_extraction_rules).
    if item["condition"] not in (None, "", "*"):
        compile_cel("condition", item["condition"])
    try:
        re.compile(item["regex"])
    except re.error as error:
        raise Mistake(f"regex is not a regular expression of Python: {error}") from error
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
    """How the list of a kind becomes rows of its table."""

    model: type
    # Columns of an object of the list.
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


def apply(kind, items, session):
    """Applies the list of a kind, and returns how many were created, changed, deleted and left as they were."""
    model, columns_of, name_column, created, changed = KINDS[kind]
    found = session.exec(select(model).where(model.tenant_id == TENANT)).unique().all()
    # Keep hides a deleted correlation rule instead of deleting its row.
    rows = [row for row in found if not getattr(row, "is_deleted", False)]
    counts = dict.fromkeys(("created", "changed", "unchanged", "deleted"), 0)
    mistakes = []
    for item in items:
        name = item[name_column]
        try:
            row = only([row for row in rows if getattr(row, name_column) == name])
            columns = columns_of(item, session)
        except Mistake as mistake:
            mistakes.append(f"{kind}: {name}: {mistake}")
            continue
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        difference = {field: value for field, value in columns.items() if getattr(row, field, None) != value}
        if row is None:
            row = model(tenant_id=TENANT, created_by=MAKER, **columns, **created(now))
            session.add(row)
            session.flush()
            outcome = "created"
        else:
            outcome = "changed" if difference else "unchanged"
            for field, value in {**difference, **(changed(now) if difference else {})}.items():
                setattr(row, field, value)
        if kind == "presets" and set_tags(row, item["tags"], session) and outcome == "unchanged":
            outcome = "changed"
        counts[outcome] += 1
    if mistakes:
        raise Mistake("\n".join(mistakes))
    names = {item[name_column] for item in items}
    for row in rows:
        if row.created_by == MAKER and getattr(row, name_column) not in names:
            remove(row, session)
            counts["deleted"] += 1
    return counts


def only(rows):
    """The row of a name, which Keep does not keep unique; None without one."""
    if len(rows) > 1:
        raise Mistake(f"Keep has {len(rows)} of this name. Rename or delete all but one in Keep")
    for row in rows:
        if getattr(row, "is_private", False) and isinstance(row, Preset):
            raise Mistake(f"is a private preset of {row.created_by}. Choose another name")
        if getattr(row, "is_provisioned", False):
            raise Mistake("is a rule of a provider in keep:providers. Remove one of the two")
        return row
    return None


def set_tags(row, names, session):
    """Gives a preset these tags and no others, and returns whether that changed anything."""
    if sorted(tag.name for tag in row.tags) == names:
        return False
    session.exec(delete(PresetTagLink).where(PresetTagLink.preset_id == row.id))
    for name in names:
        tag = session.exec(select(Tag).where(Tag.name == name)).first()
        if tag is None:
            tag = Tag(name=name, tenant_id=TENANT)
            session.add(tag)
            session.flush()
        session.add(PresetTagLink(tenant_id=TENANT, preset_id=row.id, tag_id=tag.id))
    return True


def remove(row, session):
    """Deletes a row as Keep's API does."""
    if isinstance(row, Rule):
        row.is_deleted = True
        return
    if isinstance(row, Preset):
        session.exec(delete(PresetTagLink).where(PresetTagLink.preset_id == row.id))
    model = type(row)
    session.exec(delete(model).where(model.id == row.id))


def main():
    folder = Path(__file__).parent.parent
    files = {kind: path for kind in KINDS if (path := folder / kind / f"{kind}.json").is_file()}
    mistakes = []
    with Session(engine) as session:
        for kind, path in files.items():
            try:
                counts = apply(kind, json.loads(path.read_text(encoding="utf-8")), session)
                print(f"{kind}: {', '.join(f'{count} {word}' for word, count in counts.items())}", flush=True)
            except Mistake as mistake:
                mistakes.append(str(mistake))
            except DBAPIError as error:
                session.rollback()
                mistakes.append(f"{kind}: the database rejects it: {error.orig}")
        if mistakes:
            sys.exit("\n".join([*mistakes, "Nothing of this was applied. Correct the files of keep:provision, and deploy again."]))
        session.commit()


if __name__ == "__main__":
    main()
