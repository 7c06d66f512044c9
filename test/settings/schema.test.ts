import { accepts } from "../support/refusals";

describe("the settings of a stack", () => {
    accepts({
        "a public URL with a port": { publicUrl: "http://keep.example.com:8080" },
        "the client as the audience at Auth0": {
            auth: { kind: "auth0", clientId: "abc", domain: "example.eu.auth0.com", audience: "abc" },
            authClientSecret: "s",
        },
        "as many cores as a large machine has": {
            backend: { resources: { requests: { cpu: "500m" }, limits: { cpu: 192 } } },
        },
        "the longest release": { release: "k".repeat(40) },
        "the longest namespace": { namespace: { name: "n".repeat(45) } },
        "a release called like a number's beginning": { release: "k8s-1" },
        "numbers and booleans where text is wanted": { labels: { tier: 1, critical: true } },
        "telemetry as text, as Pulumi hands it over": { telemetry: "true" },
        "a version with a suffix": { version: "0.54.2-rc.1" },
        "the shortest setup": { setup: { timeoutSeconds: 60, retries: 0 } },
        "the highest websocket port": {
            websocket: { kind: "external", host: "push.example.com", port: 65535, appId: "1", appKey: "k" },
            pusherSecret: "7ad3773142a6692b25b8",
        },
    });
});
