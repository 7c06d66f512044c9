import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Keep, type KeepArgs } from "keep-on-pulumi";

// The stack of the platform team exports `kubeconfig`, and `databaseUrls` by team.
const platform = new pulumi.StackReference(new pulumi.Config().require("platform"));
const cluster = new kubernetes.Provider("cluster", { kubeconfig: platform.requireOutput("kubeconfig") });
const databaseUrls = platform.requireOutput("databaseUrls") as pulumi.Output<Record<string, string>>;

/** What every team's Keep has in common. */
const common = {
    database: { kind: "external", engine: "postgres" },
    backend: { resources: { requests: { cpu: "500m", memory: "1Gi" } } },
    networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
} satisfies Partial<KeepArgs>;

function keepOf(team: string, args: Partial<KeepArgs> = {}): Keep {
    return new Keep(
        team,
        {
            ...common,
            publicUrl: `https://${team}.alerts.example.com`,
            // Team and namespace of the same name; each Keep has its own.
            release: team,
            ingress: { kind: "nginx", tls: { clusterIssuer: "letsencrypt" } },
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

/** Where the teams open their Keeps. */
export const addresses = { payments: payments.urls.frontend, search: search.urls.frontend };

/** First users, with their passwords. */
export const firstUsers = { payments: payments.firstUser, search: search.firstUser };
