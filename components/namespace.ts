import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { NamespaceConfig } from "./settings/schema";
import { type Release, scopeOf } from "./naming";

/** Makes the release's namespace, enforcing a Pod Security level; nothing when it exists already. */
export function createNamespace(
    name: string,
    release: Release,
    { create, podSecurity, labels, annotations }: NamespaceConfig,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    if (!create) {
        return [];
    }
    const enforce: Record<string, string> =
        podSecurity === "none" ? {} : { "pod-security.kubernetes.io/enforce": podSecurity };
    const metadata = {
        name: release.namespace,
        labels: { ...labels, ...scopeOf(release, "namespace").labels, ...enforce },
        annotations,
    };
    return [new k8s.core.v1.Namespace(name, { metadata }, opts)];
}
