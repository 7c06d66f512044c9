import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import * as z from "zod";

export const ROOT = path.join(__dirname, "..", "..");
const FOLDER = path.join(ROOT, ".github", "workflows");

const step = z.looseObject({
    run: z.string().optional(),
    uses: z.string().optional(),
    env: z.record(z.string(), z.string()).default({}),
    with: z.record(z.string(), z.unknown()).default({}),
});
const workflow = z.looseObject({
    permissions: z.unknown(),
    jobs: z.record(z.string(), z.looseObject({ steps: z.array(step).default([]) })),
    defaults: z.object({ run: z.object({ shell: z.string() }) }).optional(),
});

/** Every workflow as it is written, by its file's name. */
export const TEXTS = Object.fromEntries(
    readdirSync(FOLDER).map((file) => [file, readFileSync(path.join(FOLDER, file), "utf8")]),
);
/** Every workflow, as far as the tests look into it. */
export const WORKFLOWS = Object.fromEntries(
    Object.entries(TEXTS).map(([file, text]) => [file, workflow.parse(parse(text))]),
);

/** Every step of every job. */
export const STEPS = Object.entries(WORKFLOWS).flatMap(([file, { jobs }]) =>
    Object.entries(jobs).flatMap(([job, { steps }]) => steps.map((one) => ({ file, job, ...one }))),
);
