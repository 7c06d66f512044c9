import type { IngressConfig } from "../../components/ingress/settings";
import type { Written } from "./config";
import { plainIngress } from "./ingressConfigs";
import { type Factors, type Pair, pairwise, type Row } from "./pairwise";
import { type Choice, variant } from "./variants";

/** Kinds of ingress by the objects that they make. A row has the next of its kind each time. */
const INGRESSES: Readonly<Record<string, readonly IngressConfig["kind"][]>> = {
    rewriting: ["traefik", "nginx", "haproxy", "haproxy-ingress", "f5-nginx"],
    plain: ["alb", "gce", "generic"],
    gateway: ["gateway"],
    routes: ["openshift"],
    none: ["none", "external"],
};

/** Identity providers, which all make the same objects with other variables. */
const PROVIDERS = ["keycloak", "auth0", "okta", "onelogin", "azuread"] as const;

/** The switches of an installation: what is optional in Keep's architecture, on and off, and its kinds. */
export const switches = {
    backend: ["on", "off"],
    frontend: ["on", "off"],
    database: ["sqlite", "postgres", "mysql", "sqlserver", "cloudnativepg", "external"],
    ingress: Object.keys(INGRESSES),
    auth: ["db", "noauth", "oauth2proxy", "provider"],
    redis: ["none", "bundled", "external"],
    websocket: ["none", "soketi", "external"],
    secretStore: ["kubernetes", "database", "vault", "aws", "gcp"],
    backup: ["none", "volume", "s3", "snapshot"],
    monitoring: ["off", "on"],
    autoscaling: ["off", "on"],
    serviceAccount: ["created", "existing"],
    networkPolicy: ["off", "on"],
} as const satisfies Factors;

/** Levels of what the API alone uses: without it they are rejected. */
const NEED_API = [
    ...switches.database.slice(1).map((level) => `database=${level}`),
    ...switches.secretStore.slice(1).map((level) => `secretStore=${level}`),
    ...switches.backup.slice(1).map((level) => `backup=${level}`),
    ...["redis=bundled", "redis=external", "websocket=soketi", "monitoring=on", "autoscaling=on", "frontend=off"],
];

/** Levels that the program does not take together. */
export const conflicts: readonly Pair[] = [
    ...NEED_API.map((level): Pair => ["backend=off", level]),
    ["database=sqlite", "redis=bundled"],
    ["database=sqlite", "redis=external"],
    ["database=sqlite", "autoscaling=on"],
    ["database=sqlserver", "backup=volume"],
    ["database=sqlserver", "backup=s3"],
    ["database=cloudnativepg", "backup=snapshot"],
    ["database=external", "backup=snapshot"],
    ["auth=oauth2proxy", "networkPolicy=off"],
];

/** A stack for each row of a set in which every pair of levels occurs, by what is special about it. */
export function switchedStacks(): { readonly row: Row; readonly settings: Written }[] {
    return pairwise(switches, conflicts).map((row, index) => ({ row, settings: settingsOf(row, index) }));
}

const NETWORK_POLICY = {
    enabled: true,
    edge: [{ namespace: "edge" }],
    // A single pod, since the API trusts headers of an OAuth2 Proxy.
    monitoring: [{ namespace: "monitoring", podLabels: { app: "prometheus" } }],
};

/** Addresses of load balancers that reach pods directly. An OAuth2 Proxy is never behind one: its pods are the edge. */
const BALANCERS: Readonly<Record<string, readonly { readonly cidr: string }[]>> = {
    alb: [{ cidr: "10.0.0.0/16" }],
    gce: [{ cidr: "130.211.0.0/22" }, { cidr: "35.191.0.0/16" }],
};

function settingsOf(row: Row, index: number): Written {
    const rotated = <T>(all: readonly T[]) => all[index % all.length] as T;
    const kinds = (INGRESSES[row.ingress ?? ""] ?? []).filter(
        (one) => row.auth !== "oauth2proxy" || BALANCERS[one] === undefined,
    );
    // A router of one's own leads to the frontend.
    const kind = rotated(row.frontend === "off" ? kinds.filter((one) => one !== "external") : kinds);
    const isExposed = kind !== "none" && kind !== "external";
    const api = row.frontend === "off" && isExposed ? { tierHosts: { backend: "api.example.com" } } : {};
    // Setup creates no API keys with an identity provider.
    const apiKey = row.auth === "provider" ? { apiKeySecret: { name: "prometheus", key: "api-key" } } : {};
    const optional = (choice: Choice) =>
        row[choice] === switches[choice as "database"][0] ? {} : variant(choice, row[choice] ?? "");
    return [
        // What a kind of Redis or of sign-in needs beside it comes first.
        optional("redis"),
        optional("database"),
        optional("secretStore"),
        variant("websocket", row.websocket ?? ""),
        row.networkPolicy === "on"
            ? { networkPolicy: { ...NETWORK_POLICY, edge: BALANCERS[kind] ?? NETWORK_POLICY.edge } }
            : {},
        variant("auth", row.auth === "provider" ? rotated(PROVIDERS) : (row.auth ?? "")),
        plainIngress(kind, api) as unknown as Written,
        row.backend === "off" ? { backend: { enabled: false, url: "https://keep-api.example.com" } } : {},
        row.frontend === "off" ? { frontend: { enabled: false, url: "https://keep-ui.example.com" } } : {},
        row.backup === "none" ? {} : { backup: backupOf(row.backup ?? "") },
        row.monitoring === "on" ? { monitoring: { enabled: true, ...apiKey } } : {},
        row.autoscaling === "on" ? { backend: { autoscaling: { min: 2, max: 3 } } } : {},
        row.serviceAccount === "existing" ? { serviceAccount: { create: false, name: "keep" } } : {},
    ].reduce(merged, {});
}

function backupOf(kind: string): Written {
    return kind === "s3" ? { kind, bucket: "dumps", credentials: "s3" } : { kind };
}

function merged(one: Written, other: Written): Written {
    return Object.entries(other).reduce<Written>((whole, [key, value]) => {
        const given = whole[key];
        const isObject = (inner: unknown) => typeof inner === "object" && inner !== null && !Array.isArray(inner);
        return {
            ...whole,
            [key]: isObject(given) && isObject(value) ? { ...(given as object), ...(value as object) } : value,
        };
    }, one);
}
