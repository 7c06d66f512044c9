import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import type { Rule } from "../fields/rule";
import { type HostSettings, type Served, servedBy } from "./hostRules";

/**
 * Default class of Tailscale's operator (cmd/k8s-operator/operator.go of tailscale/tailscale). Its variable
 * OPERATOR_INGRESS_CLASS_NAME can set another one.
 */
const CLASS = "tailscale";

/** A name of a machine below the domain of a tailnet (https://tailscale.com/kb/1217/tailnet-name). */
const HOST = /^[^.]+\.[^.]+\.ts\.net$/;

interface Settings extends HostSettings {
    readonly frontend: { readonly enabled: boolean };
    readonly websocket: { readonly kind: string };
}

/**
 * Conditions on Ingresses of Tailscale's operator. It serves one name, the first label of the first host in `tls`, below the domain of the
 * tailnet, and ignores the rules of all other hosts: maybeProvision in cmd/k8s-operator/ingress.go, validateIngress in
 * ingress-for-pg.go. Domains of one's own are not supported (https://github.com/tailscale/tailscale/issues/12709).
 */
export const tailscaleRules: readonly Rule<Settings>[] = [
    (settings) =>
        servedBy(settings)
            .filter(({ ingress }) => ingress.kind === "generic" && ifReadable(() => ingress.className) === CLASS)
            .flatMap((served) => [...hostIssues(served, settings), ...objectIssues(served)]),
];

function hostIssues({ at, ingress, hosts, tiers }: Served, { frontend, websocket }: Settings): (Issue | false)[] {
    // The API has no path at the shared hosts, because nothing is rewritten.
    const isShared = tiers.some((tier) =>
        tier === "frontend" ? frontend.enabled : tier === "websocket" && websocket.kind === "soketi",
    );
    const [first, ...others] = hosts.filter(({ path }) => isShared || path.startsWith(`${at}.tierHosts.`));
    const backendFix = frontend.enabled
        ? `Remove it, and use the path ${ingress.backendPrefix} of that host`
        : "Set keep:websocket.kind to none, use kind gateway, or enable the frontend, which has the API below /backend";
    const fixes: Readonly<Record<string, string>> = {
        [`${at}.tierHosts.backend`]: backendFix,
        [`${at}.tierHosts.websocket`]: `Remove it, and use the path ${ingress.websocketPrefix} of that host`,
    };
    return [
        first !== undefined &&
            !HOST.test(first.host) &&
            issue(
                first.path,
                "is no host of a tailnet, and Tailscale's operator serves no other domain. Use a host directly below the domain of your tailnet, such as keep.example.ts.net, or the kind of another controller",
                { value: first.host },
            ),
        ...others.map(({ path, host }) =>
            issue(
                path,
                `is not served: Tailscale's operator serves one host for each Ingress, here ${first?.host ?? ""}. ${
                    fixes[path] ?? "Move it to an entry of its own in keep:extraIngresses"
                }`,
                { value: host },
            ),
        ),
    ];
}

function objectIssues({ at, ingress }: Served): (Issue | false)[] {
    const { tierAnnotations, tls } = ingress;
    return [
        (tls === undefined || tls.terminatedOutside) &&
            issue(
                `${at}.tls`,
                `${tls === undefined ? "is missing" : "has terminatedOutside"}, and Tailscale's operator ignores the paths of hosts without TLS. Set it to {defaultCertificate: true}, which stands for the certificate of the tailnet`,
            ),
        ...Object.entries(tierAnnotations).map(
            ([tier, values]) =>
                Object.keys(values).length > 0 &&
                issue(
                    `${at}.tierAnnotations.${tier}`,
                    `creates a second Ingress, and Tailscale's operator gives each Ingress a name of its own. Move it to keep:${at}.annotations`,
                ),
        ),
    ];
}
