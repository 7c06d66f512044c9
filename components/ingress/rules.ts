import type { StackConfig } from "../settings/schema";
import { dnsName } from "../fields/vocabulary";
import { edgeProblems } from "./limits";
import { issue, type Issue } from "../fields/issue";

/** Conditions on the public address: scheme, certificate, prefixes, and what Keep's image can serve. */
export function addressProblems({
    publicUrl,
    ingress,
    frontend,
    websocket,
}: Pick<StackConfig, "publicUrl" | "ingress" | "frontend" | "websocket">): (Issue | false)[] {
    const { protocol, port, hostname } = new URL(publicUrl);
    if (ingress.kind === "none") {
        return protocol === "https:" && websocket.kind === "soketi"
            ? [
                  issue(
                      "publicUrl",
                      "is https, but without a way in browsers reach the websocket by plain port-forward. Use http://localhost:3000, or set keep:websocket.kind to none",
                      { value: publicUrl },
                  ),
              ]
            : [];
    }
    const { frontendPrefix, backendPrefix, websocketPrefix, tls } = ingress;
    return [
        !dnsName().safeParse(hostname).success &&
            issue(
                "publicUrl",
                "has no host name that a way in can route by. Give a DNS name, or set keep:ingress.kind to none",
                { value: publicUrl },
            ),
        frontendPrefix !== "/" &&
            frontend.image === undefined &&
            issue(
                "ingress.frontendPrefix",
                "cannot be served by Keep's published image, which knows no base path. Use /, or set keep:frontend.image to a build with that Next.js basePath",
                { value: frontendPrefix },
            ),
        overlap(backendPrefix, websocketPrefix) &&
            issue(
                "ingress.websocketPrefix",
                `overlaps with keep:ingress.backendPrefix (${backendPrefix}). Give them paths of which neither begins the other`,
                { value: websocketPrefix },
            ),
        ...(["backendPrefix", "websocketPrefix"] as const).map(
            (name) =>
                overlap(frontendPrefix, ingress[name]) &&
                issue(
                    `ingress.${name}`,
                    `overlaps with keep:ingress.frontendPrefix (${frontendPrefix}). Give them paths of which neither begins the other`,
                    { value: ingress[name] },
                ),
        ),
        protocol === "https:" &&
            tls === undefined &&
            issue(
                "ingress.tls",
                "is missing, but keep:publicUrl is https. Name a certificate (secretName, issuer, clusterIssuer or defaultCertificate), or say terminatedOutside",
            ),
        protocol === "http:" &&
            tls !== undefined &&
            issue("ingress.tls", "is given, but keep:publicUrl is http. Remove it, or begin keep:publicUrl with https"),
        protocol === "https:" &&
            port !== "" &&
            websocket.kind === "soketi" &&
            issue(
                "publicUrl",
                "has a port, but with TLS the browser's websocket always goes to 443, so live updates would fail. Use port 443, or set keep:websocket.kind to none",
                { value: publicUrl },
            ),
        ...edgeProblems(ingress),
    ];
}

/** Whether one path lies within the other, segment by segment. All else lies beside the root, which overlaps with nothing. */
function overlap(a: string, b: string): boolean {
    return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
