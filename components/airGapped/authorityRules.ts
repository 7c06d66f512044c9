import { bucketTrustsExtraCa } from "../database/cloudNativePgBackup";
import { isPublicService } from "../fields/bucketEndpoint";
import { isInternal, isOnlyInCluster, UNSIGNED } from "../fields/host";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type Address, addresses, hostIn, type ServiceSettings } from "../serviceAddresses";
import { hasOwnTrust, type Trusting } from "./ownTrust";
import type { Certificates } from "./settings";

type Settings = Readonly<Record<"backend" | "consumer" | "frontend" | "worker", Trusting>> &
    ServiceSettings & {
        readonly extraCa?: Certificates | undefined;
        readonly images: { readonly backup: string; readonly websocket: string };
        readonly publicUrl: string;
    };

/** The address to which the operator of the database connects, with an image of its own. */
const OF_OPERATOR = "database.backup.endpoint";

/** The image of rclone, also in a mirror. Another image may trust an authority of its owner. */
const RCLONE = /(^|\/)rclone\/rclone(:|@|$)/;

/** The image of Soketi, also in a mirror. */
const SOKETI = /(^|\/)soketi\/soketi(:|@|$)/;

/**
 * Conditions on https addresses: a client that trusts only the public authorities verifies each certificate, so the host is
 * not one that only an authority of the user can sign a certificate for.
 */
export const authorityRules: readonly Rule<Settings>[] = [
    ...addresses.map(
        (of): Rule<Settings> =>
            (settings) =>
                of(settings).map(
                    (address) =>
                        address.at !== undefined &&
                        /^https:/i.test(address.at) &&
                        isInternal(hostIn(address.at)) &&
                        isVerified(address, settings) &&
                        issue(address.path, `${UNSIGNED}. Set keep:extraCa to its authority${otherFix(address)}`, {
                            value: address.at,
                        }),
                ),
    ),
    // Soketi verifies the authority and the name (its ioredis uses Node's TLS), Keep's own client the authority alone.
    ({ extraCa, images, redis, websocket }) => {
        const trustsPublic =
            extraCa === undefined &&
            websocket.kind === "soketi" &&
            SOKETI.test(images.websocket) &&
            !hasOwnTrust(websocket);
        if (redis.kind !== "external" || !redis.tls || !trustsPublic) {
            return [];
        }
        // The server that Sentinels announce is in the same network as they are.
        const sentinels = redis.sentinel?.hosts ?? [];
        const places = [
            ...(redis.host === undefined ? [] : [["redis.host", redis.host, redis.host] as const]),
            ...sentinels.map((at, index) => [`redis.sentinel.hosts.${index}`, at, hostIn(`redis://${at}`)] as const),
        ];
        return places.map(([path, value, host]) => unsigned(path, value, host, "Soketi"));
    },
    // Keep sends events with a client that has authorities of its own. Only keep:extraCa replaces them (pusher/requests.py
    // in pusher/pusher-http-python).
    ({ backend, consumer, extraCa, publicUrl, websocket, worker }) =>
        backend.enabled &&
        extraCa === undefined &&
        websocket.kind === "external" &&
        websocket.port === 443 &&
        !isOnlyInCluster(websocket.host, websocket.port, publicUrl) &&
        ![backend, consumer, worker].some(hasOwnPusher)
            ? [unsigned("websocket.host", websocket.host, websocket.host, "Keep's client for live updates")]
            : [],
    ({ database, extraCa }) => {
        if (database.kind !== "cloudnativepg" || database.backup === undefined) {
            return [];
        }
        const { endpoint, trust } = database.backup;
        const isUndecided =
            trust === undefined &&
            extraCa !== undefined &&
            endpoint?.startsWith("https:") === true &&
            !isPublicService(endpoint) &&
            !isInternal(hostIn(endpoint));
        return [
            isUndecided &&
                issue(
                    "database.backup.trust",
                    `is missing. The operator trusts the public authorities or those of keep:extraCa, not both. Set it to the ones that have signed the certificate of ${hostIn(endpoint)}: public or extraCa`,
                ),
        ];
    },
    ({ database, extraCa }) => [
        bucketTrustsExtraCa(database) &&
            extraCa === undefined &&
            issue("database.backup.trust", "is extraCa, but keep:extraCa is missing. Set it, or set trust to public", {
                value: "extraCa",
            }),
        bucketTrustsExtraCa(database) &&
            extraCa?.configMap !== undefined &&
            issue(
                "extraCa.configMap",
                "cannot be used with keep:database.backup.trust, because the operator reads Secrets alone. Set pem or secret instead",
            ),
    ],
];

/** The issue of a host that a client verifies with the public authorities alone; false if these may sign its certificate. */
function unsigned(path: string, value: string, host: string, client: string) {
    return (
        isInternal(host) &&
        issue(path, `${UNSIGNED}, so ${client} rejects it. Set keep:extraCa to its authority`, { value })
    );
}

/** Whether a tier may have other authorities for live updates than those of the client's package. */
function hasOwnPusher({ envFrom, image, volumeMounts }: Trusting): boolean {
    return (
        image !== undefined ||
        envFrom.length > 0 ||
        volumeMounts.some(({ mountPath }) => typeof mountPath !== "string" || /\/pusher(\/|$)/.test(mountPath))
    );
}

/** Whether the clients of an address trust the public authorities alone. */
function isVerified({ from, path }: Address, settings: Settings): boolean {
    const { auth, database, elasticsearch, extraCa, images } = settings;
    if (path === OF_OPERATOR) {
        return !bucketTrustsExtraCa(database);
    }
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
    if (path === OF_OPERATOR) {
        return ", and keep:database.backup.trust to extraCa";
    }
    return path.startsWith("elasticsearch.") ? ", or keep:elasticsearch.verifyCerts to false" : "";
}
