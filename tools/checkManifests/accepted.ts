import { load } from "js-yaml";
import * as z from "zod";

import type { Finding } from "./finding";

const acceptedFinding = z.strictObject({
    /** The linter's own name of the check. */
    check: z.string().min(1),
    /** Stacks and objects that it is accepted for; everywhere unless said. */
    stacks: z.array(z.string()).min(1).optional(),
    objects: z.array(z.string()).min(1).optional(),
    /** Why the manifests are right as they are. */
    reason: z.string().min(40),
});

/** Findings that the repository accepts, with the reason. */
export type Accepted = z.infer<typeof acceptedFinding>;

/**
 * Reads a list of accepted findings.
 * @throws z.ZodError when it is not of that form.
 */
export function parseAccepted(yaml: string): Accepted[] {
    return z.array(acceptedFinding).parse(load(yaml));
}

/** What is to be said of findings: those that nobody has accepted, and what is accepted though nobody finds it any more. */
export function complaints(findings: readonly Finding[], accepted: readonly Accepted[]): string[] {
    const unknown = findings.filter((finding) => !accepted.some((entry) => covers(entry, finding)));
    return [
        ...new Set(unknown.map(({ stack, object, check, message }) => `${stack}: ${object}: ${message} (${check})`)),
        ...accepted.flatMap((entry) => stale(entry, findings)),
    ];
}

function covers({ check, stacks, objects }: Accepted, finding: Finding): boolean {
    return (
        check === finding.check &&
        (stacks === undefined || stacks.includes(finding.stack)) &&
        (objects === undefined || objects.includes(finding.object))
    );
}

function stale(entry: Accepted, findings: readonly Finding[]): string[] {
    const covered = findings.filter((finding) => covers(entry, finding));
    if (covered.length === 0) {
        return [`${entry.check} is accepted, but nothing is found. Remove it from the list`];
    }
    const gone = [
        ...(entry.stacks ?? []).filter((stack) => !covered.some((finding) => finding.stack === stack)),
        ...(entry.objects ?? []).filter((object) => !covered.some((finding) => finding.object === object)),
    ];
    return gone.map(
        (name) => `${entry.check} is accepted for ${name}, where nothing is found. Remove it from the list`,
    );
}
