"""Keep with an external database. `pulumi package add ../..` generates the module pulumi_keep."""

import pulumi
import pulumi_keep as keep

config = pulumi.Config()

alerting = keep.Keep(
    "alerting",
    public_url="https://keep.example.com",
    ingress={"kind": "traefik", "tls": {"cluster_issuer": "letsencrypt"}},
    database={"kind": "external", "engine": "postgres"},
    database_url=config.require_secret("databaseUrl"),
    backend={"replicas": 2},
)

pulumi.export("address", alerting.urls.frontend)
pulumi.export("firstUser", alerting.first_user)
