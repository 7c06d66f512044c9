import * as pulumi from "@pulumi/pulumi";

import type { EnvTier, SecretEnv } from "./settings";
import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, secretName } from "../naming";

/** Values of `keep:secretEnv`, by their keys in the Secret. */
export function secretEnvValues(secretEnv: SecretEnv): Record<string, pulumi.Output<string>> {
    const entries = Object.entries(secretEnv).flatMap(([tier, env]) =>
        Object.entries(env).map(([variable, value]) => [`${tier}.${variable}`, pulumi.secret(value)] as const),
    );
    return Object.fromEntries(entries);
}

/** Environment of a tier from `keep:secretEnv`: references to the Secret with its values. */
export function secretEnvOf(release: Release, secretEnv: SecretEnv, tier: EnvTier): Record<string, SecretKeyRef> {
    const name = secretName(release, "env");
    const variables = Object.keys(secretEnv[tier] ?? {});
    return Object.fromEntries(
        variables.map((variable) => [variable, { secret: { name, key: `${tier}.${variable}` } }]),
    );
}
