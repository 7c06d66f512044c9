"""Finds providers of keep:providers and keys of keep:apiKeys that conflict with those in Keep's database.

The setup step runs this before Keep's own start, in which Keep 0.54.2 would fail later or do something else:

Keep updates a provider by its name and never changes its type: it checks the new credentials with the old type, and goes on with that
(keep/providers/providers_service.py, provision_providers).

Keep creates a key whose name is new, also among deleted keys, and fails if another key has its secret (keep/api/core/db_on_start.py). It
does not accept a deleted key.
"""

import hashlib
import os
import sys

from sqlalchemy import inspect
from sqlmodel import Session, select

from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.provider import Provider
from keep.api.models.db.tenant import TenantApiKey
from keep.contextmanager.contextmanager import ContextManager
from keep.parser.parser import Parser


def providers(session):
    """Providers of which Keep has another type."""
    context = ContextManager(tenant_id=TENANT)
    if "KEEP_PROVIDERS" in os.environ:
        Parser()._parse_providers_from_env(context)
    for name, settings in context.providers_context.items():
        wanted = settings.get("type")
        # As the database compares names.
        query = select(Provider.name, Provider.type, Provider.provisioned).where(Provider.tenant_id == TENANT, Provider.name == name)
        found = session.exec(query).first()
        # Keep deletes a provider whose name keep:providers no longer has, before it looks for this one.
        if found is None or found.type == wanted or found.provisioned and found.name not in context.providers_context:
            continue
        way_out = "remove it for one deployment" if found.provisioned else "delete the other one in Keep"
        yield f"keep:providers: {name}: has the type {wanted}, but {found.type} in Keep, which cannot change it. Rename it, or {way_out}"


def api_keys(session):
    """New keys with the secret of another key, and those that were deleted in Keep."""
    entries = [entry.strip().split(":") for entry in os.environ.get("KEEP_DEFAULT_API_KEYS", "").split(",")]
    # Keep only logs that an entry has another form.
    for name, _, secret in (entry for entry in entries if len(entry) == 3):
        hashed = hashlib.sha256(secret.encode("utf-8")).hexdigest()
        query = select(TenantApiKey.reference_id, TenantApiKey.is_deleted)
        known = session.exec(query.where(TenantApiKey.reference_id == name)).first()
        other = session.exec(query.where(TenantApiKey.key_hash == hashed)).first()
        if known is not None and known.is_deleted:
            yield f"keep:apiKeys: {name}: was deleted in Keep, which does not create it again. Choose another name and secret, or remove it"
        elif known is None and other is not None:
            taken = f"keep:apiKeys: {name}: has the same secret as the key {other.reference_id}"
            deleted, kept = "that was deleted in Keep. Set another secret", f"in Keep. Set another secret, or rename it to {other.reference_id}"
            yield f"{taken} {deleted if other.is_deleted else kept}"


def main():
    database = inspect(engine)
    faults = []
    with Session(engine) as session:
        # The first start creates the tables, and that of a later version adds columns.
        for table, column, find in (("provider", "provisioned", providers), ("tenantapikey", "is_deleted", api_keys)):
            if database.has_table(table) and any(found["name"] == column for found in database.get_columns(table)):
                faults += find(session)
    if faults:
        sys.exit("\n".join([*faults, "Nothing was changed. Correct this, and deploy again."]))
