"""Deletes what Keep 0.54.2 has provisioned from a file or a provider that no longer contains it, and which users cannot delete in Keep.

The setup step runs this after Keep's own start, which leaves content behind in these cases:

A file has another name for its workflow or its mapping, or Keep has several of its name. Keep finds content by its name, of several any, and
deletes it only without its file
(keep/workflowmanager/workflowstore.py, keep/api/bl/mapping_rules_provisioning.py).

No provider has a deduplication rule any more (keep/api/alert_deduplicator/deduplication_rules_provisioning.py).
"""

import os
from pathlib import Path

from sqlmodel import Session, select
from workflow_files import name_of
from yaml import YAMLError

from keep.api.alert_deduplicator.deduplication_rules_provisioning import get_deduplication_rules_to_provision
from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule
from keep.api.models.db.mapping import MappingRule
from keep.api.models.db.workflow import Workflow
from keep.functions import cyaml


def rows_of(model, session):
    """Rows that Keep has provisioned."""
    is_provisioned = model.provisioned if model is Workflow else model.is_provisioned
    rows = session.exec(select(model).where(model.tenant_id == TENANT, is_provisioned)).all()
    # Keep hides a deleted workflow instead of deleting its row.
    return [row for row in rows if not getattr(row, "is_deleted", False)]


def is_current(row):
    """Whether a workflow or a mapping is what its file contains."""
    path = Path(row.provisioned_file or "")
    try:
        content = cyaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    except YAMLError:
        return False
    if content is None:
        return False
    if isinstance(row, Workflow):
        return (row.name, row.workflow_raw) == (name_of(content), cyaml.dump(content, width=99999))
    return (row.name, row.matchers, row.rows) == (content["name"], content["matchers"], content.get("rows"))


def skipped(folder, session):
    """Files of workflows and mappings that Keep has not provisioned: it only logs why."""
    for model, kind in ((Workflow, "workflows"), (MappingRule, "mappings")):
        paths = sorted(folder.glob(f"{kind}/*.y*ml"))
        current = {row.provisioned_file for row in rows_of(model, session) if is_current(row)} if paths else ()
        for path in paths:
            if str(path) not in current:
                yield f"{kind}/{path.name}: Keep has not provisioned this file. See the errors that it logged above"


def replaced(model, session):
    """Workflows or mappings whose file contains another one that Keep has provisioned, each with the reason."""
    rows = [row for row in rows_of(model, session) if row.provisioned_file is not None]
    current = {}
    for row in rows:
        if is_current(row):
            current.setdefault(row.provisioned_file, row)
    for row in rows:
        other = current.get(row.provisioned_file, row)
        if other is not row:
            file = row.provisioned_file
            yield row, f"of which there is another from {file}" if other.name == row.name else f"which {file} no longer contains"


def removed_rules(session):
    """Deduplication rules that no provider of keep:providers has."""
    if "KEEP_PROVIDERS_DIRECTORY" not in os.environ:
        names = get_deduplication_rules_to_provision() or {}
        yield from (rule for rule in rows_of(AlertDeduplicationRule, session) if rule.name not in names)


def main():
    with Session(engine) as session:
        for rule in removed_rules(session):
            print(f"Deleted the deduplication rule {rule.name}, which no provider in keep:providers has", flush=True)
            session.delete(rule)
        if "KEEP_WORKFLOWS_DIRECTORY" in os.environ:
            for workflow, reason in replaced(Workflow, session):
                print(f"Deleted the workflow {workflow.name}, {reason}", flush=True)
                workflow.is_deleted = True
        if "KEEP_MAPPINGS_DIRECTORY" in os.environ:
            for mapping, reason in replaced(MappingRule, session):
                print(f"Deleted the mapping {mapping.name}, {reason}", flush=True)
                session.delete(mapping)
        session.commit()
