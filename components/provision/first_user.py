"""Creates the first user, where Keep 0.54.2 does not because the database has users who cannot sign in, and replaces its default password.

With oauth2proxy and onelogin, Keep creates a user without a password for each person. After a change to local users, it creates the first
user only in a database without users (keep/api/core/db_on_start.py), and rejects empty passwords
(keep/identitymanager/identity_managers/db/db_identitymanager.py).

Without KEEP_DEFAULT_PASSWORD, Keep creates the first user with the password "keep", which its documentation publishes. That user may be in
the database of the chart, which sets none, also if it required no sign-in. The setup step runs this after Keep's own start.
"""

import hashlib
import os

from sqlmodel import Session, select

from keep.api.api import AUTH_TYPE
from keep.api.core.db import engine
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.models.db.user import User
from keep.identitymanager.identitymanagerfactory import IdentityManagerTypes
from keep.identitymanager.rbac import Admin


# Default name and password of the first user (keep/api/core/db_on_start.py).
PUBLISHED = "keep"


def hash_of(password):
    return hashlib.sha256(password.encode()).hexdigest()


def main():
    name, password = (os.environ.get(f"KEEP_DEFAULT_{part}", "") for part in ("USERNAME", "PASSWORD"))
    if AUTH_TYPE != IdentityManagerTypes.DB.value or not name or not password:
        return
    with Session(engine) as session:
        users = session.exec(select(User)).all()
        for user in users:
            if user.password_hash == hash_of(PUBLISHED) and user.username in (name, PUBLISHED) and password != PUBLISHED:
                user.password_hash = hash_of(password)
                print(f"Replaced the published default password of the user {user.username} by that of the first user", flush=True)
        session.commit()
        if any(user.password_hash != hash_of("") for user in users):
            return
        user = session.exec(select(User).where(User.username == name)).first() or User(tenant_id=TENANT, username=name)
        user.password_hash, user.role = hash_of(password), Admin.get_name()
        session.add(user)
        session.commit()
        print(f"Created the user {name}, because no other has a password", flush=True)
