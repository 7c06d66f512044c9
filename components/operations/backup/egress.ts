import { ANYWHERE, API_SERVER_PORTS, type Egress, peersFor, portOf } from "../../fields/traffic";
import type { StackConfig } from "../../settings/schema";

/** Connections of the backup's Job: to the API server for snapshots, to the bucket for dumps. */
export function backupEgress({ backup, networkPolicy }: Pick<StackConfig, "backup" | "networkPolicy">): Egress[] {
    switch (backup.kind) {
        case "snapshot":
            return [{ from: ["backup"], to: peersFor(networkPolicy.destinations.apiServer), ports: API_SERVER_PORTS }];
        case "s3":
            // A bucket may be anywhere: rclone resolves its address.
            return [{ from: ["backup"], to: ANYWHERE, ports: [portOf(backup.endpoint ?? "https://s3.amazonaws.com")] }];
        case "none":
        case "volume":
            return [];
    }
}
