import { accepts } from "../support/refusals";

describe("the public addresses of a stack", () => {
    accepts({
        "prefixes that only begin alike": { ingress: { kind: "nginx", backendPrefix: "/v2", websocketPrefix: "/v2x" } },
        "a prefix of several segments": { ingress: { kind: "nginx", backendPrefix: "/keep/v2.1" } },
        "another path of the user interface with an image of one's own": {
            frontend: { image: "registry.example.com/keep-ui:1" },
            ingress: { kind: "nginx", frontendPrefix: "/ui" },
        },
        "one host of a tailnet for each Ingress": {
            publicUrl: "https://keep.example.ts.net",
            ingress: { kind: "generic", className: "tailscale", tls: { defaultCertificate: true } },
            extraIngresses: [
                {
                    name: "second",
                    hosts: ["keep2.example.ts.net"],
                    ingress: { kind: "generic", className: "tailscale", tls: { defaultCertificate: true } },
                },
                {
                    name: "api",
                    hosts: ["unused.example.ts.net"],
                    tiers: ["backend"],
                    ingress: {
                        kind: "generic",
                        className: "tailscale",
                        tls: { defaultCertificate: true },
                        tierHosts: { backend: "api.example.ts.net" },
                    },
                },
            ],
        },
        "the API alone at a host of a tailnet": {
            publicUrl: "https://keep.example.com",
            frontend: { enabled: false },
            websocket: { kind: "none" },
            ingress: {
                kind: "generic",
                className: "tailscale",
                tls: { defaultCertificate: true },
                tierHosts: { backend: "api.example.ts.net" },
            },
        },
        "https whose TLS ends outside": {
            publicUrl: "https://keep.example.com",
            ingress: { kind: "nginx", tls: { terminatedOutside: true } },
        },
        "https on a port of its own without live updates": {
            publicUrl: "https://keep.example.com:8443",
            ingress: { kind: "nginx", tls: { defaultCertificate: true } },
            websocket: { kind: "none" },
        },
        "https on a port of its own with a websocket elsewhere": {
            publicUrl: "https://keep.example.com:8443",
            ingress: { kind: "nginx", tls: { defaultCertificate: true } },
            websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" },
            pusherSecret: "secret",
        },
        "https by a router of one's own": {
            publicUrl: "https://keep.example.com",
            ingress: { kind: "external" },
        },
        "an annotation of a Service that its controller does not read there": {
            ingress: { kind: "nginx" },
            backend: {
                service: {
                    annotations: {
                        "nginx.ingress.kubernetes.io/proxy-read-timeout": "1",
                        "haproxy.org/timeout-server": "1s",
                    },
                },
            },
        },
        "an idle timeout that Soketi just survives": { ingress: { kind: "nginx", timeoutSeconds: 120 } },
    });
});
