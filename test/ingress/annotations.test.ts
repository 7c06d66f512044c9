import assert from "node:assert/strict";

import * as z from "zod";

import type { KindName } from "../../components/ingress/kinds";
import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import { deploy } from "../support/harness";
import {
    asStackConfig,
    controllerKinds,
    encryptedIngress,
    type IngressSettings,
    plainIngress,
} from "../support/ingressConfigs";

/**
 * Where each controller reads what this program tells it, by prefix: the file in its repository. A controller passes over an
 * annotation that it does not know without a word, so a new one is added here from the source, not from memory.
 */
const READ_IN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    // kubernetes/ingress-nginx controller-v1.15.1; none is above the risk that it takes by default.
    "nginx.ingress.kubernetes.io/": {
        "internal/ingress/annotations/rewrite/main.go": ["use-regex", "rewrite-target", "force-ssl-redirect"],
        "internal/ingress/annotations/proxy/main.go": ["proxy-body-size", "proxy-read-timeout", "proxy-send-timeout"],
    },
    // nginx/kubernetes-ingress v5.5.4
    "nginx.org/": {
        "internal/configs/annotations.go": [
            "rewrites",
            "websocket-services",
            "client-max-body-size",
            "proxy-read-timeout",
            "proxy-send-timeout",
            "hsts",
            "hsts-max-age",
            "hsts-include-subdomains",
            "hsts-behind-proxy",
        ],
    },
    // haproxytech/kubernetes-ingress v3.2.11; timeout-server since v1.11.0
    "haproxy.org/": {
        "pkg/annotations/annotations.go": [
            "timeout-server",
            "path-rewrite",
            "response-set-header",
            "ssl-redirect",
            "ssl-redirect-port",
        ],
    },
    // jcmoraisjr/haproxy-ingress, master of August 2026
    "haproxy-ingress.github.io/": {
        "pkg/converters/ingress/types/annotations.go": [
            "timeout-server",
            "timeout-tunnel",
            "rewrite-target",
            "proxy-body-size",
            "hsts",
            "hsts-max-age",
            "hsts-include-subdomains",
            "hsts-preload",
        ],
    },
    // traefik/traefik v3.7.9
    "traefik.ingress.kubernetes.io/": {
        "pkg/provider/kubernetes/ingress/annotations.go": [
            "router.entrypoints",
            "router.tls",
            "router.priority",
            "router.middlewares",
        ],
    },
    // kubernetes-sigs/aws-load-balancer-controller v3.5.0; transforms since v2.14.1
    "alb.ingress.kubernetes.io/": {
        "pkg/annotations/constants.go": [
            "scheme",
            "target-type",
            "load-balancer-attributes",
            "listen-ports",
            "ssl-redirect",
            "certificate-arn",
            "healthcheck-path",
            "success-codes",
        ],
        "pkg/ingress/model_build_listener.go": ["listener-attributes.HTTPS-443", "listener-attributes.HTTP-80"],
        "pkg/ingress/enhanced_backend_builder.go": ["transforms.keep-backend", "transforms.keep-websocket"],
    },
    // kubernetes/ingress-gce, master of August 2026
    "kubernetes.io/": { "pkg/annotations/ingress.go": ["ingress.class", "ingress.allow-http"] },
    "cloud.google.com/": {
        "pkg/annotations/service.go": ["backend-config"],
        "pkg/negannotation/negannotation.go": ["neg"],
    },
    "networking.gke.io/": {
        "pkg/annotations/ingress.go": ["v1beta1.FrontendConfig"],
        // GoogleCloudPlatform/gke-managed-certs
        "pkg/config/config.go": ["managed-certificates"],
    },
    // openshift/router, master of August 2026
    "haproxy.router.openshift.io/": {
        "images/router/haproxy/conf/haproxy-config.template": [
            "timeout",
            "timeout-tunnel",
            "rewrite-target",
            "hsts_header",
        ],
    },
    // pulumi/pulumi-kubernetes
    "pulumi.com/": { "provider/pkg/metadata/annotations.go": ["skipAwait"] },
};

const KNOWN = Object.entries(READ_IN).flatMap(([prefix, files]) =>
    Object.values(files).flatMap((names) => names.map((name) => prefix + name)),
);

/** All that a kind can be told. */
function settingsOf(kind: KindName): readonly IngressSettings[] {
    const hsts = kind === "nginx" || kind === "generic" ? {} : { hsts: { preload: true } };
    const body = ["nginx", "f5-nginx", "haproxy-ingress"].includes(kind) ? { maxBodyMegabytes: 20 } : {};
    const outside = { ...plainIngress(kind, { ...hsts, ...body, tls: { terminatedOutside: true } }) };
    return [
        plainIngress(kind, body),
        encryptedIngress(kind, { ...hsts, ...body }),
        ...(kind === "alb"
            ? [encryptedIngress(kind, { certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1" })]
            : []),
        ...(kind === "gce"
            ? [
                  encryptedIngress(kind, { className: "gce-internal" }),
                  encryptedIngress(kind, { tls: { defaultCertificate: true } }),
              ]
            : []),
        { ...outside, publicUrl: "https://keep.example.com" },
    ];
}

const record = z.record(z.string(), z.unknown());

/** Names of all annotations on the ingress and on the Services behind it. */
async function annotationsOf(settings: IngressSettings): Promise<readonly string[]> {
    const { all } = await deploy(() => new Keep("keep", loadConfig()), { config: asStackConfig(settings) });
    return ["Ingress", "Route", "Gateway", "HTTPRoute", "Service"]
        .flatMap((kind) => all(kind))
        .flatMap(({ inputs }) => Object.keys(record.parse(record.parse(inputs.metadata).annotations ?? {})));
}

describe("annotations of an ingress", () => {
    const used = new Set<string>();

    for (const kind of controllerKinds) {
        it(`of ${kind} are all read by its controller`, async () => {
            const found = (await Promise.all(settingsOf(kind).map(annotationsOf))).flat();
            for (const name of found) used.add(name);
            assert.deepEqual(
                [...new Set(found)].filter((name) => !KNOWN.includes(name)),
                [],
            );
        });
    }

    it("are all that is listed", () => {
        assert.deepEqual(
            KNOWN.filter((name) => !used.has(name)),
            [],
        );
    });
});
