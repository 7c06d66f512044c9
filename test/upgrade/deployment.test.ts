import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import { recordedDeployment } from "../../components/upgrade/state";
import type { StateResource } from "../../tools/inProcess/runProgram";
import { minimal, type Written } from "../support/config";
import { stateAfter } from "../support/deployed";
import { deploy } from "../support/harness";

const KEEP = "keep:index:Keep";
const recorded = (state: Readonly<Record<string, StateResource>>) =>
    deploy(() => recordedDeployment(KEEP, ["keep"]), { ...minimal(), state });

/** What is recorded of a stack with these settings. */
async function recordOf(settings: Written) {
    return (await recorded(await stateAfter(settings))).result;
}

describe("what a deployment records", () => {
    it("is nothing before the first one, without a warning", async () => {
        const { result, warnings } = await recorded({});

        assert.deepEqual([result, warnings], [undefined, []]);
    });

    it("is its version, its secret store, and the volumes with data", async () => {
        const record = await recordOf({
            database: { kind: "mysql", volume: { size: "7Gi" } },
            backup: { kind: "volume", volume: { size: "8Gi", storageClass: "slow" } },
            version: "0.54.3",
        });

        const own = { isOwn: true, isAdopted: false, accessModes: ["ReadWriteOnce"], source: "" };
        assert.deepEqual(record, {
            version: "0.54.3",
            api: "0.54.3",
            namespace: { name: "keep", isOwn: true, isRetained: true, claims: [] },
            accounts: ["", "frontend.", "websocket.", "database.", "backup."].map((prefix) => ({
                setting: `${prefix}serviceAccount.name`,
                id: `keep/keep-${prefix === "" ? "backend" : prefix.slice(0, -1)}`,
                isOwn: true,
            })),
            claims: [
                {
                    ...own,
                    part: "database",
                    id: "keep/keep-mysql",
                    size: "7Gi",
                    database: "keep",
                    user: "keep",
                    files: {
                        kind: "mysql",
                        version: "8.4",
                        image: "docker.io/library/mysql:8.4.6",
                        settings: {
                            innodb_data_file_path: "ibdata1:12M:autoextend",
                            innodb_page_size: "16384",
                            lower_case_table_names: "0",
                        },
                    },
                },
                { ...own, part: "backup", id: "keep/keep-backup", size: "8Gi", storageClass: "slow" },
            ],
            secretStore: { name: "kubernetes/keep-secrets", deletedWith: "namespace" },
            ingress: "traefik",
        });
    });

    it("names a claim and a store that others created as such", async () => {
        const record = await recordOf({
            database: { kind: "postgres", volume: { existingClaim: "mine" } },
            secretStore: { kind: "aws", region: "eu-west-1" },
        });

        assert.deepEqual(
            record?.claims.map(({ id, isOwn }) => [id, isOwn]),
            [["keep/mine", false]],
        );
        assert.deepEqual(record.secretStore, { name: "aws/eu-west-1" });
    });

    it("is in the outputs of the component alone, and is no output of the stack", async () => {
        const { one, outputs } = await deploy(() => new Keep("keep", loadConfig()), minimal());

        assert.ok("deployed" in (one("Keep").outputs?.plain ?? {}));
        assert.equal("deployed" in outputs.plain, false);
    });

    it("is missed with a warning for a Keep that was deployed without it", async () => {
        const state = await stateAfter({});
        const before = Object.entries(state).map(([urn, resource]) => [
            urn,
            resource.type === KEEP ? { ...resource, outputs: {} } : resource,
        ]);

        const { result, warnings } = await recorded(Object.fromEntries(before) as typeof state);

        assert.equal(result, undefined);
        assert.match(warnings.join(), /^This deployment is not checked for .*: the state of dev records no deployment/);
    });

    it("is missed with a warning where the state cannot be read", async () => {
        const { result, warnings } = await deploy(async () => {
            const { invoke } = pulumi.runtime;
            Object.assign(pulumi.runtime, { invoke: () => Promise.reject(new Error("unknown stack")) });
            try {
                return await recordedDeployment(KEEP, ["keep"]);
            } finally {
                Object.assign(pulumi.runtime, { invoke });
            }
        }, minimal());

        assert.equal(result, undefined);
        assert.match(warnings.join(), /^This deployment is not checked for .* cannot be read: unknown stack$/);
    });
});
