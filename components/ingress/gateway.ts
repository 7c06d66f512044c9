import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import { type Scope, scopeOf } from "../naming";
import { GkePolicies } from "./gkePolicies";
import type { WayInArgs } from "./ingress";
import { type PathRule, pathRules } from "./paths";
import { hstsHeader } from "./site";

type GatewayConfig = KindConfig<"gateway">;

/** Where a route is attached: a Gateway, and one of its listeners. */
interface ParentRef {
    readonly name: string;
    readonly namespace?: string;
    readonly sectionName?: string;
}

/** Listeners of a Gateway of our own. */
const HTTP = "http";
const HTTPS = "https";

const API_VERSION = "gateway.networking.k8s.io/v1";

/** HTTPRoute with a rule a path, on a Gateway that exists or on our own (https://gateway-api.sigs.k8s.io/api-types/httproute/). */
export class GatewayRoutes extends pulumi.ComponentResource {
    constructor(
        name: string,
        private readonly args: WayInArgs<GatewayConfig>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("keep:ingress:GatewayRoutes", name, {}, opts);
        const { release, config, site, endpoints } = args;
        const { parentRef, className } = config;
        const scope = scopeOf(release, "gateway");

        if (className !== undefined) {
            this.object(name, "Gateway", scope, {
                gatewayClassName: className,
                listeners: [
                    { name: HTTP, port: 80, protocol: "HTTP" },
                    ...(site.certificate === undefined
                        ? []
                        : [
                              {
                                  name: HTTPS,
                                  port: 443,
                                  protocol: "HTTPS",
                                  tls: { mode: "Terminate", certificateRefs: [{ name: site.certificate }] },
                              },
                          ]),
                ],
            });
        }

        const { redirectSection, ...existing } = parentRef ?? {};
        const gateway = { name: scope.name, ...existing };
        const rules = pathRules(config, endpoints);
        this.route(name, scope, attachment(gateway, parentRef, site.encrypted ? HTTPS : HTTP), rules.map(this.rule));

        const plain = className !== undefined && site.encrypted ? HTTP : redirectSection;
        if (plain !== undefined) {
            const filter = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } };
            const redirect = scopeOf(release, "gateway-redirect");
            this.route(`${name}-redirect`, redirect, { ...gateway, sectionName: plain }, [{ filters: [filter] }]);
        }
        if (config.implementation === "gke") {
            new GkePolicies(`${name}-policies`, { release, config, endpoints }, { parent: this });
        }

        this.registerOutputs({});
    }

    private route(name: string, scope: Scope, parentRef: ParentRef, rules: object[]): void {
        this.object(name, "HTTPRoute", scope, { parentRefs: [parentRef], hostnames: [...this.args.site.hosts], rules });
    }

    private readonly rule = ({ prefix, endpoint, strip, tier }: PathRule): object => {
        const { hsts, implementation, timeoutSeconds } = this.args.config;
        const rewrite = {
            type: "URLRewrite",
            urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
        };
        const header = (value: string) => ({
            type: "ResponseHeaderModifier",
            responseHeaderModifier: { set: [{ name: "Strict-Transport-Security", value }] },
        });
        const filters = [...(strip ? [rewrite] : []), ...(hsts === undefined ? [] : [header(hstsHeader(hsts))])];
        return {
            matches: [{ path: { type: "PathPrefix", value: prefix } }],
            filters: filters.length === 0 ? undefined : filters,
            // A websocket is one long request: 0s is no limit.
            timeouts:
                implementation === "gke" ? undefined : { request: tier === "websocket" ? "0s" : `${timeoutSeconds}s` },
            backendRefs: [{ name: endpoint.service, port: endpoint.port }],
        };
    };

    private object(name: string, kind: string, scope: Scope, spec: object): void {
        const { name: physicalName, namespace, labels } = scope;
        const { annotations } = this.args.config;
        new k8s.apiextensions.CustomResource(
            name,
            { apiVersion: API_VERSION, kind, metadata: { name: physicalName, namespace, labels, annotations }, spec },
            { parent: this },
        );
    }
}

/** On our own Gateway the listener that speaks the public URL's scheme; on another the one that the stack names, if any. */
function attachment(gateway: ParentRef, parentRef: GatewayConfig["parentRef"], listener: string): ParentRef {
    return parentRef === undefined ? { ...gateway, sectionName: listener } : gateway;
}
