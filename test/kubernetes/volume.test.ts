import assert from "node:assert/strict";

import { Volume, type VolumeArgs } from "../../components/kubernetes/volume";
import { scopeOf } from "../../components/naming";
import { deploy } from "../support/harness";

const scope = scopeOf({ name: "keep", namespace: "monitoring", version: "1.2.3", labels: {} }, "database");

const needed: VolumeArgs = {
    scope,
    name: "keep-postgres",
    clusterName: "monitoring-keep-postgres",
    size: "10Gi",
    accessModes: ["ReadWriteOnce"],
    annotations: {},
    retain: false,
};

const volume = (more: Partial<VolumeArgs> = {}) => deploy(() => new Volume("disk", { ...needed, ...more }));

describe("a Volume", () => {
    it("is a claim on the cluster's default class, and no PersistentVolume", async () => {
        const { one, all, result } = await volume();

        assert.deepEqual(one("PersistentVolumeClaim").inputs.metadata, {
            name: "keep-postgres",
            namespace: "monitoring",
            labels: scope.labels,
            annotations: { "pulumi.com/skipAwait": "true" },
        });
        assert.deepEqual(one("PersistentVolumeClaim").inputs.spec, {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "10Gi" } },
        });
        assert.deepEqual(all("PersistentVolume"), []);
        assert.equal(result.claimName, "keep-postgres");
    });

    it("takes class, modes and annotations", async () => {
        const { one } = await volume({
            storageClass: "fast",
            accessModes: ["ReadWriteMany"],
            annotations: { a: "1", "pulumi.com/skipAwait": "false" },
        });

        const { metadata, spec } = one("PersistentVolumeClaim").inputs;
        assert.deepEqual([spec.storageClassName, spec.accessModes], ["fast", ["ReadWriteMany"]]);
        assert.deepEqual(metadata.annotations, { a: "1", "pulumi.com/skipAwait": "false" });
    });

    it("keeps an empty class, which means none", async () => {
        assert.equal(
            (await volume({ storageClass: "" })).one("PersistentVolumeClaim").inputs.spec.storageClassName,
            "",
        );
    });

    it("makes nothing for a claim that exists already", async () => {
        const { resources, result } = await volume({
            existingClaim: "mine",
            persistentVolume: { hostPath: { path: "/data" } },
        });

        assert.deepEqual(
            resources.map(({ type }) => type),
            ["keep:kubernetes:Volume"],
        );
        assert.equal(result.claimName, "mine");
    });

    it("binds a PersistentVolume of its own to the claim, by name in both directions", async () => {
        const { one } = await volume({ persistentVolume: { nfs: { server: "nfs", path: "/keep" } } });

        const claim = one("PersistentVolumeClaim").inputs.spec;
        assert.deepEqual([claim.storageClassName, claim.volumeName], ["", "monitoring-keep-postgres"]);
        const { metadata, spec } = one("PersistentVolume").inputs;
        assert.deepEqual(metadata, { name: "monitoring-keep-postgres", labels: scope.labels });
        assert.deepEqual(spec, {
            accessModes: ["ReadWriteOnce"],
            persistentVolumeReclaimPolicy: "Retain",
            storageClassName: "",
            nfs: { server: "nfs", path: "/keep" },
            capacity: { storage: "10Gi" },
            claimRef: {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                name: "keep-postgres",
                namespace: "monitoring",
            },
        });
    });

    it("lets the source of a PersistentVolume say how it is reclaimed and of which class it is", async () => {
        const { one } = await volume({
            storageClass: "slow",
            persistentVolume: { hostPath: { path: "/data" }, persistentVolumeReclaimPolicy: "Delete" },
        });

        const { spec } = one("PersistentVolume").inputs;
        assert.deepEqual([spec.persistentVolumeReclaimPolicy, spec.storageClassName], ["Delete", "slow"]);
        assert.equal(one("PersistentVolumeClaim").inputs.spec.storageClassName, "slow");
    });

    it("stays in the cluster after the stack when it is to be retained", async () => {
        const persistentVolume = { nfs: { server: "nfs", path: "/keep" } };

        for (const retain of [true, false]) {
            const { one } = await volume({ retain, persistentVolume });
            assert.equal(one("PersistentVolumeClaim").options.retainOnDelete ?? false, retain);
            assert.equal(one("PersistentVolume").options.retainOnDelete ?? false, retain);
        }
    });
});
