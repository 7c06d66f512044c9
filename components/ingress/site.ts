import type { EdgeConfig } from "./settings";
import type { HstsConfig } from "./fields";
import { type Release, secretName } from "../naming";

/** The public side of a way in, whatever its kind. */
export interface Site {
    /** Host names, that of `keep:publicUrl` first. */
    readonly hosts: readonly [string, ...string[]];
    /** Whether TLS ends at this edge. */
    readonly encrypted: boolean;
    /** Secret with the certificate; undefined without TLS here, and when the controller has one of its own. */
    readonly certificate: string | undefined;
}

/** Hosts and certificate of a way in. */
export function siteOf(publicUrl: string, config: EdgeConfig, release: Release): Site {
    const { tls, extraHosts } = config;
    const encrypted = tls !== undefined && !tls.terminatedOutside;
    return {
        hosts: [new URL(publicUrl).hostname, ...extraHosts],
        encrypted,
        certificate: encrypted && !tls.defaultCertificate ? (tls.secretName ?? secretName(release, "tls")) : undefined,
    };
}

/** Value of the Strict-Transport-Security header (RFC 6797), without spaces: older OpenShift routers take no header with one. */
export function hstsHeader({ maxAgeSeconds, includeSubdomains, preload }: HstsConfig): string {
    return [
        `max-age=${maxAgeSeconds}`,
        ...(includeSubdomains ? ["includeSubDomains"] : []),
        ...(preload ? ["preload"] : []),
    ].join(";");
}
