import { createHmac } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * A password made once and kept in the stack's state: 32 letters and digits, beginning with a letter. No other sign, since
 * it stands in URLs; no leading digit, since Soketi reads its environment as JSON and would take digits for a number.
 */
export function generatedPassword(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
    const { result } = new random.RandomPassword(
        name,
        { length: 31, special: false, minLower: 1, minUpper: 1, minNumeric: 1 },
        { ...opts, additionalSecretOutputs: ["result"] },
    );
    return pulumi.secret(pulumi.interpolate`k${result}`);
}

/**
 * Fingerprint of what pods read at start: as a pod annotation it makes them restart when a value changes, although names
 * stay. Keyed with a generated password, so that it tells nothing of a value that could be guessed; therefore not a secret.
 */
export function fingerprint(
    key: pulumi.Input<string>,
    values: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<string> {
    const hash = pulumi.all([key, pulumi.all(values)]).apply(([password, resolved]) =>
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
