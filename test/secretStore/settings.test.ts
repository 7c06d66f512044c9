import assert from "node:assert/strict";

import { minimal } from "../support/config";
import { accepts, problems } from "../support/refusals";

describe("the settings of the secret store", () => {
    for (const namespace of ["default", "kube-public", "openshift", "openshift-config"]) {
        it(`refuses ${namespace}, which belongs to the cluster`, async () => {
            const secretStore = { kind: "kubernetes", namespace, acceptShared: true };
            const [message = ""] = await problems(minimal({ secretStore }));

            assert.match(message, /belongs to the cluster/);
        });
    }

    accepts({
        "an existing namespace that is confirmed": {
            secretStore: { kind: "kubernetes", namespace: "kubernetes-credentials", acceptShared: true },
        },
        "the account of each namespace, found": {
            secretStore: { kind: "database" },
            serviceAccount: { create: false, name: "default" },
        },
    });
});
