import { accepts } from "../support/refusals";

const ndots = (value?: string) => ({ options: [{ name: "ndots", value }] });

const external = (host: string) => ({
    database: { kind: "external", engine: "postgres", host, name: "keep", user: "keep" },
    databasePassword: "secret-password",
});

/** Search domains of so many characters, with the blanks between them. */
const longDomains = (length: number) =>
    ["a", "b", "c", "d"].map((name, index) => name.repeat(index < 3 ? 50 : length - 153));

describe("the resolver of pods", () => {
    accepts({
        "few dots as the limit, with Services of the release": {
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            pods: { dnsConfig: ndots("1") },
        },
        "Services by their full names, or of an absolute one": {
            ...external("pg-rw.databases.svc.cluster.local"),
            redis: { kind: "external", host: "redis.data.svc.cluster.local." },
            pods: { dnsConfig: ndots("2") },
        },
        "Services with fewer dots than the limit": {
            ...external("pg-rw.databases.svc"),
            redis: { kind: "external", host: "redis.data" },
            pods: { dnsConfig: ndots("3") },
        },
        "hosts outside of the cluster": { ...external("db.eu.example.com"), pods: { dnsConfig: ndots() } },
        "a Service in /etc/hosts": {
            ...external("pg-rw.databases.svc"),
            pods: { dnsConfig: ndots("2"), hostAliases: [{ ip: "10.0.0.5", hostnames: ["pg-rw.databases.svc"] }] },
        },
        "another resolver for the tiers that connect": {
            ...external("pg-rw.databases.svc"),
            pods: { dnsConfig: ndots("2") },
            backend: { dnsConfig: {} },
            redis: { kind: "bundled" },
            worker: { dnsConfig: ndots("5") },
        },
        "a build of your own, another repository and another version, which may have glibc": {
            ...external("pg-rw.databases.svc"),
            pods: { dnsConfig: ndots("0") },
            images: { backend: "registry.example.com/keep-api:1" },
            frontend: { image: "registry.example.com/keep-ui:1" },
        },
        "caches of the cluster's name server on the node, or beside Keep": {
            pods: { dnsConfig: { nameservers: ["169.254.20.10", "fd00::a", "127.0.0.1"] } },
        },
        "name servers for servers with glibc, which ask them last": {
            websocket: { dnsConfig: { nameservers: ["10.0.0.53"] } },
        },
        "name servers and long domains for a build of your own": {
            backend: { image: "registry.example.com/keep-api:1" },
            frontend: { image: "registry.example.com/keep-ui:1" },
            pods: { dnsConfig: { nameservers: ["10.0.0.53"], searches: longDomains(193) } },
        },
        "as many search domains as fit beside those of the cluster, which may be among them": {
            namespace: { name: "keep" },
            pods: { dnsConfig: { searches: ["svc.cluster.local", ...longDomains(192)] } },
        },
        "few dots for servers with glibc": { websocket: { dnsConfig: ndots("0") } },
    });
});
