import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as proxy from "@pulumi/policy/proxy";

import type { Resource } from "../../policy/pods";
import { rules } from "../../policy/rules";

// What the SDK gives to policies in a preview, which it does not declare.
const { unknownCheckingProxy, unknownStringValue } = proxy as unknown as {
    readonly unknownCheckingProxy: (props: Resource["props"]) => Resource["props"];
    readonly unknownStringValue: string;
};

/** Names of the rules that a resource breaks. */
function broken(resource: Resource): string[] {
    return Object.entries(rules).flatMap(([name, { check }]) => (check(resource).length > 0 ? [name] : []));
}

const container = {
    name: "app",
    image: "registry.example.com:5000/app:1.0.0",
    env: [{ name: "DATABASE_URL", value: "postgresql://keep:$(DATABASE_PASSWORD)@db/keep" }],
    resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
    livenessProbe: {},
    readinessProbe: {},
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
    },
};
const pod = {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
};

/** A Deployment that breaks nothing, but for what is changed in its one container and in its pod. */
function deployment(changed: object = {}, changedPod: object = {}): Resource {
    const spec = { ...pod, containers: [{ ...container, ...changed }], ...changedPod };
    return { type: "kubernetes:apps/v1:Deployment", props: { spec: { template: { spec } } } };
}

const header = { name: "Authorization", value: "Bearer abcdefgh1234" };

function context(changed: object): object {
    return { securityContext: { ...container.securityContext, ...changed } };
}

describe("the policy pack", () => {
    it("takes null for absent", () => {
        const [nulls, empty] = [null, undefined].map((none) => [
            deployment({ env: none, ports: none, resources: none, livenessProbe: none, securityContext: none }),
            deployment({ env: [none, { name: "A", value: none }], resources: { requests: none, limits: none } }),
            deployment(context({ capabilities: { add: none, drop: none }, privileged: none })),
            deployment({}, { containers: none, initContainers: none, securityContext: none, volumes: none }),
            { type: "kubernetes:rbac.authorization.k8s.io/v1:Role", props: { rules: [none, { verbs: none }] } },
        ]) as [Resource[], Resource[]];
        const without = (all: readonly Resource[]) => JSON.parse(JSON.stringify(all)) as Resource[];

        assert.deepEqual(nulls.map(broken), without(empty).map(broken));
    });

    it("is not stopped by what a preview does not know, where no rule reads it", () => {
        const metadata = { annotations: { "keep.pulumi/secrets": unknownStringValue } };
        const unknown = (resource: Resource): Resource => {
            const { template } = resource.props.spec as { readonly template: object };
            return {
                ...resource,
                props: unknownCheckingProxy({ metadata, spec: { template: { ...template, metadata } } }),
            };
        };
        for (const resource of [
            deployment(),
            deployment({ image: "busybox", livenessProbe: null }, { volumes: [{ hostPath: {} }] }),
            deployment({
                env: [
                    { name: "SOKETI_ID", value: unknownStringValue },
                    { name: "PASSWORD", value: "abcdefgh1234" },
                ],
            }),
        ]) {
            assert.deepEqual(broken(unknown(resource)), broken(resource));
        }
        assert.throws(() => broken(unknown(deployment({ image: unknownStringValue }))), /known during preview/);
    });

    it("finds nothing in a Deployment that keeps to it, and nothing in what runs no pods", () => {
        assert.deepEqual(broken(deployment()), []);
        assert.deepEqual(broken(deployment({ image: "app:latest2" })), []);
        assert.deepEqual(broken(deployment({ image: `app:latest-16@sha256:${"0".repeat(64)}` })), []);
        // The API server rejects such an image.
        assert.deepEqual(broken(deployment({ image: ["app:1"] })), []);
        assert.deepEqual(broken({ type: "random:index/randomPassword:RandomPassword", props: {} }), []);
    });

    for (const file of ["secretName.ts", "credentialForms.ts", "shellCommand.ts"]) {
        it(`takes the program's own rule for secrets in ${file}, which its folder cannot import`, () => {
            const [ofProgram, ofPack] = ["components/fields", "policy"].map((folder) =>
                readFileSync(join(__dirname, "../..", folder, file), "utf8"),
            );
            assert.equal(ofPack, ofProgram);
        });
    }

    const breaches: Readonly<Record<string, readonly Resource[]>> = {
        "pinned-images": [
            deployment({ image: "app:latest" }),
            deployment({ image: "quay.io/soketi/soketi:latest-16-alpine" }),
            deployment({ image: "registry.example.com:5000/app" }),
            deployment({}, { initContainers: [{ ...container, image: "app" }] }),
        ],
        "no-root": [
            deployment({}, { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
            deployment(context({ runAsUser: 0 })),
            deployment(context({ runAsNonRoot: false })),
        ],
        "no-privileges": [
            deployment(context({ privileged: true })),
            deployment(context({ allowPrivilegeEscalation: undefined })),
            deployment(context({ capabilities: { drop: ["CHOWN"] } })),
            deployment(context({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } })),
        ],
        seccomp: [
            deployment({}, { securityContext: { runAsNonRoot: true } }),
            deployment(context({ seccompProfile: { type: "Unconfined" } })),
        ],
        "read-only-root": [deployment(context({ readOnlyRootFilesystem: false }))],
        resources: [
            deployment({ resources: undefined }),
            deployment({ resources: { requests: { cpu: "1", memory: "1Gi" } } }),
            deployment({ resources: { requests: { cpu: "1" }, limits: { memory: "1Gi" } } }),
        ],
        "no-plain-secrets": [
            deployment({ env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
            deployment({ env: [{ name: "DATABASE_URL", value: "postgresql://keep:hunter2@db/keep" }] }),
            deployment({ env: [{ name: "AWS_SECRET_ACCESS_KEY", value: "hunter2" }] }),
            deployment({ env: [{ name: "db_password", value: "hunter2" }] }),
            deployment({ env: [{ name: "OTEL_EXPORTER_OTLP_HEADERS", value: "api-key=abcdefgh123" }] }),
            deployment({ command: ["curl"], args: ["-u", "admin:hunter2", "https://a.example.com"] }),
            deployment({ livenessProbe: { exec: { command: ["curl", "-H", "X-API-KEY: abcdefghijkl"] } } }),
            deployment({ startupProbe: { exec: { command: ["redis-cli", "-a", "hunter2", "ping"] } } }),
            deployment({ lifecycle: { preStop: { exec: { command: "logout --password=hunter2" } } } }),
            deployment({ lifecycle: { postStart: { httpGet: { httpHeaders: [header] } } } }),
            deployment({ readinessProbe: { httpGet: { httpHeaders: [{ name: "a", value: "b" }, header] } } }),
        ],
        probes: [deployment({ livenessProbe: undefined }), deployment({ readinessProbe: undefined })],
        "no-node-access": [
            deployment({}, { hostNetwork: true }),
            deployment({}, { hostPID: true }),
            deployment({ ports: [{ containerPort: 8080 }, { containerPort: 9090, hostPort: 9090 }] }),
            deployment({}, { volumes: [{ name: "docker", hostPath: { path: "/var/run" } }] }),
        ],
        "no-service-links": [deployment({}, { enableServiceLinks: undefined })],
        "stated-token": [deployment({}, { automountServiceAccountToken: undefined })],
        "narrow-roles": [
            {
                type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
                props: { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["*"] }] },
            },
        ],
    };

    it("has a breach here for each of its rules", () => {
        assert.deepEqual(Object.keys(breaches).sort(), Object.keys(rules).sort());
    });

    for (const [name, resources] of Object.entries(breaches)) {
        it(`finds each breach of ${name}, and only that`, () => {
            assert.deepEqual(
                resources.map(broken),
                resources.map(() => [name]),
            );
        });
    }

    it("looks into the pods of Jobs, CronJobs and ReplicationControllers, which need no probes", () => {
        const { spec } = deployment({ livenessProbe: undefined, image: "app" }).props as { spec: object };
        assert.deepEqual(broken({ type: "kubernetes:batch/v1:Job", props: { spec } }), ["pinned-images"]);
        assert.deepEqual(broken({ type: "kubernetes:core/v1:ReplicationController", props: { spec } }), [
            "pinned-images",
        ]);
        assert.deepEqual(broken({ type: "kubernetes:batch/v1:CronJob", props: { spec: { jobTemplate: { spec } } } }), [
            "pinned-images",
        ]);
    });

    it("reads commands with numbers, and of one text, which the API server rejects", () => {
        const probe = { exec: { command: "true" } };
        assert.deepEqual(broken(deployment({ command: "serve", args: [8080], livenessProbe: probe })), []);
    });

    it("lets empty values and references stand in plain environment", () => {
        const env = [
            { name: "PUSHER_APP_SECRET", value: "" },
            { name: "SECRET_MANAGER_TYPE", value: "K8S" },
            { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        ];
        assert.deepEqual(broken(deployment({ env })), []);
    });
});
