import assert from "node:assert/strict";
import { join } from "node:path";

import { z } from "zod";

import { hasPulumi, RenderedStack } from "../../tools/release/renderedStack";

const ROOT = join(__dirname, "..", "..");

/**
 * The objects of this stack that a version may replace, because the provider replaces these kinds where their content changes
 * (docs/upgrade.md): here their content in the state is another one than any version makes.
 */
const REPLACED = [
    {
        urn: /Backup\$kubernetes:core\/v1:ConfigMap::keep-backup$/,
        change: (object: object) => ({ ...object, data: { "dump.sh": "of an earlier version" } }),
    },
    {
        urn: /Setup\$kubernetes:batch\/v1:Job::keep-setup$/,
        change: (object: object) => ({ ...object, spec: { template: { spec: { restartPolicy: "Never" } } } }),
    },
];

const exported = z.looseObject({
    deployment: z.looseObject({
        resources: z.array(z.looseObject({ urn: z.string(), inputs: z.looseObject({}).optional() })),
    }),
});
const previewed = z.object({
    changeSummary: z.record(z.string(), z.number()),
    steps: z.array(z.object({ op: z.string(), urn: z.string() })),
});

/** The state of a stack, with the objects of `REPLACED` as a version before would have them. */
function withOtherContent(text: string): string {
    const state = exported.parse(JSON.parse(text));
    for (const resource of state.deployment.resources) {
        const replaced = REPLACED.find(({ urn }) => urn.test(resource.urn));
        if (replaced === undefined || resource.inputs === undefined) continue;
        resource.inputs = { ...replaced.change(resource.inputs) };
        resource.outputs = resource.inputs;
    }
    return JSON.stringify(state);
}

if (hasPulumi()) {
    describe("an upgrade of a stack of the last release, by Pulumi's engine", () => {
        let stack: RenderedStack;
        before(() => {
            stack = new RenderedStack(ROOT);
            stack.importState(withOtherContent);
        });
        after(() => {
            stack.remove();
        });

        it("deletes nothing, and replaces the setup Job and the scripts of the backup alone", () => {
            const output = stack.pulumi("preview", "-s", "medium", "--json");
            const { changeSummary, steps } = previewed.parse(JSON.parse(output));
            const changes = steps.filter(({ op }) => !["create", "same", "update"].includes(op));

            assert.ok((changeSummary.same ?? 0) + (changeSummary.update ?? 0) > 80);
            assert.deepEqual(
                changes.map(({ op, urn }) => [op, REPLACED.findIndex((replaced) => replaced.urn.test(urn))]).sort(),
                [
                    ["replace", 0],
                    ["replace", 1],
                ],
            );
        });
    });
} else {
    console.log("  skipped: no pulumi on the PATH, so the engine previews no upgrade of the last release");
}
