import assert from "node:assert/strict";

import { deployKeep, type Written } from "./support/config";
import { accepts, refuses } from "./support/refusals";

const LONG = "a".repeat(40);
const adopt = { helmRelease: "keep", namespace: "monitoring" };

describe("the namespace", () => {
    it("enforces Pod Security restricted, another level, or none", async () => {
        const level = async (namespace?: Written) => {
            const { one } = await deployKeep({ namespace });
            return one("Namespace", "keep").inputs.metadata.labels["pod-security.kubernetes.io/enforce"];
        };

        assert.deepEqual(
            [await level(), await level({ podSecurity: "baseline" }), await level({ podSecurity: "none" })],
            ["restricted", "baseline", undefined],
        );
    });

    refuses({
        "settings of a namespace that exists already": [
            {
                namespace: {
                    create: false,
                    podSecurity: "baseline",
                    labels: { team: "a" },
                    annotations: { "example.com/a": "b" },
                },
            },
            "keep:namespace.podSecurity has no effect: keep:namespace.create is false. Set it on the namespace itself, and remove it here.",
            "keep:namespace.labels has no effect: keep:namespace.create is false. Set it on the namespace itself, and remove it here.",
            "keep:namespace.annotations has no effect: keep:namespace.create is false. Set it on the namespace itself, and remove it here.",
        ],
        "settings of a namespace that is adopted": [
            { adopt, database: { kind: "mysql" }, databasePassword: "p", namespace: { labels: { team: "a" } } },
            "keep:namespace.labels has no effect: keep:adopt names a namespace that exists. Set it on the namespace itself, and remove it here.",
        ],
        "a name that leaves none for the namespace of the credentials": [
            { namespace: { name: LONG }, release: "alerting-for-production" },
            `keep:namespace.name ("${LONG}") makes the namespace of Keep's credentials 72 characters long (${LONG}-alerting-for-production-secrets), and Kubernetes allows 63. Shorten it, or name a namespace in keep:secretStore.namespace.`,
        ],
    });

    accepts({
        "a long name where the credentials are elsewhere": {
            namespace: { name: LONG },
            release: "alerting-for-production",
            secretStore: { kind: "kubernetes", namespace: "credentials" },
        },
    });
});
