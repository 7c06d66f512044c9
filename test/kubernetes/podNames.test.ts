import assert from "node:assert/strict";

import { ownNames } from "../../components/pods/names";
import { deployKeep, type Written } from "../support/config";
import { containersOf, podOf, podsOf } from "../support/objects";

const ca = { secret: { name: "ca", key: "ca.pem" } };
const provision = Object.fromEntries(
    [
        "workflows",
        "mappings",
        "dashboards",
        "extractions",
        "correlations",
        "deduplications",
        "maintenance",
        "presets",
    ].map((kind) => [kind, `test/support/provision/${kind}`]),
);

/** Stacks that together have every container, volume and mount of the program. */
const stacks: Readonly<Record<string, Written>> = {
    "SQLite with content": {
        backend: { processes: 2 },
        extraCa: ca,
        provision,
        providers: '{"a":{"type":"b","authentication":{}}}',
    },
    "a queue with metrics": {
        database: { kind: "external", engine: "postgres", host: "db", tls: { ca } },
        databasePassword: "p",
        extraCa: ca,
        redis: { kind: "bundled" },
        consumer: { enabled: true },
        monitoring: { enabled: true },
        backup: { kind: "s3", bucket: "dumps", credentials: "s3" },
        retention: { days: 30 },
    },
    "backups on a volume": { database: { kind: "postgres" }, backup: { kind: "volume" } },
    "SQL Server": {
        database: { kind: "sqlserver", acceptEula: true },
        backend: { image: "registry.example.com/keep-api:mssql" },
    },
};

type Found = Record<"containers" | "mountPaths" | "volumes", Set<string>> & { readonly ports: Set<number> };

/** Names and ports in the pods of a tier of all these stacks; setup and scheduled Jobs have what the API has. */
async function rendered(): Promise<Record<string, Found>> {
    const found: Record<string, Found> = {};
    for (const settings of Object.values(stacks)) {
        for (const pod of podsOf((await deployKeep(settings)).resources)) {
            const component = pod.labels["app.kubernetes.io/component"] ?? "";
            const tier = ["setup", "backup", "retention"].includes(component) ? "backend" : component;
            const names = (found[tier] ??= {
                containers: new Set(),
                volumes: new Set(),
                mountPaths: new Set(),
                ports: new Set(),
            });
            for (const { name, ports = [], volumeMounts = [] } of containersOf(pod)) {
                ports.forEach(({ containerPort }) => names.ports.add(containerPort));
                names.containers.add(name);
                // A mount of the backend at this path takes precedence in the dump.
                const paths = volumeMounts
                    .map(({ mountPath }) => mountPath)
                    .filter((path) => path !== "/etc/ssl/certs");
                paths.forEach((path) => names.mountPaths.add(path));
            }
            (pod.spec.volumes ?? []).forEach(({ name }) => names.volumes.add(name));
        }
    }
    return found;
}

describe("the names in a pod", () => {
    for (const [tier, own] of Object.entries(ownNames)) {
        it(`of the program are known: ${tier}`, async () => {
            const names = (await rendered())[tier];
            for (const kind of ["containers", "volumes", "mountPaths"] as const) {
                assert.deepEqual([...(names?.[kind] ?? [])].toSorted(), [...own[kind]].toSorted(), kind);
            }
            const ports = [...own.ports, ...(own.monitoringPorts ?? [])];
            assert.deepEqual([...(names?.ports ?? [])].toSorted(), ports.toSorted());
        });
    }

    it("may be those that another tier has, like ports", async () => {
        const { resources } = await deployKeep({
            backend: {
                volumes: [{ name: "cache", emptyDir: {} }],
                volumeMounts: [
                    { name: "cache", mountPath: "/cache" },
                    { name: "cache", mountPath: "/app/keep/extra" },
                    { name: "cache", mountPath: "/etc/ssl/extra" },
                ],
                initContainers: [
                    {
                        name: "wait",
                        image: "example.com/proxy:1",
                        ports: [{ containerPort: 8080 }],
                        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                    },
                ],
                sidecars: [
                    {
                        name: "frontend",
                        image: "example.com/proxy:1",
                        ports: [
                            { containerPort: 3000 },
                            { containerPort: 9102 },
                            { containerPort: 8080, protocol: "UDP" },
                        ],
                        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                        volumeMounts: [
                            { name: "cache", mountPath: "/tmp" },
                            { name: "tmp", mountPath: "/shared" },
                        ],
                    },
                ],
            },
        });
        assert.ok(podOf(resources, "backend").spec.containers.some(({ name }) => name === "frontend"));
    });

    it("leave room for the tokens of service accounts", async () => {
        const volumes = [
            { name: "app", secret: { secretName: "app" } },
            { name: "own", emptyDir: {} },
        ];
        const readOnly = (name: string, mountPath: string) => ({ name, mountPath, readOnly: true });
        await deployKeep({
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            backend: {
                volumes,
                volumeMounts: [readOnly("app", "/run/secrets/app"), readOnly("app", "/var/run/secrets")],
            },
            worker: { volumes, volumeMounts: [{ name: "own", mountPath: "/run" }] },
            frontend: { volumes, volumeMounts: [readOnly("own", "/run/secrets/azure-app")] },
            websocket: { volumes, volumeMounts: [readOnly("own", "/run/secrets/azure/tokens")] },
        });
    });
});
