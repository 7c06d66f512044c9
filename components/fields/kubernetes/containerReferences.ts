import type * as z from "zod";

import { isPortName } from "./values";

/** Fields in which a container names a part of itself. All have the form of their types, when their values are judged. */
interface Container {
    readonly lifecycle?: { readonly postStart?: Handler | null; readonly preStop?: Handler | null } | null;
    readonly livenessProbe?: Handler | null;
    readonly ports?: readonly { readonly name?: string | null }[] | null;
    readonly readinessProbe?: Handler | null;
    readonly startupProbe?: Handler | null;
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
