import { accepts } from "../support/refusals";

const HTTPS = "https://keep.example.com";
const tls = { secretName: "cert" };

describe("what an edge cannot do", () => {
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
                certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
                tls: { defaultCertificate: true },
            },
        },
    });
});
