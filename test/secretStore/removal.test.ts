import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";

import type { KeepArgs } from "../../components/settings/arguments";
import { Keep } from "../../components/keep";
import { isWrittenByKeep } from "../../components/secretStore/removal";
import { deployKeep, deployStack, minimal, type Written } from "../support/config";
import { deploy, type Deployed } from "../support/harness";
import { REMOVAL, removalIn, removalOf } from "../support/removal";

const written = {
    metadata: { name: "keep-grafana-1a2b", uid: "1", resourceVersion: "7" },
    type: "Opaque",
    data: { value: "e30=" },
};

describe("a Secret that Keep wrote", () => {
    it("is called keep-…, is Opaque, and has the one key value", () => {
        assert.equal(isWrittenByKeep(written), true);
        assert.equal(
            isWrittenByKeep({ ...written, metadata: { name: "keep-x", labels: {}, ownerReferences: [] } }),
            true,
        );
        assert.equal(isWrittenByKeep({ ...written, metadata: { name: "keep-x", labels: { team: "core" } } }), true);
    });

    const others: Readonly<Record<string, Parameters<typeof isWrittenByKeep>[0]>> = {
        "has another name": { ...written, metadata: { name: "keeper" } },
        "has keep- later in its name": { ...written, metadata: { name: "my-keep-x" } },
        "has no metadata": { ...written, metadata: undefined },
        "has no name": { ...written, metadata: {} },
        "is of another type": { ...written, type: "kubernetes.io/tls" },
        "is of no type": { ...written, type: undefined },
        "has another key": { ...written, data: { password: "e30=" } },
        "has a further key": { ...written, data: { value: "e30=", other: "e30=" } },
        "has no data": { ...written, data: {} },
        "has no data at all": { ...written, data: undefined },
        "has a manager": {
            ...written,
            metadata: { name: "keep-x", labels: { "app.kubernetes.io/managed-by": "Helm" } },
        },
        "belongs to another object": { ...written, metadata: { name: "keep-x", ownerReferences: [{}] } },
    };
    for (const [difference, secret] of Object.entries(others)) {
        it(`is not one that ${difference}`, () => {
            assert.equal(isWrittenByKeep(secret), false);
        });
    }
});

/** ConfigMaps by which only one Keep can have a namespace of Secrets. */
function claims(all: Deployed<unknown>["all"]) {
    return all("ConfigMap").filter(({ physicalName }) => physicalName === "only-one-keep-here");
}

describe("the removal of Keep's Secrets", () => {
    const shared = { secretStore: { kind: "kubernetes", namespace: "vaults", acceptShared: true } };

    it("is there when they stand in a namespace that exists already", async () => {
        const { one, all, resources } = await deployKeep(shared);

        assert.deepEqual(
            resources.filter(({ type }) => type === REMOVAL).map(({ inputs }) => inputs.namespace),
            ["vaults"],
        );
        const claim = one("ConfigMap", "only-one-keep-here").inputs;
        assert.deepEqual(
            [claim.metadata.namespace, claim.metadata.name, claim.data],
            ["vaults", "only-one-keep-here", { owner: "keep/keep" }],
        );
        assert.deepEqual(
            all("Namespace").map(({ physicalName }) => physicalName),
            ["keep"],
        );
    });

    const none: Readonly<Record<string, Written>> = {
        "they have a namespace of their own": { secretStore: { kind: "kubernetes" } },
        "the stack declines": { secretStore: { ...shared.secretStore, removal: false } },
        "they stand elsewhere": { secretStore: { kind: "database" } },
    };
    for (const [why, settings] of Object.entries(none)) {
        it(`is not there when ${why}`, async () => {
            const { all } = await deployKeep(settings);

            assert.deepEqual([all("SecretRemoval"), claims(all)], [[], []]);
        });
    }

    it("is let go without running where the database that needs them is kept, also when that is decided later", async () => {
        for (const retain of [true, false]) {
            const { resources } = await deployKeep({ ...shared, database: { kind: "postgres", volume: { retain } } });

            assert.deepEqual(
                resources.filter(({ type }) => type === REMOVAL).map(({ options }) => options.retainOnDelete ?? false),
                [retain],
            );
        }
    });

    it("is let go without running where the provider only writes files, and another program deploys them", async () => {
        const { secretStore } = shared;
        const stack = minimal({ secretStore });
        for (const [directory, expected] of [
            ["manifests", true],
            ["", false],
        ] as const) {
            const config = { ...stack.config, "kubernetes:renderYamlToDirectory": directory };
            const { resources } = await deployStack({ ...stack, config });

            assert.deepEqual(
                resources.filter(({ type }) => type === REMOVAL).map(({ options }) => options.retainOnDelete ?? false),
                [expected],
            );
        }
    });

    it("has the inputs of earlier versions where the stack names no cluster, so that an upgrade changes none", async () => {
        const { resources } = await deployKeep(shared);

        assert.deepEqual(
            resources.filter(({ type }) => type === REMOVAL).map(({ inputs }) => Object.keys(inputs).sort()),
            [["__provider", "context", "kubeconfig", "namespace"]],
        );
    });

    it("comes after the pods that write them, so that none is written again", async () => {
        const { one } = await deployKeep(shared);

        assert.ok(one("Deployment", "keep-backend").dependencies.some(({ type }) => type === REMOVAL));
        assert.ok(one("Deployment", "keep-backend").dependencies.some(({ name }) => name === "keep-access-claim"));
    });

    it("lets two stacks ask for the same object when they share a namespace, so that the second is refused", async () => {
        for (const release of ["a", "b"]) {
            const { all } = await deployKeep({ ...shared, release });

            assert.equal(claims(all).length, 1);
        }
    });
});

describe("the removal as it runs at destroy", () => {
    const neighbour = {
        ...written,
        metadata: { name: "keep-other", labels: { "app.kubernetes.io/managed-by": "Helm" } },
    };
    const secrets = [
        written,
        neighbour,
        { ...written, metadata: { name: "keep-webhook" } },
        { ...written, metadata: { name: "db" } },
    ];

    it("deletes what Keep wrote, in its namespace, and nothing else", async () => {
        const { requests } = await removalIn("vaults", secrets);

        assert.deepEqual(requests, [
            "GET /api/v1/namespaces/vaults/secrets",
            "DELETE /api/v1/namespaces/vaults/secrets/keep-grafana-1a2b",
            "DELETE /api/v1/namespaces/vaults/secrets/keep-webhook",
        ]);
    });

    it("has nothing to do in an empty namespace", async () => {
        assert.deepEqual((await removalIn("vaults", [])).requests, ["GET /api/v1/namespaces/vaults/secrets"]);
    });

    it("takes a kubeconfig by its path, and the context that the stack names", async () => {
        const { requests } = await removalIn("vaults", [], { kubeconfig: "path", context: "second" });

        assert.deepEqual(requests, ["GET /second/api/v1/namespaces/vaults/secrets"]);
    });

    it("takes the ambient kubeconfig when the stack names none", async () => {
        const { requests } = await removalIn("vaults", [], { kubeconfig: "ambient" });

        assert.deepEqual(requests, ["GET /api/v1/namespaces/vaults/secrets"]);
    });

    it("takes the cluster that the stack names in place of the context's, as the provider does", async () => {
        const { requests } = await removalIn("vaults", [], { cluster: "second" });

        assert.deepEqual(requests, ["GET /second/api/v1/namespaces/vaults/secrets"]);
        await assert.rejects(removalIn("vaults", [], { cluster: "third" }), /No active cluster/);
    });

    it("takes a kubeconfig below the home directory, as the provider does", async () => {
        const { requests } = await removalIn("vaults", [], { kubeconfig: "home" });

        assert.deepEqual(requests, ["GET /api/v1/namespaces/vaults/secrets"]);
    });

    it("takes the first of several ambient kubeconfigs that exists, as the provider does", async () => {
        const first = await removalIn("vaults", [], { kubeconfig: "list" });
        const later = await removalIn("vaults", [], { kubeconfig: "list", context: "second" });

        assert.deepEqual(
            [...first.requests, ...later.requests],
            ["GET /api/v1/namespaces/vaults/secrets", "GET /second/api/v1/namespaces/vaults/secrets"],
        );
    });

    it("takes a kubeconfig in JSON", async () => {
        const { requests } = await removalIn("vaults", [], { kubeconfig: "json" });

        assert.deepEqual(requests, ["GET /api/v1/namespaces/vaults/secrets"]);
    });

    it("does not fail over a Secret that somebody else has just deleted", async () => {
        const { requests } = await removalIn("vaults", secrets, { gone: ["keep-grafana-1a2b"] });

        assert.equal(requests.at(-1), "DELETE /api/v1/namespaces/vaults/secrets/keep-webhook");
    });

    for (const forbidden of ["GET", "DELETE"] as const) {
        it(`fails when the API server refuses to ${forbidden}, so that the stack is not forgotten`, async () => {
            await assert.rejects(removalIn("vaults", secrets, { forbidden }), /403/);
        });
    }

    it("remembers where it removes, is replaced for another namespace, so that the old one is emptied, and stays for another cluster", async () => {
        const { create, diff, update } = await removalOf("vaults");
        const [olds, elsewhere, other] = [
            { namespace: "vaults", kubeconfig: "", context: "" },
            { namespace: "others", kubeconfig: "", context: "" },
            { namespace: "vaults", kubeconfig: "", context: "second" },
        ];

        assert.deepEqual(await create(olds), { id: "vaults", outs: olds });
        assert.deepEqual(await diff?.("vaults", olds, { ...olds }), { changes: false, replaces: [] });
        assert.deepEqual(await diff?.("vaults", olds, elsewhere), { changes: true, replaces: ["namespace"] });
        assert.deepEqual(await diff?.("vaults", olds, other), { changes: true, replaces: [] });
        assert.deepEqual(await update?.("vaults", olds, other), { outs: other });
    });
});

describe("the removal from a shared namespace, in a program with a provider of its own", () => {
    const build = (secretStore: KeepArgs["secretStore"]) => () =>
        new Keep(
            "alerting",
            { publicUrl: "http://keep.example.com", secretStore },
            { provider: new k8s.Provider("elsewhere", { kubeconfig: "{}" }) },
        );

    it("is refused, since it would look into another cluster", async () => {
        await assert.rejects(
            deploy(build({ kind: "kubernetes", namespace: "shared", acceptShared: true })),
            /^Error: secretStore\.removal cannot find the cluster of a Kubernetes provider that the program creates itself/,
        );
    });

    it("is not missed when it is off, or when the namespace is Keep's own", async () => {
        await assert.doesNotReject(
            deploy(build({ kind: "kubernetes", namespace: "shared", acceptShared: true, removal: false })),
        );
        await assert.doesNotReject(deploy(build({ kind: "kubernetes" })));
    });
});
