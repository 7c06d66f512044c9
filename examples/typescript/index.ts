import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Keep, type KeepArgs } from "keep-on-pulumi";

// The stack of the platform team exports `kubeconfig`, and `databaseUrls` with a URL for each team.
const platform = new pulumi.StackReference(new pulumi.Config().require("platform"));
const cluster = new kubernetes.Provider("cluster", { kubeconfig: platform.requireOutput("kubeconfig") });
const databaseUrls = platform.requireOutput("databaseUrls") as pulumi.Output<Record<string, string>>;

/** Settings of all teams. */
const common = {
    database: { kind: "external", engine: "postgres" },
    backend: { resources: { requests: { cpu: "500m", memory: "1Gi" } } },
    networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] },
} satisfies Partial<KeepArgs>;

function keepOf(team: string, args: Partial<KeepArgs> = {}): Keep {
    return new Keep(
        team,
        {
            ...common,
            publicUrl: `https://${team}.alerts.example.com`,
            // The namespace follows from the release, so each team has its own.
            release: team,
            ingress: { kind: "traefik", tls: { clusterIssuer: "letsencrypt" } },
            databaseUrl: databaseUrls.apply((urls) => urls[team] ?? ""),
            ...args,
        },
        { provider: cluster },
    );
}

const payments = keepOf("payments", {
    redis: { kind: "bundled" },
    backend: { ...common.backend, replicas: 2 },
});
const search = keepOf("search");

/** URLs of the teams' installations. */
export const addresses = { payments: payments.urls.frontend, search: search.urls.frontend };

/** The first user of each team, with the generated password. */
export const firstUsers = { payments: payments.firstUser, search: search.firstUser };
