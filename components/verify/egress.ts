import { ANYWHERE, type Egress } from "../fields/traffic";
import type { VerifyConfig } from "./settings";

/**
 * Connections to the public URL, on all ports: in the cluster, the address of a load balancer often leads directly to
 * the pods of the controller, which use other ports.
 */
export function verifyEgress({ verify }: { readonly verify: VerifyConfig }): Egress[] {
    return verify.enabled ? [{ from: ["verify"], to: ANYWHERE }] : [];
}
