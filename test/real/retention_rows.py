"""Rows for the test of retention, made by Keep's own models in tables made by Keep's own migrations.

seed: migrates an empty database, adds rows, and prints which of them retention of 30 days must delete.
dump: prints every row of every table, by table and primary key.
"""

import json
import sys
from datetime import datetime, timedelta
from uuid import uuid4

from keep.api.core.db import engine
from sqlalchemy import MetaData, select

NOW = datetime.utcnow()


def seed():
    from keep.api.core.db_on_start import migrate_db
    from keep.api.models.action_type import ActionType
    from keep.api.models.db.alert import (
        Alert, AlertAudit, AlertDeduplicationEvent, AlertEnrichment, AlertRaw, AlertToIncident, CommentMention, LastAlert,
        LastAlertToIncident,
    )
    from keep.api.models.db.enrichment_event import EnrichmentEvent, EnrichmentLog
    from keep.api.models.db.incident import Incident
    from keep.api.models.db.tenant import Tenant
    from keep.api.models.db.workflow import (
        Workflow, WorkflowExecution, WorkflowExecutionLog, WorkflowToAlertExecution, WorkflowToIncidentExecution,
    )
    from sqlmodel import Session

    migrate_db()
    session = Session(engine, expire_on_commit=False)
    doomed = []

    def add(row, goes=False):
        session.add(row)
        session.commit()
        if goes:
            doomed.append(row)
        return row

    def ago(days):
        return NOW - timedelta(days=days)

    def event(fingerprint, days, goes, tenant="keep"):
        row = Alert(tenant_id=tenant, timestamp=ago(days), provider_type="test", event={"name": fingerprint}, fingerprint=fingerprint)
        add(row, goes)
        told = add(EnrichmentEvent(tenant_id=tenant, timestamp=ago(days), status="success", enrichment_type="mapping", alert_id=row.id, date_hour=ago(days)), goes)
        add(EnrichmentLog(tenant_id=tenant, enrichment_event_id=told.id, timestamp=ago(days), message="told"), goes)
        add(AlertEnrichment(tenant_id=tenant, alert_fingerprint=str(row.id), enrichments={"of": "one event"}), goes)
        return row

    def last(row, goes):
        return add(LastAlert(tenant_id=row.tenant_id, fingerprint=row.fingerprint, alert_id=row.id, timestamp=row.timestamp, first_timestamp=ago(99)), goes)

    def audit(fingerprint, days, goes, action=ActionType.TIGGERED):
        return add(AlertAudit(tenant_id="keep", fingerprint=fingerprint, timestamp=ago(days), user_id="somebody", action=action.value, description="it was so"), goes)

    def comment(fingerprint, days, goes):
        row = audit(fingerprint, days, goes, ActionType.COMMENT)
        add(CommentMention(comment_id=row.id, mentioned_user_id="somebody", tenant_id="keep"), goes)

    def enrichment(fingerprint, goes):
        add(AlertEnrichment(tenant_id="keep", alert_fingerprint=fingerprint, enrichments={"note": fingerprint}), goes)

    def link(fingerprint, incident, goes, **more):
        add(LastAlertToIncident(tenant_id="keep", fingerprint=fingerprint, incident_id=incident.id, **more), goes)

    for tenant in ("keep", "other"):
        add(Tenant(id=tenant, name=tenant))
    statuses = ("firing", "acknowledged", "resolved")
    firing, acknowledged, resolved = (
        add(Incident(tenant_id="keep", user_generated_name=status, user_summary="", generated_summary="", status=status)) for status in statuses
    )
    enrichment(str(resolved.id), False)
    audit(str(resolved.id), 60, False, ActionType.INCIDENT_STATUS_CHANGE)

    # Old as a whole; its incident is closed.
    event("old", 60, True)
    newest = event("old", 50, True)
    last(newest, True)
    add(AlertToIncident(tenant_id="keep", alert_id=newest.id, incident_id=resolved.id), True)
    link("old", resolved, True)
    enrichment("old", True)
    audit("old", 50, True)
    comment("old", 45, True)
    # The same fingerprint, of another tenant: living.
    last(event("old", 2, False, "other"), False)

    # Taken out of an open incident: old as any other.
    last(event("taken out", 40, True), True)
    link("taken out", firing, True, deleted_at=ago(39))

    # Living: its old events go, what people wrote stays.
    event("living", 60, True)
    event("living", 40, True)
    last(event("living", 1, False), False)
    link("living", resolved, False)
    enrichment("living", False)
    audit("living", 40, True)
    audit("living", 1, False)
    comment("living", 40, False)

    # Held by open incidents: the last event stays, however old.
    for incident in (firing, acknowledged):
        event(incident.status, 70, True)
        last(event(incident.status, 60, False), False)
        link(incident.status, incident, False)

    # Still coming in, but told by duplicates only.
    last(event("duplicate", 60, False), False)
    audit("duplicate", 1, False, ActionType.DEDUPLICATED)

    # Events whose alert was never kept.
    for days in (60, 1):
        add(EnrichmentEvent(tenant_id="keep", timestamp=ago(days), status="skipped", enrichment_type="mapping", alert_id=uuid4(), date_hour=ago(days)), days > 30)
        add(AlertRaw(tenant_id="keep", raw_alert={}, timestamp=ago(days)), days > 30)
        add(AlertDeduplicationEvent(tenant_id="keep", timestamp=ago(days), deduplication_rule_id=uuid4(), deduplication_type="full", date_hour=ago(days)), days > 30)

    def execution(workflow, number, days, status, goes):
        row = WorkflowExecution(
            id=f"{workflow}-{number}", workflow_id=workflow, tenant_id="keep", started=ago(days), triggered_by="test", status=status, execution_number=number, is_running=number
        )
        add(row, goes)
        add(WorkflowExecutionLog(workflow_execution_id=row.id, timestamp=ago(days), message="ran", context={}), goes)
        add(WorkflowToAlertExecution(workflow_execution_id=row.id, alert_fingerprint="old", event_id="1"), goes)
        add(WorkflowToIncidentExecution(workflow_execution_id=row.id, incident_id=str(resolved.id)), goes)

    for name in ("weekly", "yearly"):
        add(Workflow(id=name, tenant_id="keep", name=name, created_by="test", workflow_raw="", last_updated=NOW))
    execution("weekly", 1, 60, "success", True)
    execution("weekly", 2, 50, "in_progress", False)
    execution("weekly", 3, 1, "success", False)
    execution("yearly", 1, 80, "error", True)
    execution("yearly", 2, 60, "success", False)

    print(json.dumps(sorted(f"{row.__tablename__} {key_of(row.__table__, dict(row))}" for row in doomed)))


def dump():
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        rows = [f"{name} {key_of(table, row)}" for name, table in metadata.tables.items() for row in connection.execute(select(table)).mappings()]
    print(json.dumps(sorted(rows)))


def key_of(table, row):
    """The primary key as text, with UUIDs and times in one spelling whatever the database gives back."""
    values = [str(row[column.name]).replace("-", "") for column in sorted(table.primary_key.columns, key=lambda it: it.name)]
    return " ".join(values)


if __name__ == "__main__":
    {"seed": seed, "dump": dump}[sys.argv[1]]()
