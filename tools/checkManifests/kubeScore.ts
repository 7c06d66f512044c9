import { spawnSync } from "node:child_process";
import { join } from "node:path";

import * as z from "zod";

import type { Finding } from "./finding";

/** kube-score's scorecard.GradeCritical. */
const CRITICAL = 1;

const scores = z.array(
    z.object({
        type_meta: z.object({ kind: z.string() }),
        object_meta: z.object({ name: z.string() }),
        checks: z.array(
            z.object({
                check: z.object({ id: z.string() }),
                grade: z.number(),
                skipped: z.boolean(),
                comments: z
                    .array(z.object({ path: z.string(), summary: z.string() }))
                    .nullable()
                    .transform((comments) => comments ?? []),
            }),
        ),
    }),
);

/**
 * Runs kube-score on a stream of manifests, in the version of tools/kube-score/go.mod. Returns the critical findings.
 * @throws Error if it does not run
 */
export function kubeScore(stack: string, manifests: string): Finding[] {
    const { stdout, stderr, error } = spawnSync("go", ["tool", "kube-score", "score", "--output-format", "json", "-"], {
        cwd: join(__dirname, "..", "kube-score"),
        input: manifests,
        encoding: "utf8",
        maxBuffer: 1 << 28,
    });
    // It also exits with an error code if it has findings, so its output shows whether it ran.
    if (error !== undefined || !stdout.startsWith("[")) {
        throw new Error(`kube-score did not run: ${error?.message ?? stderr}`);
    }
    return findingsOf(stack, stdout);
}

/** Parses kube-score's JSON output. Returns the critical findings. */
export function findingsOf(stack: string, json: string): Finding[] {
    return scores.parse(JSON.parse(json)).flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) =>
        checks
            .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
            .flatMap(({ check, comments }) =>
                (comments.length === 0 ? [{ path: "", summary: check.id }] : comments).map(({ path, summary }) => ({
                    stack,
                    check: check.id,
                    object: `${kind} ${name}`,
                    message: path === "" ? summary : `${path}: ${summary}`,
                })),
            ),
    );
}
