import type { Peer } from "../fields/peer";
import { ifReadable } from "../fields/readable";
import { type NamespaceConfig, podSecurityOf } from "../namespace";
import { type Release, releaseOf, type ReleaseSettings, scopeOf } from "../naming";
import { GATEWAY_NAME, isBesideGateway, isUnrestricted } from "./gatewayControllers";
import { hasService } from "./gatewayInfrastructure";
import { componentOfIngress } from "./kind";
import { type AllIngresses, type IngressConfig, placedIngresses } from "./settings";

/** A Gateway that the stack creates. */
interface OwnGateway {
    /** Path of its ingress in the settings. */
    readonly path: string;
    readonly className: string;
    readonly pods: Peer;
}

/** The Gateways that the stack creates, whose proxies may run in the namespace of the release. */
function ownGateways(release: Release, all: AllIngresses): OwnGateway[] {
    return placedIngresses(all).flatMap(({ path, config, name }) => {
        if (config.kind !== "gateway" || config.className === undefined || !hasService(config)) {
            return [];
        }
        const { name: gateway } = scopeOf(release, componentOfIngress(config.kind, name));
        return [{ path, className: config.className, pods: { podLabels: { [GATEWAY_NAME]: gateway } } }];
    });
}

/** The pods of these proxies, which send requests from outside. */
export function gatewayPods(settings: AllIngresses & ReleaseSettings): Peer[] {
    return ownGateways(releaseOf(settings), settings).map(({ pods }) => pods);
}

/** Whether all requests to an ingress come from such pods, or may do so if its class is not known yet. */
export function hasProxyBeside(config: IngressConfig): boolean {
    return config.kind === "gateway" && (ifReadable(() => isBesideGateway(config.className ?? "")) ?? true);
}

/**
 * A note about Gateways whose proxies the namespace may reject, which a preview cannot see; undefined if there are none.
 * @param prefix of keys in messages
 */
export function gatewayNote(
    prefix: string,
    settings: AllIngresses & ReleaseSettings & { readonly namespace: NamespaceConfig },
): string | undefined {
    if (podSecurityOf(settings.namespace) !== "restricted") {
        return undefined;
    }
    const key = `${prefix}namespace.podSecurity`;
    const notes = ownGateways(releaseOf(settings), settings)
        .filter(({ className }) => isUnrestricted(className))
        .map(({ path, className }) => {
            // The platform manages the Istio of AKS' application routing, which has no such value (Limitations in
            // https://learn.microsoft.com/azure/aks/app-routing-gateway-api).
            const fix = /^(?!approuting-).*istio/i.test(className)
                ? `which rejects pods without a seccomp profile. Set Istio's value gateways.seccompProfile.type to RuntimeDefault, or set ${key} to baseline`
                : `which rejects this proxy unless you have hardened its pods. If it does not start, set ${key} to baseline`;
            return `${prefix}${path}.className is ${className}, whose proxy runs in the namespace of Keep. ${key} is restricted, ${fix}`;
        });
    return notes.length === 0 ? undefined : notes.join("\n");
}
