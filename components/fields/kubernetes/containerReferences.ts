import type * as z from "zod";

import { isPortName } from "./values";

/** Fields in which a container names a part of itself. All have the form of their types, when their values are judged. */
interface Container {
    readonly env?: readonly { readonly name?: string }[] | null;
    readonly envFrom?: readonly unknown[] | null;
    readonly lifecycle?: { readonly postStart?: Handler | null; readonly preStop?: Handler | null } | null;
    readonly livenessProbe?: Handler | null;
    readonly ports?: readonly { readonly name?: string | null }[] | null;
    readonly readinessProbe?: Handler | null;
    readonly startupProbe?: Handler | null;
    readonly volumeMounts?: readonly object[] | null;
}

type Handler = Readonly<Partial<Record<"httpGet" | "tcpSocket", { readonly port?: unknown } | null>>>;

/**
 * Adds an issue for each probe and hook with the name of a port that its container does not have. The API server takes
 * any name, and the kubelet then never succeeds (pkg/probe/util.go, ResolveContainerPort).
 */
export function rejectUnknownPorts(container: Container, context: z.RefinementCtx): void {
    const { lifecycle, livenessProbe, ports, readinessProbe, startupProbe } = container;
    const names = (ports ?? []).map(({ name }) => name);
    const handlers: readonly (readonly [path: readonly string[], handler: Handler | null | undefined])[] = [
        [["livenessProbe"], livenessProbe],
        [["readinessProbe"], readinessProbe],
        [["startupProbe"], startupProbe],
        [["lifecycle", "postStart"], lifecycle?.postStart],
        [["lifecycle", "preStop"], lifecycle?.preStop],
    ];
    for (const [path, handler] of handlers) {
        for (const action of ["httpGet", "tcpSocket"] as const) {
            const port = handler?.[action]?.port;
            if (typeof port === "string" && isPortName(port) && !names.includes(port)) {
                const message =
                    "is not the name of a port of this container. Add the name to its ports, or give the number";
                context.addIssue({ code: "custom", path: [...path, action, "port"], message });
            }
        }
    }
}

/**
 * Adds an issue for each mount with a variable in its subPathExpr that its container does not have. With envFrom, the
 * names are unknown.
 */
export function rejectUnknownVariables({ env, envFrom, volumeMounts }: Container, context: z.RefinementCtx): void {
    const names = (env ?? []).map(({ name }) => name);
    for (const { index, variable } of (envFrom ?? []).length > 0 ? [] : mountVariables(volumeMounts ?? [])) {
        if (!names.includes(variable)) {
            const message = `contains $(${variable}), but this container has no such variable. Add it to its env, or correct the name`;
            context.addIssue({ code: "custom", path: ["volumeMounts", index, "subPathExpr"], message });
        }
    }
}

/**
 * The variables in the subPathExpr of mounts, each with the index of its mount. The kubelet starts no container that
 * lacks one (pkg/kubelet/container/helpers.go, ExpandContainerVolumeMounts); it gives those of the API's own Service
 * itself (pkg/kubelet/kubelet_pods.go, masterServices).
 */
export function mountVariables(mounts: readonly object[]): { readonly index: number; readonly variable: string }[] {
    return mounts.flatMap((mount, index) => {
        const { subPathExpr } = mount as { readonly subPathExpr?: unknown };
        const variables = typeof subPathExpr === "string" ? variablesIn(subPathExpr) : [];
        return variables.flatMap((variable) => (variable.startsWith("KUBERNETES_") ? [] : [{ index, variable }]));
    });
}

/** The variables that Kubernetes replaces in a text, as `$(NAME)`; `$$(NAME)` is no reference, but its escape. */
export function variablesIn(text: string): string[] {
    return [...text.matchAll(/\$(?:\$|\(([^)]*)\))/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
