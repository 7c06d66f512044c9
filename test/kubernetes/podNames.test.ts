import assert from "node:assert/strict";

import { ownNames } from "../../components/pods/names";
import { deployKeep, type Written } from "../support/config";
import { containersOf, podOf, podsOf } from "../support/objects";

type Tier = keyof typeof ownNames;

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
    },
    "SQL Server": {
        database: { kind: "sqlserver", acceptEula: true },
        backend: { image: "registry.example.com/keep-api:mssql" },
    },
};

/** Names in the pods of a tier of all these stacks; setup has what the API has. */
async function rendered(): Promise<Record<string, Record<keyof (typeof ownNames)[Tier], Set<string>>>> {
    const found: Record<string, Record<keyof (typeof ownNames)[Tier], Set<string>>> = {};
    for (const settings of Object.values(stacks)) {
        for (const pod of podsOf((await deployKeep(settings)).resources)) {
            const component = pod.labels["app.kubernetes.io/component"] ?? "";
            const tier = component === "setup" ? "backend" : component;
            const names = (found[tier] ??= { containers: new Set(), volumes: new Set(), mountPaths: new Set() });
            for (const { name, volumeMounts = [] } of containersOf(pod)) {
                names.containers.add(name);
                volumeMounts.forEach(({ mountPath }) => names.mountPaths.add(mountPath));
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
        });
    }

    it("may be those that another tier has", async () => {
        const { resources } = await deployKeep({
            backend: {
                volumes: [{ name: "cache", emptyDir: {} }],
                volumeMounts: [{ name: "cache", mountPath: "/cache" }],
                sidecars: [
                    {
                        name: "frontend",
                        image: "example.com/proxy:1",
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
});
