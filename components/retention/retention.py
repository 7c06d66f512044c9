"""Deletes old alerts from Keep's database, by age, in batches; on PostgreSQL, MySQL and SQLite.

Made for the tables of Keep 0.54.2 (keep/api/models/db). What goes and what stays is told in docs/retention.md. In short:

- An alert (a fingerprint) goes as a whole when its last event is older than the age, nothing has been noted of it since (a
  comment, a duplicate, an acknowledgement) and no open incident holds it.
- Of an alert that stays, the events older than the age go, all but its last.
- Raw events, deduplication statistics and runs of workflows go by their own time; the last run of each workflow stays.

Incidents, comments on alerts that stay, and all configuration stay.
"""

import json
import os
import sys
import time
from datetime import datetime, timedelta, timezone

from sqlalchemy import MetaData, and_, create_engine, event, exists, func, inspect, or_, select, true, tuple_
from sqlalchemy.exc import OperationalError

# Tables with rows to delete, each with the tables that refer to it by a foreign key, whose rows are deleted first.
KNOWN_REFERENCES = {
    "alert": {"alerttogroup", "alerttoincident", "lastalert"},
    "alertaudit": {"commentmention"},
    "alertdeduplicationevent": set(),
    "alertenrichment": set(),
    "alertraw": set(),
    "enrichmentevent": {"enrichmentlog"},
    "lastalert": {"lastalerttoincident"},
    "workflowexecution": {"workflowexecutionlog", "workflowtoalertexecution", "workflowtoincidentexecution"},
}
TABLES = sorted(set(KNOWN_REFERENCES).union(*KNOWN_REFERENCES.values()) | {"incident"})
# Tables that Keep no longer uses, but that its migrations did not drop.
LEFT_BEHIND = {"alerttogroup"}

# Deletion time of links to incidents that are not deleted (keep/api/models/db/helpers.py, NULL_FOR_DELETED_AT).
NOT_DELETED = datetime(1000, 1, 1)
CLOSED_INCIDENT = ("resolved", "merged", "deleted")
# Actions of users (keep/api/models/action_type.py).
COMMENTS = ("a comment was added to the alert", "a comment was removed from the alert")


class Retention:
    def __init__(self, engine, days, batch, dry_run, now=None):
        self.engine, self.batch, self.dry_run = engine, batch, dry_run
        self.cutoff = (now or datetime.now(timezone.utc).replace(tzinfo=None)) - timedelta(days=days)
        self.tables = self._tables()

    def _tables(self):
        """The tables as they are. A table that refers to one of ours without our knowledge would be left dangling."""
        inspector = inspect(self.engine)
        present = set(inspector.get_table_names())
        missing = [name for name in TABLES if name not in present | LEFT_BEHIND]
        if missing:
            sys.exit(f"This database lacks {', '.join(missing)}: not the tables of Keep 0.54.2. Nothing was deleted.")
        for name in present:
            for key in inspector.get_foreign_keys(name):
                target = key["referred_table"]
                if target in KNOWN_REFERENCES and name not in KNOWN_REFERENCES[target]:
                    sys.exit(f"Table {name} refers to {target}: newer than this script knows. Nothing was deleted.")
        metadata = MetaData()
        metadata.reflect(self.engine, only=[name for name in TABLES if name in present], resolve_fks=False)
        return metadata.tables

    def run(self):
        alert, last, run = self.tables["alert"], self.tables["lastalert"], self.tables["workflowexecution"]
        audit, enriched = self.tables["alertaudit"], self.tables["enrichmentevent"]
        # In a dry run, the count must skip the alerts that a real run would have deleted before.
        still_there = ~self._is_old_alert(last) if self.dry_run else true()
        pointing = and_(last.c.alert_id == alert.c.id, still_there)
        of_living_alert = exists().where(
            last.c.tenant_id == audit.c.tenant_id, last.c.fingerprint == audit.c.fingerprint, still_there
        )
        newer = run.alias("newer")
        old = self._older
        steps = [
            (last, (last.c.tenant_id, last.c.fingerprint), self._is_old_alert(last), self._clear_alerts),
            (alert, (alert.c.id,), and_(old(alert), ~exists().where(pointing)), self._clear_events),
            (audit, (audit.c.id,), and_(old(audit), audit.c.action.not_in(COMMENTS), of_living_alert), self._clear_audits),
            (enriched, (enriched.c.id,), and_(old(enriched), ~exists().where(alert.c.id == enriched.c.alert_id)), self._clear_enrichment_events),
            *((self.tables[name], (self.tables[name].c.id,), old(self.tables[name]), None) for name in ("alertraw", "alertdeduplicationevent")),
            (
                run,
                (run.c.id,),
                and_(
                    run.c.started < self.cutoff,
                    run.c.status != "in_progress",
                    exists().where(newer.c.workflow_id == run.c.workflow_id, newer.c.execution_number > run.c.execution_number),
                ),
                self._clear_runs,
            ),
        ]
        return {table.name: self._delete(table, key, condition, clear) for table, key, condition, clear in steps}

    def _older(self, table):
        return table.c.timestamp < self.cutoff

    def _is_old_alert(self, last):
        audit, link, incident = (self.tables[name] for name in ("alertaudit", "lastalerttoincident", "incident"))
        noted_since = exists().where(
            audit.c.tenant_id == last.c.tenant_id, audit.c.fingerprint == last.c.fingerprint, audit.c.timestamp >= self.cutoff
        )
        in_open_incident = exists().where(
            link.c.tenant_id == last.c.tenant_id,
            link.c.fingerprint == last.c.fingerprint,
            link.c.deleted_at == NOT_DELETED,
            incident.c.id == link.c.incident_id,
            incident.c.status.not_in(CLOSED_INCIDENT),
        )
        return and_(self._older(last), ~noted_since, ~in_open_incident)

    def _delete(self, table, key, condition, clear):
        """Deletes in batches, each a transaction of its own. Rows that Keep holds at the moment are left for the next run."""
        if self.dry_run:
            with self.engine.connect() as connection:
                return connection.scalar(select(func.count()).select_from(table).where(condition))
        total = 0
        while True:
            with self.engine.begin() as connection:
                chosen = select(*key).where(condition).limit(self.batch).with_for_update(of=table, skip_locked=True)
                rows = [tuple(row) for row in connection.execute(chosen)]
                if rows and clear is not None:
                    clear(connection, rows)
                if rows:
                    connection.execute(table.delete().where(among(key, rows)))
            total += len(rows)
            if len(rows) < self.batch:
                return total

    def _clear(self, connection, name, columns, rows):
        table = self.tables[name]
        connection.execute(table.delete().where(among([table.c[column] for column in columns], rows)))

    def _clear_alerts(self, connection, rows):
        audit = self.tables["alertaudit"]
        of_alerts = among((audit.c.tenant_id, audit.c.fingerprint), rows)
        self._clear_audits(connection, [tuple(row) for row in connection.execute(select(audit.c.id).where(of_alerts))])
        self._clear(connection, "alertaudit", ("tenant_id", "fingerprint"), rows)
        self._clear(connection, "alertenrichment", ("tenant_id", "alert_fingerprint"), rows)
        self._clear(connection, "lastalerttoincident", ("tenant_id", "fingerprint"), rows)

    def _clear_events(self, connection, rows):
        enriched = self.tables["enrichmentevent"]
        of_rows = among((enriched.c.alert_id,), rows)
        self._clear_enrichment_events(connection, [tuple(row) for row in connection.execute(select(enriched.c.id).where(of_rows))])
        self._clear(connection, "enrichmentevent", ("alert_id",), rows)
        for name in {"alerttoincident", *LEFT_BEHIND} & set(self.tables):
            self._clear(connection, name, ("alert_id",), rows)
        # The key of an enrichment of one event is the event's ID as text (Alert.alert_instance_enrichment).
        self._clear(connection, "alertenrichment", ("alert_fingerprint",), [(text,) for (id,) in rows for text in spellings(id)])

    def _clear_audits(self, connection, rows):
        self._clear(connection, "commentmention", ("comment_id",), rows)

    def _clear_enrichment_events(self, connection, rows):
        self._clear(connection, "enrichmentlog", ("enrichment_event_id",), rows)

    def _clear_runs(self, connection, rows):
        for name in KNOWN_REFERENCES["workflowexecution"]:
            self._clear(connection, name, ("workflow_execution_id",), rows)


def among(columns, rows):
    """Whether the columns hold one of these rows. In parts: a database takes some thousands of parameters, and no more."""
    if not rows:
        return or_(False)
    parts = [rows[start : start + 500] for start in range(0, len(rows), 500)]
    if len(columns) == 1:
        return or_(*(columns[0].in_([value for (value,) in part]) for part in parts))
    return or_(*(tuple_(*columns).in_(part) for part in parts))


def spellings(id):
    plain = str(id).replace("-", "")
    return plain, f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"


def lock_at_once(engine):
    """SQLite has no row locks: what a batch has chosen must not change before it is deleted."""

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection, _):
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def await_server(engine):
    """
    A new pod may be cut off until its network policies are in force, and a scheduled Job does not try again
    (https://kubernetes.io/docs/concepts/services-networking/network-policies/#pod-lifecycle).
    """
    for _ in range(60):
        try:
            return engine.connect().close()
        except OperationalError:
            time.sleep(1)


def main():
    url = os.environ["DATABASE_CONNECTION_STRING"]
    # SQLite locks the whole file, but Keep holds the lock only for moments.
    engine = create_engine(url, connect_args={"timeout": 60} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        lock_at_once(engine)
    await_server(engine)
    dry_run = os.environ["RETENTION_DRY_RUN"] == "true"
    retention = Retention(engine, int(os.environ["RETENTION_DAYS"]), int(os.environ["RETENTION_BATCH_SIZE"]), dry_run)
    counts = retention.run()
    print(json.dumps({"dryRun": dry_run, "olderThan": retention.cutoff.isoformat(), "rows": counts}))


if __name__ == "__main__":
    main()
