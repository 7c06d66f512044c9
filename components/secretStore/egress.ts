import type { PortedPeer } from "../fields/peer";
import { API_SERVER_PORTS, type Egress, peersFor, portOf, PROCESSES } from "../fields/traffic";
import type { StackConfig } from "../settings/schema";

/** Where pods get their identity in a cloud: EKS Pod Identity, and GKE's metadata server. */
const CLOUD_IDENTITY: Readonly<Record<"aws" | "gcp", readonly PortedPeer[]>> = {
    aws: [{ cidr: "169.254.170.23/32", ports: [80] }],
    gcp: [
        { cidr: "169.254.169.254/32", ports: [80] },
        { cidr: "169.254.169.252/32", ports: [988] },
    ],
};

/** Connections to the secret store. */
export function secretStoreEgress({
    networkPolicy,
    secretStore,
}: Pick<StackConfig, "networkPolicy" | "secretStore">): Egress[] {
    const { apiServer, secretStore: configured } = networkPolicy.destinations;
    switch (secretStore.kind) {
        case "kubernetes":
            return [{ from: PROCESSES, to: peersFor(apiServer), ports: API_SERVER_PORTS }];
        case "vault": {
            const { hostname } = new URL(secretStore.address);
            return [{ from: PROCESSES, to: peersFor(configured, hostname), ports: [portOf(secretStore.address)] }];
        }
        case "aws":
        case "gcp":
            return [
                { from: PROCESSES, to: peersFor(configured), ports: [443] },
                ...CLOUD_IDENTITY[secretStore.kind].map(({ ports, ...peer }) => ({
                    from: PROCESSES,
                    to: [peer],
                    ports,
                })),
            ];
        case "database":
            return [];
    }
}
