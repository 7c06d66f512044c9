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

/** Schema of `Release`. */
export const release = z.object({
    version: z.string(),
    stacks: z.record(
        z.string(),
        z.object({
            settings,
            /** The record for the next deployment (components/upgrade/deployment.ts). */
            deployed: z.unknown(),
            /** Immutable fields of each resource, by the types of its parents, its own type and its logical name. */
            resources: z.record(z.string(), z.record(z.string(), z.unknown())),
        }),
    ),
});

/** The state of stacks after the deployment of a version, as far as an upgrade must not change it. */
export type Release = z.infer<typeof release>;

type RecordedStack = Release["stacks"][string];

/** Immutable fields that an upgrade may change: these objects are replaced by design, with another name. */
const CONTENT = ["data", "binaryData", "stringData", "spec.template"];

/**
 * The state of a stack with these settings.
 * @param before state before the deployment; undefined: a new stack
 * @throws pulumi.RunError if the program rejects the settings, or the change from `before`
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

/** The URN without stack and project. */
function identityOf({ urn }: RecordedResource): string {
    return urn.split("::").slice(2).join("::");
}

function fieldsOf({ type, inputs, physicalName, custom }: RecordedResource): Record<string, unknown> {
    if (!custom) return {};
    // If any input changes, the provider generates another value.
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

/** Messages about the resources that an upgrade would delete or replace. */
export function replacements(before: RecordedStack, after: RecordedStack): string[] {
    return Object.entries(before.resources).flatMap(([identity, fields]) => {
        const now = after.resources[identity];
        return now === undefined
            ? [`${identity} has another logical name or parent, or no longer exists: Pulumi would delete it`]
            : [...new Set([...Object.keys(fields), ...Object.keys(now)])]
                  .filter((path) => JSON.stringify(fields[path]) !== JSON.stringify(now[path]))
                  .map((path) => `${identity} has another ${path}: Pulumi would replace it`);
    });
}
