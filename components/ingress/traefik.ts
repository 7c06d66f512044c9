import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import { scopeOf } from "../naming";
import type { WayInArgs } from "./ingress";
import { ingressObject, type IngressPath, literalPaths, service } from "./object";
import { type PathRule, pathRules } from "./paths";

/** A Middleware of ours, as an Ingress names it. */
type MiddlewareName = "strip" | "hsts" | "https";

/**
 * An Ingress a path for Traefik 3, because middlewares and priorities apply to a whole Ingress: the prefix is taken off by one of ours, named
 * after the release (https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/). Traefik has no
 * time limit on open websockets, so `timeoutSeconds` changes nothing here.
 */
export class TraefikIngress extends pulumi.ComponentResource {
    constructor(
        name: string,
        private readonly args: WayInArgs<KindConfig<"traefik">>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("keep:ingress:TraefikIngress", name, {}, opts);
        const { config, site, endpoints } = args;
        const { hsts } = config;
        const rules = pathRules(config, endpoints);
        const stripped = rules.filter(({ strip }) => strip).map(({ prefix }) => prefix);

        this.middleware(`${name}-strip`, "strip", { stripPrefix: { prefixes: stripped } });
        if (hsts !== undefined) {
            this.middleware(`${name}-hsts`, "hsts", {
                headers: {
                    stsSeconds: hsts.maxAgeSeconds,
                    stsIncludeSubdomains: hsts.includeSubdomains,
                    stsPreload: hsts.preload,
                    // TLS that ends outside is not seen here.
                    forceSTSHeader: true,
                },
            });
        }
        for (const rule of rules) {
            const used: MiddlewareName[] = [
                ...(rule.strip ? (["strip"] as const) : []),
                ...(hsts === undefined ? [] : (["hsts"] as const)),
            ];
            this.ingress(name, rule.name, literalPaths(rule), used, site.encrypted);
        }
        if (site.encrypted) {
            this.middleware(`${name}-https`, "https", { redirectScheme: { scheme: "https", permanent: true } });
            const everything = { path: "/", pathType: "Prefix", backend: service(endpoints.frontend) };
            this.ingress(name, "redirect", [everything], ["https"], false);
        }

        this.registerOutputs({});
    }

    private ingress(
        name: string,
        part: PathRule["name"] | "redirect",
        paths: readonly IngressPath[],
        middlewares: readonly MiddlewareName[],
        encrypted: boolean,
    ): void {
        const { config, release, site } = this.args;
        const router = "traefik.ingress.kubernetes.io/router";
        const references = middlewares.map(
            (middleware) => `${release.namespace}-${this.middlewareName(middleware)}@kubernetescrd`,
        );
        new k8s.networking.v1.Ingress(
            `${name}-${part}`,
            ingressObject({
                release,
                config,
                site: encrypted ? site : { ...site, encrypted },
                part,
                className: config.className ?? "traefik",
                paths,
                annotations: {
                    [`${router}.entrypoints`]: encrypted ? config.entryPoints.https : config.entryPoints.http,
                    ...(encrypted ? { [`${router}.tls`]: "true" } : {}),
                    ...priority(router, part),
                    ...(references.length === 0 ? {} : { [`${router}.middlewares`]: references.join(",") }),
                },
            }),
            { parent: this },
        );
    }

    private middleware(name: string, middleware: MiddlewareName, spec: object): void {
        const { release } = this.args;
        const { namespace, labels } = scopeOf(release, "traefik");
        new k8s.apiextensions.CustomResource(
            name,
            {
                apiVersion: "traefik.io/v1alpha1",
                kind: "Middleware",
                metadata: { name: this.middlewareName(middleware), namespace, labels },
                spec,
            },
            { parent: this },
        );
    }

    private middlewareName(middleware: MiddlewareName): string {
        return scopeOf(this.args.release, `traefik-${middleware}`).name;
    }
}

/**
 * Traefik asks the router with the longest rule first, and "Path(`/v2`)" is shorter than "PathPrefix(`/`)". What has no
 * priority here keeps the length of its rule, so that an ACME solver's longer rule still wins over the user interface.
 */
function priority(router: string, part: PathRule["name"] | "redirect"): Record<string, string> {
    switch (part) {
        case "metrics":
        case "proxied-metrics":
            return { [`${router}.priority`]: "2000" };
        case "backend":
        case "websocket":
            return { [`${router}.priority`]: "1000" };
        case "frontend":
        case "redirect":
            return {};
    }
}
