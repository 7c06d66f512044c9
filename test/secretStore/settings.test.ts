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
        ...Object.fromEntries(
            [
                "alias/teams/keep_1",
                "11111111-2222-3333-4444-555555555555",
                "mrk-0123456789abcdef0123456789abcdef",
                "arn:aws:kms:eu-west-1:111122223333:alias/keep",
                "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555",
            ].map((kmsKeyId) => [
                `the key ${kmsKeyId}`,
                { secretStore: { kind: "aws", region: "eu-west-1", kmsKeyId } },
            ]),
        ),
        "a region of the government": { secretStore: { kind: "aws", region: "us-gov-west-1" } },
        "the number of a project": { secretStore: { kind: "gcp", project: "123456789012" } },
        "the account of each namespace, found": {
            secretStore: { kind: "database" },
            serviceAccount: { create: false, name: "default" },
        },
    });
});
