"""Gives workflows that Keep has provisioned from elsewhere to the files of keep:provision that contain them, and deletes the others.

The setup step runs this before Keep's own start. Keep 0.54.2 deletes a workflow whose file is gone, and creates it again from another
file: it loses its runs and secrets. For a workflow of KEEP_WORKFLOW, which has no file, Keep deletes any workflow without a file, also one
that a user created (keep/workflowmanager/workflowstore.py, keep/api/core/db.py, delete_workflow_by_provisioned_file). Without a directory,
Keep deletes all workflows that it has provisioned, and only those.

Keep finds the workflow of a file by its name, among equal names any. It must not take that of a user while it has its own.
"""

import os
from pathlib import Path

from sqlalchemy import Boolean, column, inspect, select, table, update
from sqlmodel import Session

from keep.api.core import db
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.workflow import Workflow
from keep.functions import cyaml

# Only what is used, because the database may be that of an earlier version.
TEXTS, FLAGS = ("tenant_id", "id", "name", "provisioned_file"), ("provisioned", "is_deleted")
WORKFLOWS = table("workflow", *map(column, TEXTS), *(column(name, Boolean) for name in FLAGS))
ROWS = WORKFLOWS.c


def name_of(content):
    """Name of the workflow in a file, by which Keep finds it."""
    workflow = content["workflow"] if "workflow" in content else content["alert"]
    return workflow.get("name") or workflow["id"]


def by_name(tenant, name):
    """Keep's get_workflow_by_name in a known order: first the workflow that Keep has provisioned, then the oldest."""
    query = select(Workflow).where(Workflow.tenant_id == tenant, Workflow.name == name, ~Workflow.is_deleted, ~Workflow.is_test)
    with Session(db.engine) as session:
        return session.exec(query.order_by(Workflow.provisioned.desc(), Workflow.creation_time, Workflow.id)).scalars().first()


def assign(directory, session):
    """Makes each provisioned workflow one of a file in the directory, or a deleted one."""
    paths = sorted(str(path) for path in directory.glob("*.y*ml"))
    provisioned = select(ROWS.id, ROWS.name, ROWS.provisioned_file).where(ROWS.tenant_id == TENANT, ROWS.provisioned, ~ROWS.is_deleted)
    for path in paths:
        name = str(name_of(cyaml.safe_load(Path(path).read_text(encoding="utf-8"))))
        # As the database compares names.
        found = session.exec(provisioned.where(ROWS.name == name).order_by(ROWS.id)).all()
        if found and not any(row.provisioned_file in paths for row in found):
            session.exec(update(WORKFLOWS).where(ROWS.id == found[0].id).values(provisioned_file=path))
            print(f"The workflow {name} is now that of {path}", flush=True)
    for row in session.exec(provisioned).all():
        if row.provisioned_file not in paths:
            session.exec(update(WORKFLOWS).where(ROWS.id == row.id).values(is_deleted=True))
            print(f"Deleted the workflow {row.name}, which no file contains any more", flush=True)


def main():
    directory = os.environ.get("KEEP_WORKFLOWS_DIRECTORY")
    if not directory:
        return
    db.get_workflow_by_name = by_name
    database = inspect(db.engine)
    # The first start creates the table, and that of a later version adds columns.
    if database.has_table("workflow") and {found["name"] for found in database.get_columns("workflow")}.issuperset((*TEXTS, *FLAGS)):
        with Session(db.engine) as session:
            assign(Path(directory), session)
            session.commit()
