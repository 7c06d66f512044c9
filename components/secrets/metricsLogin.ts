import { createHash } from "node:crypto";

import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";
import { generatedPassword } from "./generated";

/** User name for API keys. Keep only reads the password (keep/identitymanager/authverifierbase.py). */
const USERNAME = "metrics";

/** Credentials with which Prometheus reads the metrics of Keep's API, by HTTP basic authentication. */
export interface MetricsLogin {
    readonly username: SecretKeyRef;
    readonly password: SecretKeyRef;
    /**
     * The key in the format of `KEEP_DEFAULT_API_KEYS`, for the setup Job; undefined if the user sets an API key. Its
     * name is derived from its value, because Keep never changes an existing key, so another value needs another name.
     */
    readonly apiKey: pulumi.Output<string> | undefined;
}

/** Settings that determine the login. */
export interface MetricsSettings {
    readonly enabled: boolean;
    readonly apiKeySecret?: SecretKeyRef["secret"];
}

/**
 * Creates the Secret with the login for PodMonitors. "noc" is the role with the fewest rights that can read metrics
 * (keep/identitymanager/rbac.py).
 */
export function createMetricsLogin(
    name: string,
    release: Release,
    { monitoring }: { readonly monitoring: MetricsSettings },
    opts: pulumi.CustomResourceOptions,
): MetricsLogin | undefined {
    if (!monitoring.enabled) {
        return undefined;
    }
    const { apiKeySecret } = monitoring;
    const key = apiKeySecret === undefined ? generatedPassword(`${name}-metrics`, opts) : undefined;
    const physical = secretName(release, "metrics");
    new k8s.core.v1.Secret(
        `${name}-metrics`,
        {
            metadata: { name: physical, namespace: release.namespace, labels: scopeOf(release, "secrets").labels },
            stringData: { username: USERNAME, ...(key === undefined ? {} : { password: key }) },
            type: "Opaque",
        },
        opts,
    );
    return {
        username: { secret: { name: physical, key: "username" } },
        password: { secret: apiKeySecret ?? { name: physical, key: "password" } },
        apiKey: key?.apply((text) => `${USERNAME}-${nameSuffix(text)}:noc:${text}`),
    };
}

function nameSuffix(key: string): string {
    return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
