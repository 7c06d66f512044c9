import assert from "node:assert/strict";

import { z } from "zod";

import { applyAll, assertAbsent, removeAll } from "./api/apply";
import type { KubernetesObject } from "./api/client";
import { until } from "./api/wait";
import { testCluster } from "./connection";
import { componentOf, recordRelease, type Release, type Settings } from "./release";

const cluster = testCluster();

/** Puts a fault into an object, or leaves it as it is. */
export type Change = (object: KubernetesObject) => KubernetesObject;

const record = z.record(z.string(), z.unknown());

/** Sets, or with undefined removes, one field deep inside an object; numbers are positions in lists. */
function set(value: unknown, [head, ...rest]: readonly (string | number)[], to: unknown): unknown {
    if (head === undefined) return to;
    if (typeof head === "number") {
        return z
            .array(z.unknown())
            .parse(value)
            .map((item, index) => (index === head ? set(item, rest, to) : item));
    }
    const fields = record.parse(value);
    const changed = { ...fields, [head]: set(fields[head], rest, to) };
    return Object.fromEntries(Object.entries(changed).filter(([, field]) => field !== undefined));
}

/** An object of which one field is changed. */
export function changed(object: KubernetesObject, path: readonly (string | number)[], to: unknown): KubernetesObject {
    const { apiVersion, kind, metadata } = object;
    const name = path.join(".") === "metadata.name" ? String(to) : metadata.name;
    return { ...record.parse(set(object, path, to)), apiVersion, kind, metadata: { ...metadata, name } };
}

/** Changes one field of the object of a kind and a component. */
export function setting(kind: string, component: string, path: readonly (string | number)[], to: unknown): Change {
    return (object) =>
        object.kind === kind && componentOf(object.metadata.labels) === component ? changed(object, path, to) : object;
}

/** Deploys a sound release with one fault put in, and hands it to a look that should find the fault. */
export async function withFault(
    name: string,
    change: Change,
    look: (release: Release, applied: readonly string[]) => Promise<void>,
    settings: Settings = {},
): Promise<void> {
    const sound = await recordRelease({
        publicUrl: `http://${name}.example.com`,
        release: name,
        database: { kind: "postgres" },
        ...settings,
    });
    const release = { ...sound, objects: sound.objects.map(change) };
    assert.notDeepEqual(release.objects, sound.objects, "the fault was put into nothing");
    await assertAbsent(cluster.client, release.objects);
    try {
        await look(release, await applyAll(cluster.client, release.objects));
    } finally {
        await removeAll(cluster.client, release.objects);
    }
}

/** Waits until a check reports what it should. */
export async function finds(wanted: RegExp, check: () => Promise<readonly string[]>): Promise<void> {
    let last: readonly string[] = [];
    await until(`a finding like ${wanted.source}`, 30_000, async () => {
        last = await check();
        return last.some((finding) => wanted.test(finding));
    }).catch((error: unknown) => assert.fail(`${String(error)} Found: ${last.join("\n") || "nothing"}`));
}
