import type { Peer } from "./settings";
import type { StackConfig } from "../settings/schema";
import { usualPort } from "../database/url";
import { exits, type ExitSettings } from "./exits";
import { type Part, partsOf } from "./parts";

/** Connections that one side may open to the other: parts of the release, or what lies outside of it. */
export interface Flow {
    readonly from: Side;
    readonly to: Side;
    /** TCP ports; undefined: all. */
    readonly ports?: readonly number[];
    /** The same ports by UDP, too. */
    readonly udp?: boolean;
}

/** One side of a flow. */
export type Side = { readonly parts: readonly Part[] } | { readonly peers: readonly Peer[] };

/** What the flows of a release follow from. */
export type FlowSettings = ExitSettings &
    Pick<StackConfig, "monitoring" | "networkPolicy" | "platform" | "retention" | "worker">;

/** Ports that the parts listen on. */
export interface PartPorts {
    readonly backend: number;
    readonly frontend: number;
    readonly redis: number;
    readonly websocket: number;
    readonly websocketMetrics: number;
    readonly workerMetrics: number;
}

/** Whoever asks the database. A snapshot is taken by the storage driver, so that its job does not. */
function databaseClients({ backup }: FlowSettings): Part[] {
    const clients: Part[] = ["backend", "consumer", "retention", "setup", "worker"];
    return backup.kind === "snapshot" ? clients : [...clients, "backup"];
}

/** Every connection that the parts of a release need, and no other. */
export function flows(settings: FlowSettings, ports: PartPorts): Flow[] {
    const { database, networkPolicy, worker } = settings;
    const present = partsOf(settings);
    const parts = (...names: Part[]) => ({ parts: names.filter((name) => present.includes(name)) });
    const edge = { peers: networkPolicy.edge };
    const monitoring = { peers: networkPolicy.monitoring };
    const processes = parts("backend", "consumer", "setup", "worker");

    const inside: Flow[] = [
        { from: edge, to: parts("frontend"), ports: [ports.frontend] },
        { from: edge, to: parts("backend"), ports: [ports.backend] },
        { from: edge, to: parts("websocket"), ports: [ports.websocket] },
        // Metrics are a path of the API, and a port of Soketi.
        { from: monitoring, to: parts("backend"), ports: [ports.backend] },
        { from: monitoring, to: parts("websocket"), ports: [ports.websocketMetrics] },
        ...(settings.monitoring.enabled
            ? [
                  { from: monitoring, to: parts("consumer"), ports: [ports.backend] },
                  { from: monitoring, to: parts("worker"), ports: [ports.workerMetrics] },
              ]
            : []),
        { from: parts("frontend"), to: parts("backend"), ports: [ports.backend] },
        { from: processes, to: parts("websocket"), ports: [ports.websocket] },
        {
            from: parts("backend", "consumer", "setup", "worker", "websocket"),
            to: parts("redis"),
            ports: [ports.redis],
        },
    ];
    const toQueue: Flow[] =
        worker.queueLength === undefined
            ? []
            : [{ from: { peers: networkPolicy.autoscaler }, to: parts("redis"), ports: [ports.redis] }];
    const toDatabase: Flow[] =
        database.kind === "sqlite" || database.kind === "external"
            ? []
            : [{ from: parts(...databaseClients(settings)), to: parts("database"), ports: [usualPort(database.kind)] }];
    const names: Flow = {
        // Database and Redis call nobody.
        from: parts("backend", "backup", "consumer", "frontend", "retention", "setup", "websocket", "worker"),
        ...nameServers(settings),
        udp: true,
    };
    const out = exits(settings).map(({ from, to, ports: open }): Flow => ({
        from: parts(...from),
        to: { peers: to },
        ports: open,
    }));
    return [...inside, ...toQueue, ...toDatabase, names, ...out].filter(
        ({ from, to }) => !isEmpty(from) && !isEmpty(to),
    );
}

function isEmpty(side: Side): boolean {
    return ("parts" in side ? side.parts : side.peers).length === 0;
}

/** Where names are asked for: the platform's own servers, and the cache that listens on a link-local address of some nodes. */
function nameServers({ networkPolicy, platform }: FlowSettings): { to: Side; ports: number[] } {
    const cache: Peer = { cidr: "169.254.20.10/32" };
    const usual: Peer[] =
        platform === "openshift" ? [{ namespace: "openshift-dns" }] : [{ namespace: "kube-system" }, cache];
    return { to: { peers: networkPolicy.dns ?? usual }, ports: platform === "openshift" ? [5353] : [53] };
}
