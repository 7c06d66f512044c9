import { createHash } from "node:crypto";

import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";
import { generatedPassword } from "./generated";

/** User name of every login with an API key: Keep looks at the password alone (keep/identitymanager/authverifierbase.py). */
const USERNAME = "metrics";

/** How Prometheus proves to Keep's API that it may read metrics: by HTTP basic authentication. */
export interface MetricsLogin {
    readonly username: SecretKeyRef;
    readonly password: SecretKeyRef;
    /**
     * The same key for the setup step, as `KEEP_DEFAULT_API_KEYS` wants it; undefined when the stack brings its own. Its name
     * follows its value: Keep never changes a key that it has, so that another one must come under another name.
     */
    readonly apiKey: pulumi.Output<string> | undefined;
}

/** Settings that the login follows from. */
export interface MetricsSettings {
    readonly enabled: boolean;
    readonly apiKeySecret?: SecretKeyRef["secret"];
}

/** Makes the login that PodMonitors refer to. Role "noc" is the least that may read metrics (keep/identitymanager/rbac.py). */
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
