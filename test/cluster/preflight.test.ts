import { releaseOf } from "../../components/naming";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { parse } from "yaml";
import { z } from "zod";

import { preflight } from "../../tools/verify/preflight";
import { connect } from "../../tools/verify/preflight/apiServer";
import { configOf, type Written } from "../support/config";
import { removeAll } from "./api/apply";
import type { KubernetesObject } from "./api/client";
import { testCluster } from "./connection";
import { recordRelease } from "./release";

const cluster = testCluster();
const NAMESPACE = "preflight";

/** Settings of a stack that needs what only a prepared cluster has. */
const STACK = {
    publicUrl: "https://preflight.example.com",
    ingress: { kind: "nginx", className: "preflight", tls: { secretName: "preflight-tls" } },
    namespace: { name: NAMESPACE, create: false },
    database: { kind: "postgres", volume: { storageClass: "preflight" } },
    existingSecrets: { openaiApiKey: { name: "openai", key: "api-key" } },
};

const inNamespace = (kind: string, name: string, more: object): KubernetesObject => ({
    apiVersion: "v1",
    kind,
    metadata: { name, namespace: NAMESPACE },
    ...more,
});

/** All that STACK needs of a cluster. */
const needed: readonly KubernetesObject[] = [
    {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    },
    {
        apiVersion: "networking.k8s.io/v1",
        kind: "IngressClass",
        metadata: { name: "preflight" },
        spec: { controller: "example.com/preflight" },
    },
    {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "preflight" },
        provisioner: "example.com/preflight",
    },
    inNamespace("Secret", "preflight-tls", { stringData: { "tls.crt": "x", "tls.key": "x" } }),
    inNamespace("Secret", "openai", { stringData: { "api-key": "x" } }),
];

/** A kubeconfig whose users act as another one, who has no rights but those of everybody. */
function impersonating(kubeconfig: string, user: string): string {
    const content = z
        .looseObject({ users: z.array(z.looseObject({ user: z.looseObject({}) })) })
        .parse(parse(kubeconfig));
    const users = content.users.map((one) => ({ ...one, user: { ...one.user, as: user } }));
    return JSON.stringify({ ...content, users });
}

async function report(more: Written = {}, user?: string, pods?: { timeout: number; interval: number }) {
    const settings = { ...STACK, ...more };
    const config = await configOf(settings);
    const { resources } = await recordRelease(settings);
    const kubeconfig = readFileSync(cluster.kubeconfig, "utf8");
    const kubernetes = new Map([
        ["kubernetes:kubeconfig", user === undefined ? kubeconfig : impersonating(kubeconfig, user)],
    ]);
    const { lines, failures } = await preflight(
        connect(kubernetes),
        { release: releaseOf(config), config, kubernetes },
        resources,
        pods,
    );
    return { failures, text: lines.join("\n") };
}

describe("the preflight, asked of a real API server", () => {
    before(async () => {
        for (const object of needed) {
            await cluster.client.apply(object);
        }
    });

    after(() => removeAll(cluster.client, needed));

    it("finds nothing where everything is there", async () => {
        const { failures, text } = await report();
        assert.equal(failures, 0, text);
        assert.match(text, /✓ admission +the API server admits all \d+ pods/);
    });

    const faults: Readonly<Record<string, readonly [Written, RegExp]>> = {
        "a missing ingress class": [
            { ingress: { ...STACK.ingress, className: "nowhere" } },
            /✗ references +Ingress \S+ needs IngressClass nowhere, which does not exist/,
        ],
        "a missing storage class": [
            { database: { kind: "postgres", volume: { storageClass: "nowhere" } } },
            /needs StorageClass nowhere, which does not exist/,
        ],
        "a missing Secret": [
            { ingress: { ...STACK.ingress, tls: { secretName: "nowhere" } } },
            /needs Secret nowhere in namespace preflight, which does not exist/,
        ],
        "a missing key of a Secret": [
            { existingSecrets: { openaiApiKey: { name: "openai", key: "nothing" } } },
            /needs key nothing of Secret openai in namespace preflight, which has no such key/,
        ],
        "a missing namespace": [
            { namespace: { name: "nowhere", create: false } },
            /✗ namespace +namespace nowhere does not exist/,
        ],
        "a namespace that somebody has": [
            { namespace: { name: NAMESPACE } },
            /✗ namespace +namespace preflight exists already/,
        ],
        "Pod Security that rejects a pod": [
            {
                backend: {
                    sidecars: [
                        {
                            name: "root",
                            image: "example.com/root:1",
                            securityContext: { runAsUser: 0, runAsNonRoot: false },
                        },
                    ],
                },
            },
            /✗ admission +the API server would reject pods of Deployment keep-backend: .*violates PodSecurity "restricted/,
        ],
    };
    for (const [fault, [settings, named]] of Object.entries(faults)) {
        it(`finds and names: ${fault}`, async () => {
            const { failures, text } = await report(settings);
            assert.notEqual(failures, 0, text);
            assert.match(text, named);
        });
    }

    it("runs pods that a restricted namespace admits, and leaves nothing of them behind", async () => {
        const external = {
            database: {
                kind: "external",
                engine: "postgres",
                host: "db.example.com",
                passwordSecret: { name: "openai", key: "api-key" },
            },
        };
        // kwok's pods run, and none logs in to anything: test/pods has real ones.
        const { text } = await report(external, undefined, { timeout: 1, interval: 2 });
        assert.match(text, /✓ images +a node has all \d+ images/);
        assert.match(text, /✗ login +the pod that logs in has no result after 1 s/);
        const server = connect(new Map([["kubernetes:kubeconfig", cluster.kubeconfig]]));
        assert.deepEqual(await server.list("v1", "Pod", NAMESPACE), []);
    });

    it("says why its pods are rejected", async () => {
        const quota = inNamespace("ResourceQuota", "none", { spec: { hard: { pods: "0" } } });
        await cluster.client.apply(quota);
        try {
            const { text } = await report({}, undefined, { timeout: 1, interval: 1 });
            assert.match(text, /✗ images +the API server rejects the pod of this check: .*exceeded quota: none/);
        } finally {
            await cluster.client.delete(quota);
        }
    });

    it("tells a kind that the API server knows from another", async () => {
        const server = connect(new Map([["kubernetes:kubeconfig", cluster.kubeconfig]]));
        assert.equal(await server.serves("apps/v1", "Deployment"), true);
        assert.equal(await server.serves("apps/v1", "Nothing"), false);
        assert.equal(await server.serves("nowhere.example.com/v1", "Nothing"), false);
    });

    it("finds and names: a quota that is too small", async () => {
        const quota = inNamespace("ResourceQuota", "small", { spec: { hard: { pods: "1" } } });
        await cluster.client.apply(quota);
        try {
            assert.match(
                (await report()).text,
                /✗ quota +the stack needs \d+ of pods, and quota small of namespace preflight allows 1/,
            );
        } finally {
            await cluster.client.delete(quota);
        }
    });

    it("names each right that its user lacks, and does not count it as a fault", async () => {
        const { failures, text } = await report({}, "nobody");
        assert.equal(failures, 0, text);
        assert.match(text, /✓ kinds/);
        assert.match(text, /- references +skipped: needs the right to get \w+/);
        assert.match(text, /- quota +skipped: needs the right to list ResourceQuota in namespace preflight/);
    });
});
