import { releaseOf, type ReleaseSettings } from "../naming";
import type { ComponentName } from "../component";
import { type Destinations, type Egress, type Listener, peersFor, PROCESSES } from "../fields/traffic";
import { clusterNameOf } from "./cloudNativePg";
import { engines } from "./engines";
import { type DatabaseConfig, isServer } from "./settings";

/** Connections to an external database; none to a database of the release. */
export function databaseEgress(
    config: ReleaseSettings & {
        readonly database: DatabaseConfig;
        readonly networkPolicy: { readonly destinations: Destinations };
    },
): Egress[] {
    const { database, networkPolicy } = config;
    const from: ComponentName[] = [...PROCESSES, "backup", "retention"];
    if (database.kind === "cloudnativepg") {
        // Label of the operator's pods (docs/src/labels_annotations.md of CloudNativePG).
        const to = [{ podLabels: { "cnpg.io/cluster": clusterNameOf(releaseOf(config)) } }];
        return [{ from, to, ports: [engines.postgres.port] }];
    }
    if (database.kind !== "external") {
        return [];
    }
    const { engine, host, hostSecret, port = engines[engine].port, portSecret } = database;
    const isPortKnown = (host !== undefined || hostSecret !== undefined) && portSecret === undefined;
    return [
        {
            from,
            to: peersFor(networkPolicy.destinations.database, ...(host === undefined ? [] : [host])),
            // The port of a URL is as secret as the URL.
            ports: isPortKnown ? [port] : undefined,
        },
    ];
}

/** Who connects to a database server of the release. The storage driver takes a snapshot, so that its Job does not connect. */
export function databaseListeners({
    backup,
    database,
}: {
    readonly backup: { readonly kind: string };
    readonly database: DatabaseConfig;
}): Listener[] {
    if (!isServer(database)) {
        return [];
    }
    const clients: ComponentName[] = ["backend", "consumer", "retention", "setup", "worker"];
    return [
        {
            port: engines[database.kind].port,
            from: backup.kind === "snapshot" ? clients : [...clients, "backup"],
        },
    ];
}
