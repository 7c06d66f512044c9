import { isInternal } from "../fields/host";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type Address, addresses, hostIn, type ServiceSettings } from "../serviceAddresses";
import { hasOwnTrust, type Trusting } from "./ownTrust";
import type { Certificates } from "./settings";

type Settings = Readonly<Record<"backend" | "consumer" | "frontend" | "worker", Trusting>> &
    ServiceSettings & {
        readonly extraCa?: Certificates | undefined;
        readonly images: { readonly backup: string };
    };

/** The image of rclone, also in a mirror. Another image may trust an authority of its owner. */
const RCLONE = /(^|\/)rclone\/rclone(:|@|$)/;

/**
 * Conditions on https addresses: a client that trusts only the public authorities verifies each certificate, so the host is
 * not one that only an authority of the user can sign a certificate for.
 */
export const authorityRules: readonly Rule<Settings>[] = addresses.map(
    (of): Rule<Settings> =>
        (settings) =>
            of(settings).map(
                (address) =>
                    address.at !== undefined &&
                    /^https:/i.test(address.at) &&
                    isInternal(hostIn(address.at)) &&
                    isVerified(address, settings) &&
                    issue(
                        address.path,
                        `has a certificate that no public authority can have signed. Set keep:extraCa to its authority${otherFix(address)}`,
                        { value: address.at },
                    ),
            ),
);

/** Whether the clients of an address trust the public authorities alone. */
function isVerified({ from, path }: Address, settings: Settings): boolean {
    const { auth, elasticsearch, extraCa, images } = settings;
    const isBackendOnly = from.every((tier) => tier === "backend");
    const clients = from.flatMap((tier) => (tier === "websocket" ? [] : [settings[tier]]));
    return (
        extraCa === undefined &&
        // Clients do not agree on the authorities of a proxy.
        !path.startsWith("proxy.") &&
        !(path.startsWith("elasticsearch.") && elasticsearch?.verifyCerts === false) &&
        !(isBackendOnly && auth.kind === "keycloak" && path === "auth.url" && !auth.verifyCertificate) &&
        !(path === "backup.endpoint" && !RCLONE.test(images.backup)) &&
        !clients.some(hasOwnTrust)
    );
}

function otherFix({ path }: Address): string {
    return path.startsWith("elasticsearch.") ? ", or keep:elasticsearch.verifyCerts to false" : "";
}
