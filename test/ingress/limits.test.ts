import { accepts, refuses } from "../support/refusals";

const HTTPS = "https://keep.example.com";
const tls = { secretName: "cert" };

describe("what an edge cannot do", () => {
    refuses({
        "an unknown kind, naming every kind": [
            { ingress: { kind: "istio" } },
            'keep:ingress.kind ("istio") has no known kind. Set kind to nginx, f5-nginx, haproxy, haproxy-ingress, traefik, gateway, openshift, alb, gce, generic, external or none.',
        ],
        "a prefix where nothing is rewritten, naming the kinds that do": [
            { ingress: { kind: "generic", backendPrefix: "/v2" } },
            'keep:ingress.backendPrefix ("/v2") needs a controller that rewrites paths, which this kind is not. Remove it (/backend is used), or choose a kind of docs/ingress.md with an API path of its own.',
        ],
        "a websocket prefix where nothing is rewritten": [
            { ingress: { kind: "gce", websocketPrefix: "/live" } },
            'keep:ingress.websocketPrefix ("/live") needs a controller that rewrites paths, which this kind is not. Remove it (/app is used), or choose a kind of docs/ingress.md with an API path of its own.',
        ],
        "a base path of the user interface where nothing is rewritten": [
            { ingress: { kind: "generic", frontendPrefix: "/ui" } },
            'keep:ingress.frontendPrefix ("/ui") needs a controller that rewrites paths, which this kind is not. Remove it (/ is used), or choose a kind of docs/ingress.md with an API path of its own.',
        ],
        "a tls that names no certificate": [
            { publicUrl: HTTPS, ingress: { kind: "nginx", tls: {} } },
            "keep:ingress.tls ({}) names no certificate. Give secretName, issuer, clusterIssuer or issuerRef; or defaultCertificate; or terminatedOutside.",
        ],
        "a tls that names two": [
            { publicUrl: HTTPS, ingress: { kind: "nginx", tls: { ...tls, defaultCertificate: true } } },
            'keep:ingress.tls ({"secretName":"cert","defaultCertificate":true}) names more than one certificate. Keep one: secretName, issuer, clusterIssuer or issuerRef; or defaultCertificate; or terminatedOutside.',
        ],
        "HSTS that ingress-nginx has for all or none": [
            { publicUrl: HTTPS, ingress: { kind: "nginx", tls, hsts: {} } },
            "keep:ingress.hsts applies to the whole controller in ingress-nginx. Remove it, and set hsts in the controller's ConfigMap.",
        ],
        "HSTS without https": [
            { ingress: { kind: "traefik", hsts: {} } },
            "keep:ingress.hsts is given, but keep:publicUrl is http, where browsers ignore it. Remove it, or begin keep:publicUrl with https.",
        ],
        "HSTS without preload at F5's controller": [
            { publicUrl: HTTPS, ingress: { kind: "f5-nginx", tls, hsts: {} } },
            "keep:ingress.hsts.preload (false) cannot be off: this controller always adds preload. Set it to true if you consent to it, or remove keep:ingress.hsts.",
        ],
        "a body size that Traefik would buffer for": [
            { ingress: { kind: "traefik", maxBodyMegabytes: 20 } },
            "keep:ingress.maxBodyMegabytes would make Traefik buffer whole requests. Remove it, and limit bodies at the entry point or in front of it.",
        ],
        "a certificate in a Secret for AWS": [
            { publicUrl: HTTPS, ingress: { kind: "alb", tls } },
            'keep:ingress.tls.secretName ("cert") cannot be used by an AWS load balancer, which takes certificates from AWS Certificate Manager only. Set keep:ingress.tls.defaultCertificate to true, and keep:ingress.certificateArn if AWS cannot find the certificate by name.',
        ],
        "an ARN that nothing uses": [
            { ingress: { kind: "alb", certificateArn: "arn:aws:acm:eu-west-1:1:certificate/1" } },
            "keep:ingress.certificateArn applies only where the load balancer terminates TLS. Set keep:ingress.tls.defaultCertificate to true and begin keep:publicUrl with https, or remove it.",
        ],
        "a timeout above AWS's most": [
            { ingress: { kind: "alb", timeoutSeconds: 4001 } },
            "keep:ingress.timeoutSeconds (4001) is more than 4000. Use 4000 or less.",
        ],
        "a gateway without a Gateway": [
            { ingress: { kind: "gateway" } },
            "keep:ingress names no Gateway. Give either parentRef, for an existing Gateway, or className, for one of our own.",
        ],
        "a gateway with two": [
            { ingress: { kind: "gateway", className: "envoy", parentRef: { name: "shared" } } },
            "keep:ingress names two Gateways. Give either parentRef, for an existing Gateway, or className, for one of our own.",
        ],
        "a certificate for a Gateway that is not ours": [
            { publicUrl: HTTPS, ingress: { kind: "gateway", parentRef: { name: "shared" }, tls } },
            'keep:ingress.tls.secretName ("cert") cannot be given to an existing Gateway: its listener names the certificate. Set keep:ingress.tls.defaultCertificate to true, or use keep:ingress.className for a Gateway of our own.',
        ],
        "a default certificate on a Gateway of our own": [
            { publicUrl: HTTPS, ingress: { kind: "gateway", className: "envoy", tls: { defaultCertificate: true } } },
            "keep:ingress.tls.defaultCertificate (true) does not exist in the Gateway API: a listener names its certificate. Give secretName, issuer or clusterIssuer.",
        ],
        "a redirect that has nowhere to go": [
            { ingress: { kind: "gateway", parentRef: { name: "shared", redirectSection: "http" } } },
            'keep:ingress.parentRef.redirectSection ("http") has nowhere to redirect to. Name the https listener in keep:ingress.parentRef.sectionName and begin keep:publicUrl with https, or remove it.',
        ],
        "metrics without a key where a spelling gets around the edge": [
            { ingress: { kind: "haproxy" }, backend: { env: { KEEP_NO_AUTH_METRICS: "true" } } },
            'keep:backend.env.KEEP_NO_AUTH_METRICS ("true") exposes metrics without a key: with an ingress of kind haproxy, a percent-encoded path bypasses the block. Remove it and give your monitoring an API key, or set keep:ingress.kind to nginx, f5-nginx or traefik.',
        ],
        "a host that is an address": [
            { publicUrl: "http://192.0.2.1", ingress: { kind: "nginx" } },
            'keep:publicUrl ("http://192.0.2.1") has no host name to route by. Give a DNS name, or set keep:ingress.kind to none.',
        ],
        "a further host that is an address": [
            { ingress: { kind: "nginx", extraHosts: ["192.0.2.1"] } },
            'keep:ingress.extraHosts.0 ("192.0.2.1") is not a host name. Use lower-case letters, digits, dashes and dots, such as keep.example.com.',
        ],
        "https where there is no ingress": [
            { publicUrl: "https://localhost:3000", ingress: { kind: "none" } },
            'keep:publicUrl ("https://localhost:3000") is https, which kubectl port-forward does not serve. Use http://localhost:3000, or set keep:ingress.kind to external for a router of your own that terminates TLS.',
        ],
    });

    accepts({
        "the paths that are fixed, written out": {
            ingress: { kind: "generic", frontendPrefix: "/", backendPrefix: "/backend", websocketPrefix: "/app" },
        },
        "metrics without a key where no spelling gets around the edge": {
            ingress: { kind: "traefik" },
            backend: { env: { KEEP_NO_AUTH_METRICS: "true" } },
        },
        "HSTS at F5's controller with preload": {
            publicUrl: HTTPS,
            ingress: { kind: "f5-nginx", tls, hsts: { preload: true } },
        },
        "a Gateway with its own certificate, and its two listeners": {
            publicUrl: HTTPS,
            ingress: {
                kind: "gateway",
                parentRef: { name: "shared", namespace: "infra", sectionName: "https", redirectSection: "http" },
                tls: { defaultCertificate: true },
            },
        },
        "a certificate of AWS by name": {
            publicUrl: HTTPS,
            ingress: {
                kind: "alb",
                certificateArn: "arn:aws:acm:eu-west-1:1:certificate/1",
                tls: { defaultCertificate: true },
            },
        },
    });
});
