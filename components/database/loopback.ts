import * as z from "zod";

import { isLoopback } from "../fields/host";

const backendShape = z.looseObject({ initContainers: z.array(z.unknown()) });
const native = z.looseObject({ restartPolicy: z.literal("Always") });

/**
 * The message for a database in the pod itself, which the Jobs of setup and backup could not reach; undefined for any
 * other host, and for a proxy that runs in the Jobs too.
 * @param backend `keep:backend`, valid or not
 */
export function loopbackFault(host: string, backend: unknown): string | undefined {
    const { initContainers = [] } = backendShape.safeParse(backend).data ?? {};
    return isLoopback(host) && !initContainers.some((container) => native.safeParse(container).success)
        ? "is the pod itself, and the Jobs of setup and backup have no keep:backend.sidecars. Run a proxy as one of keep:backend.initContainers with restartPolicy Always, which all of them have, or behind a Service"
        : undefined;
}
