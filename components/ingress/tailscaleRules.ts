import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import type { TierName } from "./paths";
import type { ExposedConfig } from "./settings";

/** `tailscaleIngressClassName` in cmd/k8s-operator/ingress.go of tailscale/tailscale; its operator reads no other class. */
const CLASS = "tailscale";

/** An ingress, its key, its hosts with their keys, and the tiers that it routes to. */
interface Served {
    readonly at: string;
    readonly ingress: ExposedConfig;
    readonly hosts: readonly { readonly path: string; readonly host: string }[];
    readonly tiers: readonly TierName[];
}

/**
 * Issues of an Ingress for Tailscale's operator. It serves one name, the first label of the first host in `tls`, below the domain of the
 * tailnet, and ignores the rules of all other hosts: maybeProvision in cmd/k8s-operator/ingress.go, validateIngress in
 * ingress-for-pg.go. Domains of one's own are not supported (https://github.com/tailscale/tailscale/issues/12709).
 */
export function tailscaleIssues({ at, ingress, hosts, tiers }: Served): (Issue | false)[] {
    if (ingress.kind !== "generic" || ifReadable(() => ingress.className) !== CLASS) {
        return [];
    }
    // Only the user interface and live updates have paths at the shared hosts, because nothing is rewritten.
    const isShared = tiers.some((tier) => tier !== "backend");
    const [first, ...others] = hosts.filter(({ path }) => isShared || path.startsWith(`${at}.tierHosts.`));
    return [
        first !== undefined &&
            !first.host.endsWith(".ts.net") &&
            issue(
                first.path,
                "is no host of a tailnet, and Tailscale's operator serves no other domain. Use a host below the domain of your tailnet, such as keep.example.ts.net, or another controller",
                { value: first.host },
            ),
        ...others.map(({ path, host }) =>
            issue(
                path,
                `is not served: Tailscale's operator serves one host for each Ingress, here ${first?.host ?? ""}. ${
                    path.startsWith(`${at}.tierHosts.`)
                        ? `Remove it, and use the path ${path.endsWith(".backend") ? ingress.backendPrefix : ingress.websocketPrefix} of that host`
                        : "Move it to an entry of its own in keep:extraIngresses"
                }`,
                { value: host },
            ),
        ),
        (ingress.tls === undefined || ingress.tls.terminatedOutside) &&
            issue(
                `${at}.tls`,
                `${ingress.tls === undefined ? "is missing" : "has terminatedOutside"}, and Tailscale's operator ignores the paths of hosts without TLS. Set it to {defaultCertificate: true}, which stands for the certificate of the tailnet`,
            ),
        ...Object.entries(ingress.tierAnnotations).map(
            ([tier, values]) =>
                Object.keys(values).length > 0 &&
                issue(
                    `${at}.tierAnnotations.${tier}`,
                    `creates a second Ingress, and Tailscale's operator gives each Ingress a name of its own. Move it to keep:${at}.annotations`,
                ),
        ),
    ];
}
