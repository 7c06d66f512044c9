"""Keep with an external database, and a label that another resource generates.

`pulumi package add ../..` generates the module pulumi_keep.
"""

import pulumi
import pulumi_keep as keep
import pulumi_random as random

config = pulumi.Config()

team = random.RandomPet("team")
alerting = keep.Keep(
    "alerting",
    public_url="https://keep.example.com",
    labels={"team": team.id},
    ingress={"kind": "traefik", "tls": {"cluster_issuer": "letsencrypt"}},
    database={"kind": "external", "engine": "postgres"},
    database_url=config.require_secret("databaseUrl"),
    backend={"replicas": 2},
)

pulumi.export("address", alerting.urls.frontend)
pulumi.export("firstUser", alerting.first_user)
