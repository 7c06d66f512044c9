import { applyAll, assertAbsent } from "./api/apply";
import { settledFindings } from "./api/wait";
import { referenceFindings } from "./checks/references";
import { routeFindings } from "./checks/routes";
import { runningFindings } from "./checks/running";
import { scalingFindings } from "./checks/scaling";
import { serviceFindings } from "./checks/services";
import type { TestCluster } from "./connection";
import type { Release } from "./release";

/** How long a release may take until it has settled. Fake pods pull nothing and run nothing, so this is much for them. */
const SETTLE = { fake: 60_000, real: 20 * 60_000, none: 0 } as const;

/** Findings of one deployment, by what was looked at. */
export interface Findings {
    /** Refusals and warnings of the API server. */
    readonly applied: readonly string[];
    /** Pods, Jobs and claims that have not become what they should. */
    readonly running: readonly string[];
    readonly services: readonly string[];
    readonly scaling: readonly string[];
    readonly references: readonly string[];
    readonly routes: readonly string[];
}

/** Deploys a release, waits until it has settled, and tells whatever is wrong with it. */
export async function deployRelease(cluster: TestCluster, release: Release): Promise<Findings> {
    await assertAbsent(cluster.client, release.objects);
    return await deploy(cluster, release);
}

/** Deploys several releases at once, which may share namespaces, and tells what is wrong with any. */
export async function deployTogether(cluster: TestCluster, releases: readonly Release[]): Promise<readonly string[]> {
    await assertAbsent(
        cluster.client,
        releases.flatMap(({ objects }) => objects),
    );
    return (await Promise.all(releases.map((release) => deploy(cluster, release)))).flatMap(allOf);
}

async function deploy({ client, pods }: TestCluster, { objects }: Release): Promise<Findings> {
    const applied = await applyAll(client, objects);
    const routes = routeFindings(objects);
    const references = await referenceFindings(client, objects);
    const settle = async (look: typeof runningFindings) => {
        if (pods === "none") return [];
        // What was refused won't come, however long one waits.
        const timeout = applied.some((finding) => finding.includes("refused")) ? 0 : SETTLE[pods];
        return await settledFindings(timeout, () => look(client, objects));
    };
    const running = await settle(runningFindings);
    const [services, scaling] = await Promise.all([settle(serviceFindings), settle(scalingFindings)]);
    return { applied, running, services, scaling, references, routes };
}

/** All findings in one list. */
export function allOf(findings: Findings): readonly string[] {
    return Object.values<readonly string[]>({ ...findings }).flat();
}

/** Works on many things, a few at a time, and hands each result out as its own promise. */
export function fewAtATime<Item, Result>(
    limit: number,
    items: readonly Item[],
    work: (item: Item) => Promise<Result>,
): ReadonlyMap<Item, Promise<Result>> {
    const waiting: (() => void)[] = [];
    let running = 0;
    const run = async (item: Item) => {
        if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
        running += 1;
        try {
            return await work(item);
        } finally {
            running -= 1;
            waiting.shift()?.();
        }
    };
    return new Map(
        items.map((item) => {
            const result = run(item);
            // Whoever awaits it sees the error; until then Node must not take it for one that nobody will.
            result.catch(() => undefined);
            return [item, result];
        }),
    );
}
