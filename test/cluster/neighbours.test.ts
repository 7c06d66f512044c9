import assert from "node:assert/strict";

import { namespacesOf, removeAll } from "./api/apply";
import type { KubernetesObject } from "./api/client";
import { accessFindings } from "./checks/access";
import { testCluster } from "./connection";
import { deployTogether } from "./deploy";
import { backendAccess, recordRelease, type Release } from "./release";

const cluster = testCluster();

const identityOf = ({ kind, metadata }: KubernetesObject) => [kind, metadata.namespace ?? "", metadata.name].join(" ");

async function record(release: string, namespace: string, create: boolean): Promise<Release> {
    return await recordRelease({
        publicUrl: `http://${release}.example.com`,
        release,
        namespace: { name: namespace, create },
        database: { kind: "postgres" },
        redis: { kind: "bundled" },
        backend: { replicas: 2 },
    });
}

for (const [where, namespaces] of [
    ["in two namespaces", ["test-left", "test-right"]],
    ["in one namespace", ["test-shared", "test-shared"]],
] as const) {
    describe(`two releases side by side ${where}`, () => {
        let releases: Release[] = [];

        before(async () => {
            const [first, second] = namespaces;
            releases = [await record("one", first, first !== second), await record("two", second, first !== second)];
        });
        after(async () => {
            for (const { objects } of releases) await removeAll(cluster.client, objects);
        });

        it("share no object", () => {
            const identities = releases
                .flatMap(({ objects }) => objects.filter(({ kind }) => kind !== "Namespace"))
                .map(identityOf);
            assert.deepEqual(identities, [...new Set(identities)]);
        });
        it("work both", async () => {
            assert.deepEqual(await deployTogether(cluster, releases), []);
        });
        it("can't reach each other's Secrets", async () => {
            const all = [...new Set(releases.flatMap(({ objects }) => namespacesOf(objects)))];
            for (const release of releases) {
                const { account, grants } = backendAccess(release);
                assert.deepEqual(await accessFindings(cluster.client, account, grants, all), []);
            }
        });
    });
}

describe("two releases whose namespace and name, joined by a dash, are the same", () => {
    const names = ["Namespace prod-keep-secrets", "PersistentVolume prod-keep-postgres"];
    const persistentVolume = { csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-1" } };
    let releases: Release[] = [];
    const shared = () =>
        releases.map(({ objects }) =>
            objects.filter(({ kind, metadata }) => names.includes(`${kind} ${metadata.name}`)),
        );

    before(async () => {
        const settings = { database: { kind: "postgres", volume: { persistentVolume } } } as const;
        const parts = [
            ["prod-keep", "prod-keep"],
            ["keep", "prod"],
        ] as const;
        releases = await Promise.all(
            parts.map(([release, name]) =>
                recordRelease({ publicUrl: `http://${name}.example.com`, release, namespace: { name }, ...settings }),
            ),
        );
    });
    after(async () => {
        await removeAll(cluster.client, shared().flat());
    });

    it("do not take over each other's objects: the API server rejects those of the second", async () => {
        const [first = [], second = []] = shared();
        for (const object of first) await cluster.client.apply(object, { manager: "first" });

        assert.deepEqual([first.length, second.length], [2, 2]);
        for (const object of second) {
            const label = /conflict.*"first".*app\.kubernetes\.io\/instance/s;
            await assert.rejects(cluster.client.apply(object, { manager: "second" }), label);
        }
    });
});
