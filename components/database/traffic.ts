import { releaseOf, type ReleaseSettings } from "../naming";
import type { ComponentName } from "../component";
import { type Destinations, type Egress, type Listener, peersFor, PROCESSES } from "../fields/traffic";
import { clusterNameOf } from "./cloudNativePg";
import { engines } from "./engines";
import { type DatabaseConfig, hasParts, isServer } from "./settings";

/** Connections to an external database; empty for a server in the cluster. */
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
    const { engine, host, port = engines[engine].port, portSecret } = database;
    const isPortKnown = hasParts(database) && portSecret === undefined;
    // The URL with the port is secret.
    const ports = isPortKnown ? [port] : undefined;
    const hosts = host === undefined ? [] : [host];
    return [{ from, to: peersFor(networkPolicy.destinations.database, ports, ...hosts) }];
}

/**
 * The clients of a database server in the cluster. The Job of a snapshot is not one, because the storage driver creates
 * snapshots.
 */
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
    const clients: ComponentName[] = [...PROCESSES, "retention"];
    return [
        {
            port: engines[database.kind].port,
            from: backup.kind === "snapshot" ? clients : [...clients, "backup"],
        },
    ];
}
