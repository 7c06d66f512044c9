import { type Egress, peersFor, portOf, PROCESSES } from "../fields/traffic";
import type { StackConfig } from "../settings/schema";

/** Connections to Elasticsearch. */
export function elasticsearchEgress({
    elasticsearch,
    networkPolicy,
}: Pick<StackConfig, "elasticsearch" | "networkPolicy">): Egress[] {
    if (elasticsearch === undefined) {
        return [];
    }
    const { hosts } = elasticsearch;
    const peers = hosts.flatMap((url) => peersFor(networkPolicy.destinations.elasticsearch, new URL(url).hostname));
    return [{ from: PROCESSES, to: [...new Set(peers)], ports: [...new Set(hosts.map(portOf))] }];
}
