import type * as z from "zod";

import type { tier } from "../tiers/settings";
import type { Resources } from "../fields/vocabulary";

/** How much a Keep is made for, from the least. */
export const sizes = ["small", "medium", "large", "xlarge"] as const;

/** How much a Keep is made for. */
export type Size = (typeof sizes)[number];

type TierPreset = Pick<z.input<typeof tier>, "autoscaling" | "resources">;

interface ServerPreset {
    readonly resources?: Resources;
    /** Parameters of the server; `max_connections` is what the program holds its processes' connections against. */
    readonly settings: Readonly<Record<string, string | number>> & { readonly max_connections: number };
}

/** What a size puts in place of the usual defaults; whatever the stack file says itself wins. */
export interface Preset {
    readonly backend?: TierPreset;
    readonly worker?: TierPreset & { readonly processes: number };
    readonly frontend?: TierPreset;
    /** With Redis only: without it there may be one Soketi. */
    readonly websocket?: TierPreset;
    /** Redis of our own. */
    readonly redis?: { readonly resources: Resources };
    /** Connections of each process, with every server. */
    readonly pool?: { readonly size: number; readonly maxOverflow: number };
    /** Servers of our own. */
    readonly postgres: ServerPreset;
    readonly mysql: ServerPreset;
}

/** A pod of two processes: each can use a CPU, as Python runs on one at a time. */
const TWO_PROCESSES = { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } };

/** Server of the tables below: 8 CPUs and 32 GiB at most, of which `cpu` and `memory` are reserved. */
function serverResources(cpu: string, memory: string): Resources {
    return { requests: { cpu, memory }, limits: { cpu: "8", memory: "32Gi" } };
}

/**
 * After the tables of docs/deployment/stress-testing.mdx in Keep's repository: medium is its row of 10,000 to 100,000 alerts, large
 * that of 100,000 to 500,000, xlarge that of 1,000 alerts a minute. What the tables give to the backend as a whole is the sum of the
 * limits of API and workers at rest; autoscaling goes beyond. PostgreSQL's shared_buffers is a quarter of the memory reserved
 * (https://www.postgresql.org/docs/current/runtime-config-resource.html), InnoDB's pool half of it. Where connections are kept open
 * all the time, more of the same number are in the pool and fewer on top.
 */
export const presets: Readonly<Record<Size, Preset>> = {
    small: {
        postgres: { settings: { max_connections: 200, shared_buffers: "256MB" } },
        mysql: { settings: { max_connections: 200 } },
    },
    medium: {
        backend: { autoscaling: { min: 2, max: 4 }, resources: TWO_PROCESSES },
        worker: { processes: 2, autoscaling: { min: 2, max: 4 }, resources: TWO_PROCESSES },
        frontend: { autoscaling: { min: 2, max: 4 } },
        websocket: { autoscaling: { min: 2, max: 4 } },
        redis: { resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "2", memory: "1Gi" } } },
        postgres: {
            resources: serverResources("2", "8Gi"),
            settings: { max_connections: 400, shared_buffers: "2GB", effective_cache_size: "6GB" },
        },
        mysql: {
            resources: serverResources("2", "8Gi"),
            settings: { max_connections: 400, innodb_buffer_pool_size: "4G" },
        },
    },
    large: {
        backend: { autoscaling: { min: 2, max: 6 }, resources: TWO_PROCESSES },
        worker: { processes: 2, autoscaling: { min: 2, max: 6 }, resources: TWO_PROCESSES },
        frontend: { autoscaling: { min: 2, max: 4 } },
        websocket: { autoscaling: { min: 2, max: 4 } },
        redis: { resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "4", memory: "8Gi" } } },
        pool: { size: 10, maxOverflow: 5 },
        postgres: {
            resources: serverResources("4", "32Gi"),
            settings: { max_connections: 600, shared_buffers: "8GB", effective_cache_size: "24GB" },
        },
        mysql: {
            resources: serverResources("4", "32Gi"),
            settings: { max_connections: 600, innodb_buffer_pool_size: "16G" },
        },
    },
    xlarge: {
        backend: { autoscaling: { min: 4, max: 10 }, resources: TWO_PROCESSES },
        worker: { processes: 2, autoscaling: { min: 4, max: 12 }, resources: TWO_PROCESSES },
        frontend: { autoscaling: { min: 2, max: 6 } },
        websocket: { autoscaling: { min: 2, max: 6 } },
        redis: { resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { cpu: "4", memory: "8Gi" } } },
        pool: { size: 10, maxOverflow: 5 },
        postgres: {
            resources: serverResources("8", "32Gi"),
            settings: { max_connections: 1000, shared_buffers: "8GB", effective_cache_size: "24GB" },
        },
        mysql: {
            resources: serverResources("8", "32Gi"),
            settings: { max_connections: 1000, innodb_buffer_pool_size: "16G" },
        },
    },
};
