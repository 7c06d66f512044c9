"""Finds deduplication rules of keep:providers that Keep 0.54.2 may not apply, because it has another rule for the same provider.

Keep applies the first rule that it finds for a provider (keep/api/core/db.py, get_custom_deduplication_rule), and looks for rules to update
among those that it has provisioned only (keep/api/alert_deduplicator/deduplication_rules_provisioning.py). The setup step runs this last,
after the removal of rules that no longer are in the stack.
"""

import sys

from sqlmodel import Session, select

from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.alert import AlertDeduplicationRule as Rule


def others(session, provider_id, provider_type, *conditions):
    """What is wrong if Keep has other rules for a provider, which are those under the conditions."""
    same = (Rule.tenant_id == TENANT, Rule.provider_id == provider_id, Rule.provider_type == provider_type)
    if names := session.exec(select(Rule.name).where(*same, *conditions)).all():
        yield f"Keep has another rule for this provider: {', '.join(names)}. Delete it in Keep or in keep:providers"


def main():
    with Session(engine) as session:
        rules = session.exec(select(Rule).where(Rule.tenant_id == TENANT, Rule.is_provisioned)).all()
        faults = [
            f"keep:providers: deduplication rule {rule.name}: {fault}, or remove this one"
            for rule in rules
            for fault in others(session, rule.provider_id, rule.provider_type, Rule.id != rule.id)
        ]
    if faults:
        sys.exit("\n".join([*faults, "Keep applies only one rule for each provider. Correct this, and deploy again."]))
