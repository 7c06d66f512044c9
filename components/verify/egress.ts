import { ANYWHERE, type Egress } from "../fields/traffic";
import type { VerifyConfig } from "./settings";

/**
 * Connections to the public URL. Inside the cluster the address of a load balancer often leads straight to the pods of the controller,
 * at ports of theirs, so no port can be named.
 */
export function verifyEgress({ verify }: { readonly verify: VerifyConfig }): Egress[] {
    return verify.enabled ? [{ from: ["verify"], to: ANYWHERE }] : [];
}
