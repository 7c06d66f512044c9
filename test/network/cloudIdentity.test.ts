import assert from "node:assert/strict";

import type { Written } from "../support/config";
import { exitsOf, from, PROCESSES, reached } from "./asker";

/** Where a cloud's nodes get their own credentials. */
const nodeMetadata = { address: "169.254.169.254" };
const aws = { secretStore: { kind: "aws", region: "eu-central-1" } };
const gcp = { secretStore: { kind: "gcp", project: "monitoring" } };

const servers: Record<string, [Written, { address: string }, string[]]> = {
    "EKS Pod Identity": [aws, { address: "169.254.170.23" }, from(PROCESSES, 80)],
    "EKS Pod Identity in a cluster of IPv6": [aws, { address: "fd00:ec2::23" }, from(PROCESSES, 80)],
    "no credentials of AWS nodes": [aws, nodeMetadata, []],
    "no credentials of AWS nodes in IPv6": [aws, { address: "fd00:ec2::254" }, []],
    "Google's metadata server": [gcp, nodeMetadata, from(PROCESSES, 80)],
    "GKE's metadata server on its node": [gcp, { address: "169.254.169.252" }, from(PROCESSES, 988)],
};

describe("NetworkPolicies let pods get a cloud identity from", () => {
    for (const [what, [written, to, expected]] of Object.entries(servers)) {
        it(what, async () => {
            assert.deepEqual(reached(await exitsOf(written), to).sort(), [...expected].sort());
        });
    }
});
