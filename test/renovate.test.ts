import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

import { images } from "../components/fields/images";
import { KEEP_VERSION } from "../components/fields/version";
import { CHART_VERSIONS } from "../tools/fromChart/versions";

const root = join(__dirname, "..");

const configuration = z.object({
    customManagers: z.array(
        z.object({
            managerFilePatterns: z.tuple([z.string()]),
            matchStrings: z.tuple([z.string()]),
            depNameTemplate: z.string().optional(),
        }),
    ),
});

/** What Renovate finds: each dependency with its version. */
function found(): string[] {
    const { customManagers } = configuration.parse(JSON.parse(readFileSync(join(root, "renovate.json"), "utf8")));
    return customManagers.flatMap(({ managerFilePatterns: [file], matchStrings: [pattern], depNameTemplate }) =>
        [...readFileSync(join(root, file), "utf8").matchAll(new RegExp(pattern, "g"))].map(
            ({ groups = {} }) => `${groups.depName ?? depNameTemplate ?? ""}:${groups.currentValue ?? ""}`,
        ),
    );
}

describe("renovate.json", () => {
    it("finds Keep, the newest chart, and every image of another maker", () => {
        const { backend, ...rest } = images.parse({});
        const others = Object.values(rest).filter((value) => typeof value === "string" && /:[^/]+$/.test(value));
        assert.ok(others.length > 4);
        assert.deepEqual(
            found().sort(),
            [`${backend}:${KEEP_VERSION}`, `keep:${CHART_VERSIONS.at(-1) ?? ""}`, ...others].sort(),
        );
    });
});
