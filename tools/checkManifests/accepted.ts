import { load } from "js-yaml";
import * as z from "zod";

import type { Finding } from "./finding";

const acceptedFinding = z.strictObject({
    /** The linter's ID of the check. */
    check: z.string().min(1),
    /** Stacks and objects for which it is accepted; all by default. */
    stacks: z.array(z.string()).min(1).optional(),
    objects: z.array(z.string()).min(1).optional(),
    /** Why the manifests are correct. */
    reason: z.string().min(40),
});

/** A check whose findings the repository accepts, with the reason. */
export type Accepted = z.infer<typeof acceptedFinding>;

/**
 * Reads a list of accepted findings.
 * @throws z.ZodError if it has another form
 */
export function parseAccepted(yaml: string): Accepted[] {
    return z.array(acceptedFinding).parse(load(yaml));
}

/** Messages about findings that are not accepted, and about entries of the list without a finding. */
export function problemsOf(findings: readonly Finding[], accepted: readonly Accepted[]): string[] {
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
        return [`${entry.check} is in the list, but kube-score reports no such finding. Remove the entry`];
    }
    const gone = [
        ...(entry.stacks ?? []).filter((stack) => !covered.some((finding) => finding.stack === stack)),
        ...(entry.objects ?? []).filter((object) => !covered.some((finding) => finding.object === object)),
    ];
    return gone.map(
        (name) =>
            `${entry.check} is in the list for ${name}, but kube-score reports no such finding. Remove ${name} from the entry`,
    );
}
