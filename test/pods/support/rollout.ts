import { z } from "zod";

import { settledFindings, until } from "../../cluster/api/wait";
import { applyAll, nameOf, readAs } from "../../cluster/api/apply";
import { ApiError, type ApiClient, type KubernetesObject } from "../../cluster/api/client";
import { runningFindings } from "../../cluster/checks/running";
import { conditions, holds, told } from "../../cluster/checks/shapes";

/** Objects in the order of `pulumi up`: those of a wave are created when the wave before is Ready. */
export type Waves = readonly (readonly KubernetesObject[])[];

/** How long what is applied may take to get Ready, in milliseconds; a machine that is busy with something else takes minutes. */
const SETTLE = 600_000;

/** Applies objects wave by wave, and returns what was refused or does not get Ready. */
export async function rollOut(
    client: ApiClient,
    waves: Waves,
    podSecurity?: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
    for (const objects of waves) {
        for (const job of objects.filter(({ kind }) => kind === "Job")) await deleteUnlessSame(client, job);
        const applied = await applyAll(client, objects, podSecurity);
        // A claim is bound when a pod of a later wave wants it.
        const awaited = objects.filter(({ kind }) => kind === "Deployment" || kind === "Job");
        const timeout = applied.length > 0 ? 0 : SETTLE;
        const running = await settledFindings(timeout, async () => [
            ...(await runningFindings(client, awaited)),
            ...(await conditionFindings(client, objects)),
        ]);
        if (running.length + applied.length > 0) return [...applied, ...running];
    }
    // Nor does Pulumi wait for a claim that only a Job of the night will bind.
    const awaited = waves.flat().filter(({ metadata }) => metadata.annotations?.["pulumi.com/skipAwait"] !== "true");
    return await settledFindings(SETTLE, () => runningFindings(client, awaited));
}

const withConditions = z.object({ status: z.object({ conditions }).default({ conditions: [] }) });

/** What Pulumi waits for because an annotation names its condition, and does not have that condition yet. */
async function conditionFindings(client: ApiClient, objects: readonly KubernetesObject[]): Promise<readonly string[]> {
    const findings = objects.map(async (object) => {
        const [, wanted] = /^condition=(.+)$/.exec(object.metadata.annotations?.["pulumi.com/waitFor"] ?? "") ?? [];
        if (wanted === undefined) return [];
        const found = (await readAs(client, object, withConditions))?.status.conditions ?? [];
        return holds(found, wanted) ? [] : [`${nameOf(object)} is not ${wanted}: ${told(found)}`];
    });
    return (await Promise.all(findings)).flat();
}

/** Deletes objects as `pulumi destroy` does, which waits until each is gone. */
export async function deleteAll(client: ApiClient, objects: readonly KubernetesObject[]): Promise<void> {
    for (const object of objects) await client.delete(object);
    await until("what was deleted is gone", 180_000, async () => {
        const left = await Promise.all(objects.map((object) => client.read(object)));
        return left.every((object) => object === undefined);
    });
}

/** The pod of a Job cannot be changed: Pulumi deletes the Job and creates another. */
async function deleteUnlessSame(client: ApiClient, job: KubernetesObject): Promise<void> {
    if ((await client.read(job)) === undefined) return;
    try {
        await client.apply(job, { dryRun: true });
    } catch (error) {
        if (!(error instanceof ApiError && error.status === 422)) throw error;
        await deleteAll(client, [job]);
    }
}
