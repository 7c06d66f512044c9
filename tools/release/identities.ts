import * as z from "zod";

import { loadConfig } from "../../components/settings/stackFile";
import { secretKeys } from "../../components/secrets/settings";
import { Keep } from "../../components/keep";
import type { RecordedResource } from "../inProcess/recordedResource";
import { runProgram } from "../inProcess/runProgram";
import { fieldOf, immutableFields } from "../preview/immutable";
import { isRecord } from "../inProcess/secrets";

/** Settings of a stack file, by key without `keep:`. */
const settings = z.record(z.string(), z.unknown());

/** What stacks have in their state after a version was deployed, as far as an upgrade must leave it as it is. */
export const release = z.object({
    version: z.string(),
    stacks: z.record(
        z.string(),
        z.object({
            settings,
            /** What the deployment records for the next one (components/upgrade/deployment.ts). */
            deployed: z.unknown(),
            /** Each resource by the types of its parents, its own, and its logical name, with its immutable fields. */
            resources: z.record(z.string(), z.record(z.string(), z.unknown())),
        }),
    ),
});

/** What stacks have in their state after a version was deployed, as far as an upgrade must leave it as it is. */
export type Release = z.infer<typeof release>;

type RecordedStack = Release["stacks"][string];

/** Immutable fields that follow from the content of a release: Pulumi replaces these objects by design, with new names or Jobs. */
const CONTENT = ["data", "binaryData", "stringData", "spec.template"];

/**
 * What a stack with these settings has in its state.
 * @param before what the state has already; nothing for a new stack
 * @throws pulumi.RunError where the program rejects the settings, or what they would change of the stack before
 */
export async function recordedStack(given: RecordedStack["settings"], before?: RecordedStack): Promise<RecordedStack> {
    const config = Object.entries(given).map(([key, value]): [string, string] => [
        `keep:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const keep = "urn:pulumi:recorded::keep::keep:index:Keep::keep";
    const { resources } = await runProgram(() => new Keep("keep", loadConfig()), {
        project: "keep",
        stack: "recorded",
        config: Object.fromEntries(config),
        secretKeys: config.map(([key]) => key).filter((key) => Object.hasOwn(secretKeys, key.replace(/^keep:/, ""))),
        ...(before === undefined
            ? {}
            : { state: { [keep]: { type: "keep:index:Keep", outputs: { deployed: before.deployed } } } }),
    });
    return {
        settings: given,
        deployed: resources.find(({ urn }) => urn === keep)?.outputs?.plain.deployed,
        resources: Object.fromEntries(resources.map((resource) => [identityOf(resource), fieldsOf(resource)])),
    };
}

/** Types and logical name: what a URN has after stack and project. */
function identityOf({ urn }: RecordedResource): string {
    return urn.split("::").slice(2).join("::");
}

function fieldsOf({ type, inputs, physicalName, custom }: RecordedResource): Record<string, unknown> {
    if (!custom) return {};
    // A change of any input makes another random value, and so another password.
    if (type.startsWith("random:")) return inputs;
    if (!type.startsWith("kubernetes:")) return {};
    const kind = type.replace(/^.*:/, "");
    const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
    const content = { ...inputs, kind, metadata: { ...metadata, name: physicalName } };
    const fields = immutableFields(kind)
        .filter((path) => !CONTENT.includes(path))
        .map((path) => [path, fieldOf(content, path)] as const);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** What an upgrade would delete or replace of a stack, one sentence each; none where it changes in place. */
export function replacements(before: RecordedStack, after: RecordedStack): string[] {
    return Object.entries(before.resources).flatMap(([identity, fields]) => {
        const now = after.resources[identity];
        return now === undefined
            ? [`${identity} has another logical name or parent, or is gone: Pulumi would delete it`]
            : [...new Set([...Object.keys(fields), ...Object.keys(now)])]
                  .filter((path) => JSON.stringify(fields[path]) !== JSON.stringify(now[path]))
                  .map((path) => `${identity} has another ${path}: Pulumi would replace it`);
    });
}
