import { type Egress, peersFor, portOf, PROCESSES } from "../fields/traffic";
import type { StackConfig } from "../settings/schema";
import { providerUrls } from "./settings";

/** Connections of API and user interface to the identity provider. */
export function authEgress({ auth, networkPolicy }: Pick<StackConfig, "auth" | "networkPolicy">): Egress[] {
    const ports = [...new Set(providerUrls(auth).map(portOf))];
    const { identityProvider } = networkPolicy.destinations;
    return ports.length === 0 ? [] : [{ from: [...PROCESSES, "frontend"], to: peersFor(identityProvider), ports }];
}
