import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { parse } from "yaml";
import { z } from "zod";

import { isRecord } from "../../tools/inProcess/secrets";
import { type Rendered, RenderProject } from "../tools/render/project";
import { nameOf, removeAll } from "./api/apply";
import type { ApiClient, KubernetesObject } from "./api/client";
import { settledFindings, until } from "./api/wait";
import { referenceFindings } from "./checks/references";
import { runningFindings } from "./checks/running";
import { testCluster } from "./connection";

const cluster = testCluster();

const manifest = z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

const STACKS: Readonly<Record<string, string>> = {
    dev: "http://git-dev.localhost",
    prod: "https://git-prod.example.com",
};

/** The objects of each wave, in order. */
function wavesOf(rendered: Rendered): readonly (readonly KubernetesObject[])[] {
    const files = Object.entries(rendered).filter(([path]) => /^wave-\d+\/(?!kustomization)/.test(path));
    const waves: KubernetesObject[][] = [];
    for (const [path, text] of files) {
        const wave = Number(/\d+/.exec(path)?.[0]);
        (waves[wave] ??= []).push(manifest.parse(parse(text)));
    }
    return waves;
}

/** Secrets as SECRETS.md asks for them, with values of no worth. */
function secretsOf({ "SECRETS.md": page = "" }: Rendered): readonly KubernetesObject[] {
    const rows = [...page.matchAll(/^\| `([^/`]+)\/([^`]+)` \| `([^`]+)` \|/gm)];
    const secrets = new Map<string, { namespace: string; name: string; stringData: Record<string, string> }>();
    for (const [, namespace = "", name = "", key = ""] of rows) {
        const secret = secrets.get(`${namespace}/${name}`) ?? { namespace, name, stringData: {} };
        secret.stringData[key] = "of no worth";
        secrets.set(`${namespace}/${name}`, secret);
    }
    return [...secrets.values()].map(({ namespace, name, stringData }) => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { namespace, name },
        stringData,
    }));
}

/** Applies wave after wave, each when the one before is healthy, as Argo CD and Flux do. Returns what never became healthy. */
async function applyInWaves(
    client: ApiClient,
    waves: readonly (readonly KubernetesObject[])[],
    secrets: readonly KubernetesObject[],
): Promise<readonly string[]> {
    for (const [index, wave] of waves.entries()) {
        for (const object of wave) assert.deepEqual(await client.apply(object), [], nameOf(object));
        if (index === 0) for (const secret of secrets) await client.apply(secret);
        const findings = await settledFindings(60_000, () => runningFindings(client, wave));
        if (findings.length > 0) return findings;
    }
    return [];
}

/** What an object is but for its status, and for what is written down about who wrote it. */
async function stateOf(client: ApiClient, object: KubernetesObject): Promise<unknown> {
    const passing = ["status", "managedFields", "resourceVersion"];
    const text = JSON.stringify(await client.read(object), (key, value: unknown) =>
        passing.includes(key) ? undefined : value,
    );
    return JSON.parse(text) as unknown;
}

async function uidOf(client: ApiClient, object: KubernetesObject): Promise<string> {
    return z.object({ metadata: z.object({ uid: z.string() }) }).parse(await client.read(object)).metadata.uid;
}

/** Each place where the cluster has not what is written: there a client that compares would see a change for good. */
function differences(written: unknown, live: unknown, path: string): readonly string[] {
    if (Array.isArray(written)) {
        if (!Array.isArray(live) || live.length !== written.length) return [path];
        return written.flatMap((item, index) => differences(item, live[index], `${path}[${index}]`));
    }
    if (isRecord(written)) {
        if (!isRecord(live)) return [path];
        return Object.entries(written).flatMap(([key, value]) => differences(value, live[key], `${path}.${key}`));
    }
    return isDeepStrictEqual(written, live) ? [] : [path];
}

for (const [stack, publicUrl] of Object.entries(STACKS)) {
    // Each test goes on from the one before: apply, apply again, upgrade, remove.
    describe(`in a real API server, the manifests that are rendered of ${stack}`, () => {
        const { client } = cluster;
        const project = new RenderProject();
        const config = [`release=git-${stack}`, `publicUrl=${publicUrl}`];
        let rendered: Rendered;
        let objects: readonly KubernetesObject[] = [];
        let findings: readonly string[];

        const render = (name: string, ...more: readonly string[]) =>
            project.files(name, stack, ...[...config, ...more].flatMap((setting) => ["--config", setting]));

        before(async function () {
            if (cluster.pods !== "fake") this.skip();
            rendered = await render("first");
            objects = wavesOf(rendered).flat();
            findings = await applyInWaves(client, wavesOf(rendered), secretsOf(rendered));
        });
        after(async () => {
            project.close();
            await removeAll(client, objects);
        });

        it("become healthy wave by wave", () => {
            assert.deepEqual(findings, []);
        });

        it("need no Secret and no key that SECRETS.md does not name", async () => {
            const all = [...objects, ...secretsOf(rendered)];
            assert.ok(secretsOf(rendered).length > 1);
            assert.deepEqual(await referenceFindings(client, all), []);
        });

        it("are kept as they are written: whoever compares sees no change", async () => {
            const found = await Promise.all(
                objects.map(async (object) => differences(object, await client.read(object), nameOf(object))),
            );
            assert.deepEqual(found.flat(), []);
        });

        it("change nothing when they are applied again", async () => {
            const before = await Promise.all(objects.map((object) => stateOf(client, object)));
            for (const object of objects) await client.apply(object);
            assert.deepEqual(await Promise.all(objects.map((object) => stateOf(client, object))), before);
        });

        it("of another version set up anew before the pods, by a Job of another name, and replace nothing", async () => {
            const next = await render("next", "version=0.54.3");
            const names = new Set(wavesOf(next).flat().map(nameOf));
            const pruned = objects.filter((object) => !names.has(nameOf(object)));
            const kept = objects.filter((object) => names.has(nameOf(object)));
            const uids = await Promise.all(kept.map((object) => uidOf(client, object)));

            assert.deepEqual(await applyInWaves(client, wavesOf(next), []), []);

            // With SQLite it is the pod itself that sets up.
            const jobs = objects.filter(({ kind }) => kind === "Job");
            assert.equal(jobs.length, stack === "prod" ? 1 : 0);
            assert.deepEqual(pruned, jobs);
            assert.equal(wavesOf(next).flat().length, objects.length);
            assert.deepEqual(await Promise.all(kept.map((object) => uidOf(client, object))), uids);
            objects = [...wavesOf(next).flat(), ...pruned];
        });

        it("leave nothing behind when all are pruned", async () => {
            for (const object of [...objects].reverse()) await client.delete(object);

            await until("everything is gone", 60_000, async () => {
                const left = await Promise.all(objects.map((object) => client.read(object)));
                return left.every((object) => object === undefined);
            });
        });
    });
}
