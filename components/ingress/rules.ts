import { isIP } from "node:net";

import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import type { Rule } from "../fields/rule";
import { dnsName } from "../fields/vocabulary";
import type { WebsocketConfig } from "../websocket/settings";
import { type Service, serviceIssues } from "./annotationRules";
import { exposedIssues } from "./exposedRules";
import { ROUTER_CLASS } from "./genericRules";
import { kinds } from "./kinds";
import type { TierName } from "./paths";
import {
    type ExposedConfig,
    exposedIngresses,
    type ExtraIngressConfig,
    type IngressConfig,
    pathIn,
    pathsOf,
    placedIngresses,
    showsMetrics,
} from "./settings";

interface Settings {
    readonly release: string;
    readonly publicUrl: string;
    readonly platform: string;
    readonly auth: { readonly kind: string };
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly frontend: {
        readonly enabled: boolean;
        readonly image?: string;
        readonly url?: string;
        readonly service: Service;
    };
    readonly backend: {
        readonly enabled: boolean;
        readonly env: Readonly<Record<string, unknown>>;
        readonly service: Service;
    };
    readonly websocket: WebsocketConfig;
}

/** Conditions on ingresses: URL, certificate, prefixes, and the settings that the controller supports. */
export const ingressRules: readonly Rule<Settings>[] = [
    (settings) => [
        ...addressIssues(settings),
        ...(settings.ingress.kind === "none" || settings.ingress.kind === "external"
            ? []
            : exposedIssues(settings.ingress, settings)),
    ],
    ({ release, ingress, extraIngresses, backend, frontend, websocket }) => {
        const services = {
            backend: backend.service,
            frontend: frontend.service,
            ...(websocket.kind === "soketi" ? { websocket: websocket.service } : {}),
        };
        const exposed = exposedIngresses({ ingress, extraIngresses });
        const all = exposed.map(({ config }) => config.kind);
        return exposed.flatMap(({ path, config }) =>
            serviceIssues(config, { place: `keep:${path}`, all, services, servesPublicUrl: true, release }),
        );
    },
    ({ ingress, backend, frontend, websocket }) => [
        ingress.kind === "f5-nginx" &&
            backend.enabled &&
            !frontend.enabled &&
            websocket.kind !== "soketi" &&
            showsMetrics(backend) &&
            issue(
                "ingress.kind",
                `would show everybody Keep's metrics at ${ingress.backendPrefix}/metricsmetrics: this controller hides them only with a second tier to which it can send such requests. Choose another kind, or remove KEEP_NO_AUTH_METRICS`,
                { value: ingress.kind },
            ),
    ],
    (settings) => settings.extraIngresses.flatMap((extra, index) => extraIssues(extra, index, settings)),
    (settings) => placedIngresses(settings).map(({ path, config }) => platformIssue(path, config, settings)),
];

/** The issue of an ingress whose controller only another platform than that of the stack has. */
function platformIssue(path: string, config: IngressConfig, { platform }: Settings): Issue | false {
    const { kind } = config;
    const isRouter = kind === "generic" && ROUTER_CLASS.test(ifReadable(() => config.className) ?? "");
    const needed = kind === "none" || kind === "external" ? undefined : kinds[kind].platform;
    return (
        platform !== "openshift" &&
        (isRouter || needed === "openshift") &&
        issue(
            "platform",
            `does not fit keep:${path}.${isRouter ? "className" : "kind"}: only OpenShift has this controller, and it rejects pods with fixed user ids. Set it to openshift`,
            { value: platform },
        )
    );
}

/** Issues of an entry in `keep:extraIngresses`: its own, and those with earlier entries. */
function extraIssues(extra: ExtraIngressConfig, index: number, settings: Settings): (Issue | false)[] {
    const { name, hosts, tiers, ingress } = extra;
    const { auth, backend, extraIngresses, frontend, publicUrl, release } = settings;
    const at = (path: string) => `extraIngresses.${index}.${path}`;
    const before = [{ name: undefined, ingress: settings.ingress }, ...extraIngresses.slice(0, index)];
    // If it has its own hosts, its certificate decides about https, not keep:publicUrl.
    const address =
        hosts === undefined ? publicUrl : `${ingress.tls === undefined ? "http" : "https"}://${hosts[0] ?? ""}`;
    const own = exposedIssues(ingress, {
        release,
        auth,
        publicUrl: address,
        frontend,
        backend,
        tiers,
        servesPublicUrl: hosts === undefined,
    });
    return [
        ...own.map((found) => found && movedTo(at("ingress"), found)),
        settings.ingress.kind === "none" &&
            issue(
                at("ingress.kind"),
                "is set, but keep:ingress.kind is none. Move this ingress to keep:ingress, which sets the public URLs",
                {
                    value: ingress.kind,
                },
            ),
        // Only one can be of kind gce, whatever its name.
        ingress.kind !== "gce" &&
            before.some((other) => other.ingress.kind === ingress.kind && other.name === name) &&
            issue(at("name"), `is the same as that of another ingress of kind ${ingress.kind}. Set another name`, {
                value: name,
            }),
        // The URNs of BackendConfigs contain it, which have the same name in keep:ingress.
        ingress.kind === "gce" &&
            name !== undefined &&
            !before.some((other) => other.ingress.kind === "gce") &&
            issue(at("name"), "cannot be set: only one ingress of kind gce can exist. Remove it", { value: name }),
        !tiers.some((tier) => hasPath(tier, ingress, settings)) &&
            issue(
                at("tiers"),
                "has nothing to route. Add a tier that the stack runs. For the API alone, use a kind that rewrites paths, or set tierHosts.backend",
                { value: tiers },
            ),
        tiers.includes("frontend") &&
            settings.ingress.kind !== "none" &&
            !hasSamePaths(ingress, settings.ingress) &&
            issue(
                at("tiers"),
                "includes the user interface, which calls the API and live updates at the paths of keep:ingress. Use the same prefixes and the same path rewriting there, or remove frontend from the list",
                { value: tiers },
            ),
    ];
}

/** Converts an issue of `keep:ingress` to one of another ingress, including the keys in its message. */
function movedTo(place: string, { message, path, ...more }: Issue): Issue {
    return {
        ...more,
        message: message.replaceAll(/keep:ingress(?=\.)/g, `keep:${place}`),
        path: pathIn(place, path),
    };
}

/** Whether an ingress has a path to a tier. */
function hasPath(tier: TierName, ingress: ExposedConfig, { backend, frontend, websocket }: Settings): boolean {
    const { tierHosts } = ingress;
    return {
        frontend: frontend.enabled,
        backend: backend.enabled && (pathsOf(ingress).rewritesPaths || tierHosts.backend !== undefined),
        websocket: websocket.kind === "soketi",
    }[tier];
}

function hasSamePaths(a: ExposedConfig, b: Exclude<IngressConfig, { kind: "none" }>): boolean {
    const [left, right] = [pathsOf(a), pathsOf(b)];
    return (["frontendPrefix", "backendPrefix", "websocketPrefix", "rewritesPaths"] as const).every(
        (name) => left[name] === right[name],
    );
}

function addressIssues({ publicUrl, ingress, websocket }: Settings): (Issue | false)[] {
    const { protocol, port, hostname } = new URL(publicUrl);
    return ingress.kind === "none"
        ? [
              protocol === "https:" &&
                  issue(
                      "publicUrl",
                      "is https, which kubectl port-forward does not serve. Use http://localhost:3000, or set keep:ingress.kind to external for a router of your own that terminates TLS",
                      { value: publicUrl },
                  ),
          ]
        : [
              ingress.kind !== "external" &&
                  !dnsName().safeParse(hostname).success &&
                  issue(
                      "publicUrl",
                      `${isIP(hostname.replaceAll(/[[\]]/g, "")) === 0 ? "has a host that is no DNS name" : "is an address"}, but the ingress routes by host name. Use a DNS name, or set keep:ingress.kind to external for a router of your own`,
                      { value: publicUrl },
                  ),
              protocol === "https:" &&
                  port !== "" &&
                  websocket.kind === "soketi" &&
                  issue(
                      "publicUrl",
                      "has a port, but with TLS the browser's websocket always uses 443, so live updates would fail. Use port 443, or set keep:websocket.kind to none",
                      { value: publicUrl },
                  ),
          ];
}
