import { createHmac } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { resolveInputs } from "../tokens";

/**
 * Hash of values that pods read when they start. As an annotation of pods, it restarts them when a value changes. It is
 * keyed with a generated password, so that values cannot be guessed from it, and is therefore not a secret.
 */
export function fingerprint(
    key: pulumi.Input<string>,
    values: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<string> {
    const hash = pulumi.all([key, pulumi.all(resolveInputs(values))]).apply(([password, resolved]) =>
        createHmac("sha256", password)
            .update(JSON.stringify(Object.entries(resolved).sort()))
            .digest("hex")
            .slice(0, 16),
    );
    return pulumi.unsecret(hash);
}

/** Combines several hashes. */
export function joined(fingerprints: readonly (pulumi.Input<string> | undefined)[]): pulumi.Output<string> {
    return pulumi
        .all(fingerprints.filter((fingerprint) => fingerprint !== undefined))
        .apply((texts) => texts.join("."));
}
