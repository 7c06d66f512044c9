import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { Endpoint } from "../kubernetes/workload";
import { scopeOf } from "../naming";
import type { WayInArgs } from "./ingress";
import { ingressObject, segmentPath } from "./object";
import { pathRules } from "./paths";
import { hstsHeader } from "./site";

/**
 * One Ingress for GKE's own controller, with the objects it takes its settings from: a BackendConfig a tier, a FrontendConfig
 * for the redirect, a ManagedCertificate. Google's load balancers rewrite nothing
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration).
 */
export class GceIngress extends pulumi.ComponentResource {
    constructor(
        name: string,
        private readonly args: WayInArgs<KindConfig<"gce">>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("keep:ingress:GceIngress", name, {}, opts);
        const { config, site, endpoints, release } = args;
        const { name: own } = scopeOf(release, "gce");
        const isManaged = site.encrypted && site.certificate === undefined;
        // An internal load balancer cannot redirect; it is then closed to plain http.
        const isInternal = config.className === "gce-internal";
        const redirects = site.encrypted && !isInternal;

        for (const endpoint of [endpoints.frontend, endpoints.backend, endpoints.websocket]) {
            if (endpoint !== undefined) {
                this.backendConfig(`${name}-${endpoint.service}`, endpoint);
            }
        }
        if (redirects) {
            this.object(`${name}-redirect`, "networking.gke.io/v1beta1", "FrontendConfig", own, {
                redirectToHttps: { enabled: true, responseCodeName: "PERMANENT_REDIRECT" },
            });
        }
        if (isManaged) {
            this.object(`${name}-certificate`, "networking.gke.io/v1", "ManagedCertificate", own, {
                domains: [...site.hosts],
            });
        }
        new k8s.networking.v1.Ingress(
            name,
            ingressObject({
                ...args,
                // Google's certificate is named by an annotation, so the Ingress has no TLS of its own then.
                site: isManaged ? { ...site, encrypted: false } : site,
                // GKE reads the class from this annotation only.
                className: undefined,
                paths: pathRules(config, endpoints).map(segmentPath),
                annotations: {
                    "kubernetes.io/ingress.class": config.className ?? "gce",
                    ...(redirects ? { "networking.gke.io/v1beta1.FrontendConfig": own } : {}),
                    ...(site.encrypted && isInternal ? { "kubernetes.io/ingress.allow-http": "false" } : {}),
                    ...(isManaged ? { "networking.gke.io/managed-certificates": own } : {}),
                },
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }

    /** How the load balancer asks a tier whether it is well, and how long it waits for an answer or keeps a websocket. */
    private backendConfig(name: string, { service, healthPath, port }: Endpoint): void {
        const { timeoutSeconds, hsts } = this.args.config;
        this.object(name, "cloud.google.com/v1", "BackendConfig", service, {
            timeoutSec: timeoutSeconds,
            connectionDraining: { drainingTimeoutSec: 60 },
            healthCheck: {
                type: "HTTP",
                requestPath: healthPath,
                port,
                checkIntervalSec: 15,
                timeoutSec: 5,
                healthyThreshold: 1,
                unhealthyThreshold: 3,
            },
            customResponseHeaders:
                hsts === undefined ? undefined : { headers: [`Strict-Transport-Security: ${hstsHeader(hsts)}`] },
        });
    }

    private object(name: string, apiVersion: string, kind: string, physicalName: string, spec: object): void {
        const { namespace, labels } = scopeOf(this.args.release, "gce");
        new k8s.apiextensions.CustomResource(
            name,
            { apiVersion, kind, metadata: { name: physicalName, namespace, labels }, spec },
            { parent: this },
        );
    }
}

/** What GKE's controller must know of a tier's Service: send to pods directly, by the BackendConfig of the same name. */
export function gceServiceAnnotations({ service }: Endpoint): Record<string, string> {
    return {
        "cloud.google.com/neg": JSON.stringify({ ingress: true }),
        "cloud.google.com/backend-config": JSON.stringify({ default: service }),
    };
}
