"""Creates the tenant of users, where Keep 0.54.2 creates none: with auth0 and azuread (on_starting in keep/api/config.py).

Their tokens name the tenant, and Keep rejects every request for one that its table tenant does not contain
(keep/api/core/tenant_configuration.py). With azuread, it cannot store the user either. The setup step runs this before Keep's own start,
which provisions into the tenant. Also creates the keys of keep:apiKeys in the tenant, which Keep only does together with it.
"""

import os
import sys

from sqlmodel import Session

from keep.api.core.db import engine
from keep.api.core.db_on_start import migrate_db, try_create_single_tenant
from keep.api.models.db.tenant import Tenant


def main():
    tenant_id = os.environ["KEEP_SETUP_TENANT"]
    migrate_db()
    try_create_single_tenant(tenant_id, create_default_user=False)
    with Session(engine) as session:
        # Keep only logs most errors of this.
        if session.get(Tenant, tenant_id) is None:
            sys.exit(f"The tenant {tenant_id} cannot be created. The log above names the reason.")
