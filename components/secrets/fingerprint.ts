import { createHmac } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { resolveInputs } from "../tokens";

/**
 * Fingerprint of what pods read at start: as a pod annotation it makes them restart when a value changes, although names
 * stay. Keyed with a generated password, so that it tells nothing of a value that could be guessed; therefore not a secret.
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

/** One fingerprint for several. */
export function joined(fingerprints: readonly (pulumi.Input<string> | undefined)[]): pulumi.Output<string> {
    return pulumi
        .all(fingerprints.filter((fingerprint) => fingerprint !== undefined))
        .apply((texts) => texts.join("."));
}
