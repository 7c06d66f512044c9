"""Applies the content of keep:provision that Keep does not provision itself: rules, maintenance windows, presets and dashboards.

Made for the tables of Keep 0.54.2 (keep/api/models/db). Runs in the setup step after Keep's own start, which creates the tables and
the providers, and provisions workflows and mappings. Reads <kind>/<kind>.json in the folder above this file: an object of all files by
their name, as components/provision has validated them.

expressions.py has compiled their expressions.

Finds rows by name, in one transaction: creates what is missing, changes what differs, and deletes what this script created and no file
has any more. It never deletes what somebody created in Keep. It ignores a kind without <kind>.json.
"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

from kinds import KINDS, MAKER, Mistake
from provisioned import skipped
from shadowed import others
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule
from keep.api.models.db.preset import Preset, PresetTagLink, Tag
from keep.api.models.db.rule import Rule


class Change(NamedTuple):
    """A file, and the row that it changes; without one, it creates a row."""

    file: str
    item: dict
    row: object | None
    columns: dict


def changes_of(kind, files, session, before, mistakes):
    """What the files of a kind change, after the kinds before. Adds what is wrong with them to the mistakes."""
    changes = []
    found_by = {}
    for file, item in files.items():
        name = item.get(KINDS[kind].name)
        try:
            row = find(kind, name, session)
            if row is not None and found_by.setdefault(row.id, file) != file:
                raise Mistake(f"the database does not distinguish this name from that of {found_by[row.id]}. Rename one")
            created = KINDS[kind].created(utc_now()) if row is None else {}
            changes.append(Change(file, item, row, {**KINDS[kind].columns(item, session, before), **created}))
        except SQLAlchemyError:
            raise
        except Exception as error:
            mistakes.append(f"{kind}/{file}: {name}: {reason_of(error)}")
    return changes


def find(kind, name, session):
    """The row of a name, as the database compares names; None without one."""
    model, name_column = KINDS[kind].model, KINDS[kind].name
    query = select(model).where(model.tenant_id == TENANT, getattr(model, name_column) == name)
    # Keep hides a deleted correlation rule instead of deleting its row.
    rows = [row for row in session.exec(query).unique().all() if not getattr(row, "is_deleted", False)]
    if len(rows) > 1:
        raise Mistake(f"Keep has {len(rows)} of this name. Rename or delete all but one in Keep")
    for row in rows:
        if isinstance(row, Preset) and row.is_private:
            raise Mistake(f"is the name of a private preset of {row.created_by}. Choose another name")
        if getattr(row, "is_provisioned", False):
            raise Mistake("is the name of a rule of a provider in keep:providers. Remove one of the two")
        return row
    return None


def apply(kind, changes, session, mistakes):
    """Applies the changes of a kind, and returns how many rows were created, changed, deleted and left as they were."""
    counts = dict.fromkeys(("created", "changed", "unchanged", "deleted"), 0)
    # First, because a database may take a deleted name for a new one.
    model = KINDS[kind].model
    kept = {change.row.id for change in changes if change.row is not None}
    for row in session.exec(select(model).where(model.tenant_id == TENANT, model.created_by == MAKER)).unique().all():
        if row.id not in kept and not getattr(row, "is_deleted", False):
            remove(row, session)
            counts["deleted"] += 1
    for change in changes:
        try:
            counts[write(kind, change, session)] += 1
        except Exception as error:
            # The transaction has ended.
            raise Mistake(f"{kind}/{change.file}: {change.item[KINDS[kind].name]}: cannot be stored: {reason_of(error)}") from error
    if kind == "deduplications":
        mistakes.extend(f"{kind}/{file}: {name}: {mistake}" for file, name, mistake in shadowed(changes, session))
    return counts


def write(kind, change, session):
    """Writes a row, and returns what became of it."""
    model, changed = KINDS[kind].model, KINDS[kind].changed
    row, outcome = change.row, "unchanged"
    if row is None:
        row = model(tenant_id=TENANT, created_by=MAKER, **change.columns)
        session.add(row)
        outcome = "created"
    elif difference := {field: value for field, value in change.columns.items() if getattr(row, field) != value}:
        for field, value in {**difference, **changed(utc_now())}.items():
            setattr(row, field, value)
        outcome = "changed"
    session.flush()
    if kind == "presets" and set_tags(row, change.item["tags"], session) and outcome == "unchanged":
        outcome = "changed"
    return outcome


def utc_now():
    """Now, as Keep stores it: without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def shadowed(changes, session):
    """Files of which Keep may apply another rule."""
    for file, item, _, columns in changes:
        condition = AlertDeduplicationRule.name != item["name"]
        for fault in others(session, columns["provider_id"], columns["provider_type"], condition):
            yield file, item["name"], f"{fault}, or remove the file"


def set_tags(row, names, session):
    """Gives a preset these tags and no others, and returns whether that changed anything."""
    tags = {}
    for name in names:
        tag = session.exec(select(Tag).where(Tag.name == name)).first()
        if tag is None:
            tag = Tag(name=name, tenant_id=TENANT)
            session.add(tag)
            session.flush()
        tags[tag.id] = tag
    if {tag.id for tag in row.tags} == tags.keys():
        return False
    session.exec(delete(PresetTagLink).where(PresetTagLink.preset_id == row.id))
    session.add_all(PresetTagLink(tenant_id=TENANT, preset_id=row.id, tag_id=tag) for tag in tags)
    session.flush()
    return True


def remove(row, session):
    """Deletes a row as Keep's API does."""
    if isinstance(row, Rule):
        row.is_deleted = True
        session.flush()
        return
    if isinstance(row, Preset):
        session.exec(delete(PresetTagLink).where(PresetTagLink.preset_id == row.id))
    model = type(row)
    session.exec(delete(model).where(model.id == row.id))


def reason_of(error):
    """Why something failed, without the statement and its values."""
    if isinstance(error, Mistake):
        return str(error)
    error = getattr(error, "orig", None) or error
    return f"{type(error).__name__}: {error}"


def main():
    folder = Path(__file__).parent.parent
    mistakes = []
    try:
        with Session(engine) as session:
            mistakes.extend(skipped(folder, session))
            paths = {kind: path for kind in KINDS if (path := folder / kind / f"{kind}.json").is_file()}
            files = {kind: json.loads(path.read_text(encoding="utf-8")) for kind, path in paths.items()}
            changes = {}
            for kind in files:
                changes[kind] = changes_of(kind, files[kind], session, changes, mistakes)
            # Errors of the database end the transaction, so everything else is found before.
            results = {} if mistakes else {kind: apply(kind, changes[kind], session, mistakes) for kind in changes}
            if not mistakes:
                session.commit()
                for kind, counts in results.items():
                    print(f"{kind}: {', '.join(f'{count} {word}' for word, count in counts.items())}", flush=True)
    except (Mistake, SQLAlchemyError, ValueError, RecursionError) as error:
        mistakes.append(reason_of(error))
    if mistakes:
        end = "No rule, dashboard, maintenance window or preset was changed. Correct the files of keep:provision, and deploy again."
        sys.exit("\n".join([*mistakes, end]))
