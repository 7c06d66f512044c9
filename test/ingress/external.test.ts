import assert from "node:assert/strict";

import { routesToConfigure } from "../../components/ingress/external";
import { deployIngress } from "../support/deployIngress";
import { accepts } from "../support/refusals";

const endpoint = (service: string, port: number) => ({ service, port, portName: "http", healthPath: "/" });
const endpoints = {
    frontend: endpoint("keep-frontend", 3000),
    backend: endpoint("keep-backend", 8080),
    websocket: endpoint("keep-websocket", 6001),
};
const release = { name: "keep", namespace: "monitoring", version: "0.54.2", labels: {} };

describe("a router of one's own", () => {
    accepts({ "an address instead of a name": { publicUrl: "http://192.0.2.1", ingress: { kind: "external" } } });

    for (const { rewritesPaths, urls, routes } of [
        {
            rewritesPaths: false,
            urls: {
                backend: "https://keep.example.com/backend",
                backendForBrowser: undefined,
                websocket: "wss://keep.example.com/app",
                pusher: { host: "keep.example.com", port: 443 },
            },
            routes: [
                "  /backend/metrics → keep-backend:8080, to hide metrics",
                "  /app → keep-websocket:6001",
                "  / → keep-frontend:3000",
            ],
        },
        {
            rewritesPaths: true,
            urls: {
                backend: "https://keep.example.com/v2",
                backendForBrowser: "/v2",
                websocket: "wss://keep.example.com/websocket",
                pusher: { host: "/websocket" },
            },
            routes: [
                "  /backend/metrics → keep-backend:8080, to hide metrics",
                "  /v2/metrics → keep-frontend:3000, to hide metrics",
                "  /websocket → keep-websocket:6001, without the prefix",
                "  /v2 → keep-backend:8080, without the prefix",
                "  / → keep-frontend:3000",
            ],
        },
    ]) {
        const how = rewritesPaths ? "strips prefixes" : "passes paths on";
        const ingress = { kind: "external", rewritesPaths } as const;

        it(`that ${how} gives https addresses, and no object`, async () => {
            const { result, resources } = await deployIngress({ publicUrl: "https://keep.example.com", ingress });
            const { frontend, origin, ...others } = result;
            assert.deepEqual([frontend, origin], ["https://keep.example.com", "https://keep.example.com"]);
            assert.deepEqual(others, urls);
            assert.deepEqual(resources, []);
        });

        it(`that ${how} is told the paths to route`, () => {
            assert.deepEqual(routesToConfigure(ingress, "https://keep.example.com", release, endpoints).split("\n"), [
                "Route https://keep.example.com to these Services in namespace monitoring, the longest path first:",
                ...routes,
            ]);
        });
    }
});
