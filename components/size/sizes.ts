import type { Resources } from "../fields/vocabulary";

/** How much a Keep is made for, from the least: alerts in the database, and how many arrive. */
export const loads = {
    small: "up to 10,000 alerts, hundreds a day",
    medium: "up to 100,000 alerts, thousands a day",
    large: "up to 500,000 alerts, or 500 a minute at 8 CPUs",
    xlarge: "more than that, or 1,000 a minute at 16 CPUs",
};

/** How much a Keep is made for. */
export type Size = keyof typeof loads;

/** Every size, from the least. */
export const sizes = Object.keys(loads) as Size[];

/** What a size sets for a tier. */
export interface TierPreset {
    readonly autoscaling: { readonly min: number; readonly max: number };
    readonly resources?: Resources;
    readonly processes?: number;
}

/** The defaults of a size. Those of a database server are in its engine. Explicit settings take precedence. */
export interface Preset {
    readonly backend?: TierPreset;
    readonly worker?: TierPreset;
    readonly frontend?: TierPreset;
    /** With Redis only: without it there may be one Soketi. */
    readonly websocket?: TierPreset;
    /** Redis in the cluster. */
    readonly redis?: { readonly resources: Resources };
    /** Connections of each process, with every server. */
    readonly pool?: { readonly size: number; readonly maxOverflow: number };
}

const pods = (min: number, max: number): TierPreset => ({ autoscaling: { min, max } });

/** Pods of two processes: each process can use a CPU, as Python runs on one at a time. */
const pythonPods = (min: number, max: number) => ({
    ...pods(min, max),
    resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
});

const redis = (requests: Resources["requests"], limits: Resources["limits"]) => ({ resources: { requests, limits } });

/**
 * After the tables of docs/deployment/stress-testing.mdx in Keep's repository: medium is its row of 10,000 to 100,000 alerts, large
 * that of 100,000 to 500,000, xlarge that of 1,000 alerts a minute. What the tables give to the backend as a whole is the sum of the
 * limits of API and workers at rest; autoscaling goes beyond. Where connections are kept open all the time, more of the same number
 * are in the pool and fewer on top.
 */
export const presets: Readonly<Record<Size, Preset>> = {
    small: {},
    medium: {
        backend: pythonPods(2, 4),
        worker: { processes: 2, ...pythonPods(2, 4) },
        frontend: pods(2, 4),
        websocket: pods(2, 4),
        redis: redis({ cpu: "250m", memory: "512Mi" }, { cpu: "2", memory: "1Gi" }),
    },
    large: {
        backend: pythonPods(2, 6),
        worker: { processes: 2, ...pythonPods(2, 6) },
        frontend: pods(2, 4),
        websocket: pods(2, 4),
        redis: redis({ cpu: "1", memory: "4Gi" }, { cpu: "4", memory: "8Gi" }),
        pool: { size: 10, maxOverflow: 5 },
    },
    xlarge: {
        backend: pythonPods(4, 10),
        worker: { processes: 2, ...pythonPods(4, 12) },
        frontend: pods(2, 6),
        websocket: pods(2, 6),
        redis: redis({ cpu: "2", memory: "8Gi" }, { cpu: "4", memory: "8Gi" }),
        pool: { size: 10, maxOverflow: 5 },
    },
};
