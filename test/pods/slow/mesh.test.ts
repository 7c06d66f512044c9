import assert from "node:assert/strict";

import { z } from "zod";

import { list } from "../../cluster/api/list";
import { testCluster } from "../../cluster/connection";
import type { Settings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { Client } from "../support/client";
import { DeployedKeep, EDGE } from "../support/keep";
import { injectedByMesh, PROXY } from "../support/mesh";
import { blocksUnder, runBash, settingsUnder } from "../support/recipe";
import { smallProd } from "../support/stacks";

const named = z.array(z.object({ name: z.string() })).default([]);
const pod = z.object({
    metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
    spec: z.object({ containers: named, initContainers: named }),
    status: z.object({ phase: z.string() }),
});

describe("prod in a mesh, whose proxy never exits", function () {
    const cluster = testCluster();
    let keep: DeployedKeep;

    const create = async (native: boolean, settings: Settings) => {
        keep = await DeployedKeep.of(cluster, smallProd(settings), { change: injectedByMesh(native) });
    };

    afterEach(() => keep.remove());

    it("gets Ready, backs up and deletes old alerts: each Job completes beside a native sidecar", async () => {
        await create(true, {
            backup: { kind: "volume", count: 2, volume: { size: "1Gi" } },
            retention: { days: 90 },
        });
        assert.deepEqual((await keep.deploy()).findings, []);
        await assertAlertArrives(keep, await Client.start(cluster, EDGE));
        const [backUp = ""] = blocksUnder("backup.md", "Backup and restore");
        const completed = "kubectl -n keep wait --for=condition=complete --timeout=5m job/keep-backup-now";
        await runBash(cluster, `${backUp}\n${completed}`);
        const [cleanUp = ""] = blocksUnder("retention.md", "Delete old alerts");
        await runBash(cluster, cleanUp);
        const pods = await list(cluster.client, "/api/v1/namespaces/keep/pods", pod);
        const jobs = pods.filter(({ metadata }) => "batch.kubernetes.io/job-name" in metadata.labels);
        assert.deepEqual(
            jobs.map(({ metadata, spec, status }) => [
                metadata.labels["batch.kubernetes.io/job-name"],
                spec.initContainers.some(({ name }) => name === PROXY),
                status.phase,
            ]),
            ["keep-backup-now", "keep-retention-now", "keep-setup"].map((name) => [name, true, "Succeeded"]),
        );
        const others = pods.filter((one) => !jobs.includes(one));
        assert.ok(others.every(({ spec }) => spec.containers.some(({ name }) => name === PROXY)));
    });

    it("has a setup Job that fails at its deadline where the mesh has no native sidecars", async () => {
        await create(false, { setup: { timeoutSeconds: 120 } });
        const { findings } = await keep.deploy();
        assert.ok(
            findings.some((finding) => finding.includes("DeadlineExceeded")),
            findings.join("\n"),
        );
    });

    it("gets Ready there with the settings of docs/platforms.md", async () => {
        await create(false, settingsUnder("platforms.md", "Service meshes"));
        assert.deepEqual((await keep.deploy()).findings, []);
    });
});
