import assert from "node:assert/strict";

import { deployKeep } from "../support/config";

const BACKEND = { "app.kubernetes.io/component": "backend" };
const TERM = { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: BACKEND } };
const SURGE = { maxUnavailable: 0, maxSurge: 1 };
const STOP = { maxUnavailable: 1, maxSurge: 0 };

/** The rollout of the API with a required anti-affinity of this term. */
async function rolloutWith(term: object, backend: object = { replicas: 3 }): Promise<unknown> {
    const { one } = await deployKeep({
        database: { kind: "postgres" },
        backend: {
            ...backend,
            affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
        },
    });
    return one("Deployment", "keep-backend").inputs.spec.strategy.rollingUpdate;
}

describe("a rollout of pods that cannot share a node", () => {
    for (const [what, term] of Object.entries<object>({
        "of one tier": TERM,
        "of the release": {
            ...TERM,
            labelSelector: {
                matchExpressions: [{ key: "app.kubernetes.io/instance", operator: "In", values: ["keep"] }],
            },
        },
        "by all labels, in its namespace": { ...TERM, labelSelector: {}, namespaces: ["keep"] },
    })) {
        it(`stops each pod before its successor starts: ${what}`, async () => {
            assert.deepEqual(await rolloutWith(term), STOP);
        });
    }

    for (const [what, term, backend] of [
        ["a pod of another revision", { ...TERM, matchLabelKeys: ["pod-template-hash"] }],
        [
            "pods of another tier",
            { ...TERM, labelSelector: { matchLabels: { "app.kubernetes.io/component": "worker" } } },
        ],
        ["pods of another namespace", { ...TERM, namespaces: ["other"] }],
        ["an only pod, which would be missing meanwhile", TERM, { replicas: 1 }],
    ] as const) {
        it(`starts an additional pod beside ${what}`, async () => {
            assert.deepEqual(await rolloutWith(term, backend), SURGE);
        });
    }
});
