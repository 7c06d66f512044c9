import assert from "node:assert/strict";
import { inspect } from "node:util";

import { Keep, type KeepArgs } from "../../components/keep";
import { runProgram } from "../../tools/inProcess/runProgram";
import { randomConfiguration, randomObjects } from "../support/configurations";
import { switchedStacks } from "../support/switches";
import { nameOf } from "./api/apply";
import { ApiError, type KubernetesObject } from "./api/client";
import { testCluster } from "./connection";
import { fewAtATime } from "./deploy";
import { objectOf } from "./release";

const cluster = testCluster();

const COUNT = Number(process.env.COUNT ?? 2000);
const FIRST_SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** What depends on the cluster, which takes it elsewhere. */
const OF_THE_CLUSTER =
    /this cluster is not configured for dual-stack services|privileged: Forbidden: disallowed by cluster policy/;

/** A namespace that exists: a dry run creates none, and its name is checked with the Namespace itself. */
const NAMESPACE = "default";

/** An object that the program asks for, with the first configuration that it came of. */
interface Asked {
    readonly name: string;
    readonly object: KubernetesObject;
}

async function objectsOf(args: KeepArgs): Promise<readonly KubernetesObject[]> {
    const { resources } = await runProgram(() => new Keep("keep", args), { stack: "test", preview: false });
    return resources.flatMap(objectOf);
}

/** Two objects of one name: the second would overwrite the first. */
function doubles(objects: readonly KubernetesObject[]): readonly string[] {
    const names = objects.map((object) => `${object.apiVersion} ${nameOf(object)}`);
    return names.filter((name, index) => names.indexOf(name) < index).map((name) => `${name}: is asked for twice`);
}

function inNamespace(object: KubernetesObject): KubernetesObject {
    const { namespace, ...metadata } = object.metadata;
    return namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace: NAMESPACE } };
}

/** Findings, those that differ in names and values only as one. */
function summary(findings: readonly string[]): string {
    const kinds = new Map<string, string[]>();
    for (const finding of findings) {
        const kind = finding.replace(/^\S+ \S+ \S+/, "").replace(/"[^"]*"|'[^']*'|\[?\d+\]?/g, "…");
        kinds.set(kind, [...(kinds.get(kind) ?? []), finding]);
    }
    return [...kinds.values()].map((alike) => `${alike.length} × ${alike[0] ?? ""}`).join("\n");
}

/** What the API server, in a strict dry run, says against the objects of configurations, each with its name. */
async function findingsOf(configurations: readonly (readonly [name: string, () => KeepArgs])[]): Promise<string[]> {
    const asked = new Map<string, Asked>();
    const findings: string[] = [];
    for (const [name, configuration] of configurations) {
        try {
            const objects = await objectsOf(configuration());
            findings.push(...doubles(objects).map((finding) => `${name} ${finding}`));
            for (const object of objects.map(inNamespace)) {
                const key = JSON.stringify(object);
                if (!asked.has(key)) asked.set(key, { name, object });
            }
        } catch (error) {
            findings.push(`${name} ${inspect(error)}`);
        }
    }
    const answers = fewAtATime(16, [...asked.values()], async ({ name, object }) => {
        try {
            await cluster.client.apply(object, { dryRun: true });
            return [];
        } catch (error) {
            if (error instanceof ApiError) return [`${name} ${nameOf(object)}: ${error.message}`];
            throw error;
        }
    });
    findings.push(...(await Promise.all(answers.values())).flat());
    return findings.filter((finding) => !OF_THE_CLUSTER.test(finding));
}

describe(`in a real API server, ${COUNT} configurations that the program accepts, from SEED=${FIRST_SEED}`, function () {
    this.timeout("40m");

    it("are accepted, every object, by a strict dry run", async () => {
        const seeds = Array.from({ length: COUNT }, (_, index) => FIRST_SEED + index);

        const faults = await findingsOf(
            seeds.map((seed) => [`SEED=${seed}`, () => randomConfiguration(seed)] as const),
        );

        assert.equal(faults.length, 0, summary(faults));
    });
});

describe(`in a real API server, ${COUNT / 4} times every setting that is passed through to it, from SEED=${FIRST_SEED}`, function () {
    this.timeout("40m");

    it("is accepted, every object, by a strict dry run", async () => {
        const seeds = Array.from({ length: COUNT / 4 }, (_, index) => FIRST_SEED + index);

        const faults = await findingsOf(seeds.map((seed) => [`SEED=${seed}`, () => randomObjects(seed)] as const));

        assert.equal(faults.length, 0, summary(faults));
    });
});

describe("in a real API server, every pair of an installation's switches", () => {
    it("is accepted, every object, by a strict dry run", async () => {
        const stacks = switchedStacks().map(({ row, settings }) => {
            return [JSON.stringify(row), () => settings as unknown as KeepArgs] as const;
        });

        assert.deepEqual(await findingsOf(stacks), []);
    });
});
