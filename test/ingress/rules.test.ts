import { accepts, refuses } from "../support/refusals";

describe("the public addresses of a stack", () => {
    refuses({
        "a prefix without a slash": [
            { ingress: { kind: "nginx", backendPrefix: "v2" } },
            'keep:ingress.backendPrefix ("v2") is not a path prefix. Begin with a slash, do not end with one, and use letters, digits, dots, dashes and underscores, such as /v2.',
        ],
        "a prefix that ends with a slash": [
            { ingress: { kind: "nginx", backendPrefix: "/v2/" } },
            'keep:ingress.backendPrefix ("/v2/") is not a path prefix. Begin with a slash, do not end with one, and use letters, digits, dots, dashes and underscores, such as /v2.',
        ],
        "an API at the root": [
            { ingress: { kind: "nginx", backendPrefix: "/" } },
            'keep:ingress.backendPrefix ("/") belongs to the user interface. Use a prefix such as /v2.',
        ],
        "a prefix that the user interface answers": [
            { ingress: { kind: "nginx", backendPrefix: "/api" } },
            'keep:ingress.backendPrefix ("/api") is a path that the user interface answers itself. Use another prefix, such as /v2 or /websocket.',
        ],
        "a websocket prefix that the user interface answers": [
            { ingress: { kind: "nginx", websocketPrefix: "/_next/live" } },
            'keep:ingress.websocketPrefix ("/_next/live") is a path that the user interface answers itself. Use another prefix, such as /v2 or /websocket.',
        ],
        "a certificate's Secret that is no name": [
            { publicUrl: "https://keep.example.com", ingress: { kind: "nginx", tls: { secretName: "My Secret" } } },
            'keep:ingress.tls.secretName ("My Secret") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "two issuers": [
            {
                publicUrl: "https://keep.example.com",
                ingress: { kind: "nginx", tls: { issuer: "a", clusterIssuer: "b" } },
            },
            'keep:ingress.tls ({"issuer":"a","clusterIssuer":"b"}) names more than one issuer. Keep one of issuer, clusterIssuer and issuerRef.',
        ],
        "an idle timeout that Soketi would not survive": [
            { ingress: { kind: "nginx", timeoutSeconds: 119 } },
            "keep:ingress.timeoutSeconds (119) is less than 120. Use 120 or more.",
        ],
        "another path of the user interface with the published image": [
            { ingress: { kind: "nginx", frontendPrefix: "/ui" } },
            'keep:ingress.frontendPrefix ("/ui") cannot be served by Keep\'s published image, which is built without a base path. Use /, or set keep:frontend.image to a build with that Next.js basePath.',
        ],
        "equal prefixes": [
            { ingress: { kind: "nginx", backendPrefix: "/x", websocketPrefix: "/x" } },
            'keep:ingress.websocketPrefix ("/x") overlaps with keep:ingress.backendPrefix (/x). Use prefixes that are not part of each other.',
        ],
        "a websocket prefix below the API's": [
            { ingress: { kind: "nginx", websocketPrefix: "/v2/live" } },
            'keep:ingress.websocketPrefix ("/v2/live") overlaps with keep:ingress.backendPrefix (/v2). Use prefixes that are not part of each other.',
        ],
        "an API's prefix below the websocket's": [
            { ingress: { kind: "nginx", backendPrefix: "/websocket/v2" } },
            'keep:ingress.websocketPrefix ("/websocket") overlaps with keep:ingress.backendPrefix (/websocket/v2). Use prefixes that are not part of each other.',
        ],
        "an API below the user interface": [
            {
                frontend: { image: "own:1" },
                ingress: { kind: "nginx", frontendPrefix: "/ui", backendPrefix: "/ui/v2" },
            },
            'keep:ingress.backendPrefix ("/ui/v2") overlaps with keep:ingress.frontendPrefix (/ui). Use prefixes that are not part of each other.',
        ],
        "a user interface below the websocket's": [
            { frontend: { image: "own:1" }, ingress: { kind: "openshift", frontendPrefix: "/websocket/ui" } },
            'keep:ingress.websocketPrefix ("/websocket") overlaps with keep:ingress.frontendPrefix (/websocket/ui). Use prefixes that are not part of each other.',
        ],
        "https without a certificate": [
            { publicUrl: "https://keep.example.com" },
            "keep:ingress.tls is missing, but keep:publicUrl is https. Name a certificate (secretName, issuer, clusterIssuer or defaultCertificate), or set terminatedOutside.",
        ],
        "a certificate without https": [
            { ingress: { kind: "nginx", tls: { secretName: "cert" } } },
            "keep:ingress.tls is given, but keep:publicUrl is http. Remove it, or begin keep:publicUrl with https.",
        ],
        "https on a port of its own with live updates": [
            { publicUrl: "https://keep.example.com:8443", ingress: { kind: "nginx", tls: { secretName: "cert" } } },
            'keep:publicUrl ("https://keep.example.com:8443") has a port, but with TLS the browser\'s websocket always uses 443, so live updates would fail. Use port 443, or set keep:websocket.kind to none.',
        ],
    });

    accepts({
        "prefixes that only begin alike": { ingress: { kind: "nginx", backendPrefix: "/v2", websocketPrefix: "/v2x" } },
        "a prefix of several segments": { ingress: { kind: "nginx", backendPrefix: "/keep/v2.1" } },
        "another path of the user interface with an image of one's own": {
            frontend: { image: "registry.example.com/keep-ui:1" },
            ingress: { kind: "nginx", frontendPrefix: "/ui" },
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
        "an idle timeout that Soketi just survives": { ingress: { kind: "nginx", timeoutSeconds: 120 } },
    });
});
