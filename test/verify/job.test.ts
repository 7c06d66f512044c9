import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { KEEP_VERSION } from "../../components/fields/version";
import { deployKeep, type Written } from "../support/config";
import { asker, pod } from "../network/asker";
import { accepts } from "../support/refusals";

const PUBLIC = {
    publicUrl: "https://keep.example.com",
    ingress: { kind: "traefik", tls: { clusterIssuer: "letsencrypt" } },
    verify: { enabled: true },
};

/** The Job of a stack, its container and its environment by name. */
async function job(more: Written = {}) {
    const deployed = await deployKeep({ ...PUBLIC, ...more });
    const resource = deployed.one("Job", "keep-verify");
    const { template } = resource.inputs.spec;
    const [container] = template.spec.containers;
    assert.ok(container !== undefined);
    const env = new Map(container.env.map((variable) => [variable.name, variable]));
    const inputs = template.metadata.annotations["keep.pulumi/inputs"];
    return { deployed, resource, container, env, inputs };
}

describe("keep:verify", () => {
    accepts({
        "a read-only API that takes the API key of the Job": {
            ...PUBLIC,
            backend: { env: { KEEP_READ_ONLY: "true" } },
            secretEnv: { backend: { KEEP_READ_ONLY_BYPASS_KEY: "k" } },
            verify: { enabled: true, apiKeySecret: { name: "verify", key: "key" } },
        },
        "an API that is not read-only": { ...PUBLIC, backend: { env: { KEEP_READ_ONLY: "false" } } },
    });
});

describe("the Job of keep:verify", () => {
    it("exists only when it is enabled", async () => {
        const { all } = await deployKeep({ ...PUBLIC, verify: {} });
        assert.deepEqual(
            all("Job").map(({ physicalName }) => physicalName),
            [],
        );
    });

    it("waits for every tier and every ingress", async () => {
        const { resource } = await job({ database: { kind: "postgres" }, redis: { kind: "bundled" } });
        const names = resource.dependencies.map(({ name }) => name);
        for (const wanted of [
            "keep-backend",
            "keep-worker",
            "keep-frontend",
            "keep-websocket",
            "keep-ingress-frontend",
        ]) {
            assert.ok(names.includes(wanted), `${wanted} is not among ${names.join(", ")}`);
        }
    });

    it("runs the program in the image of the user interface, with all of its files", async () => {
        const { deployed, container } = await job({ images: { registry: "mirror.example.com" } });
        assert.equal(container.image, `mirror.example.com/keephq/keep/keep-ui:${KEEP_VERSION}`);
        assert.deepEqual(container.command.slice(-1), ["/etc/keep/verify/verify.mjs"]);
        const files = Object.keys(deployed.one("ConfigMap", "keep-verify").inputs.data).sort();
        const written = readdirSync(join(__dirname, "../../components/verify")).filter((name) => name.endsWith(".mjs"));
        assert.deepEqual(files, written.sort());
    });

    const targets: Readonly<Record<string, readonly [Written, object]>> = {
        "a stack with stripped prefixes": [
            { database: { kind: "postgres" }, redis: { kind: "bundled" } },
            {
                backend: "https://keep.example.com/v2",
                websocket: "wss://keep.example.com/websocket/app",
                processor: "worker",
            },
        ],
        "a stack without stripped prefixes": [
            {
                ingress: { kind: "gce", tls: { terminatedOutside: true } },
            },
            {
                backend: "https://keep.example.com/backend",
                websocket: "wss://keep.example.com:443/app",
                processor: "backend",
            },
        ],
        "a stack behind a gateway": [
            { ingress: { kind: "gateway", className: "envoy", tls: { clusterIssuer: "letsencrypt" } } },
            { route: "httproute" },
        ],
        "a page without TLS, and an external websocket server with it": [
            {
                publicUrl: "http://keep.example.com",
                ingress: { kind: "traefik" },
                websocket: { kind: "external", host: "ws.example.com", appId: "1", appKey: "k" },
                pusherSecret: "s",
            },
            { websocket: "wss://ws.example.com:443/app" },
        ],
        "a page and an external websocket server without TLS": [
            {
                publicUrl: "http://keep.example.com",
                ingress: { kind: "traefik" },
                websocket: { kind: "external", host: "ws.example.com", port: 6001, appId: "1", appKey: "k" },
                pusherSecret: "s",
            },
            { websocket: "ws://ws.example.com:6001/app" },
        ],
        "a stack without live updates": [{ websocket: { kind: "none" } }, { websocket: undefined }],
    };
    for (const [what, [settings, wanted]] of Object.entries(targets)) {
        it(`checks the addresses that browsers use: ${what}`, async () => {
            const { env } = await job(settings);
            const target = JSON.parse(env.get("VERIFY_TARGET")?.value ?? "") as Readonly<Record<string, unknown>>;
            assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((key) => [key, target[key]])), wanted);
        });
    }

    it("signs in as the first user, or by the API key of a Secret", async () => {
        const { env } = await job();
        assert.equal(env.get("VERIFY_USERNAME")?.value, "keep");
        assert.deepEqual(env.get("VERIFY_PASSWORD")?.valueFrom.secretKeyRef, {
            name: "keep.setup",
            key: "first-user-password",
        });
        const apiKeySecret = { name: "keep-keys", key: "admin" };
        const byKey = await job({ verify: { enabled: true, apiKeySecret } });
        assert.deepEqual(byKey.env.get("VERIFY_API_KEY")?.valueFrom.secretKeyRef, apiKeySecret);
        assert.equal(byKey.env.get("VERIFY_PASSWORD"), undefined);
    });

    it("runs again when a setting changes, and not otherwise", async () => {
        const { inputs } = await job();
        assert.equal((await job()).inputs, inputs);
        assert.notEqual((await job({ version: "0.54.1" })).inputs, inputs);
        assert.notEqual((await job({ frontend: { env: { HIDE_NAVBAR_MAPPING: "true" } } })).inputs, inputs);
    });

    it("may reach the public URL, wherever it leads", async () => {
        const networkPolicy = { enabled: true, edge: [{ namespace: "traefik" }], providers: [] };
        const asks = asker((await job({ networkPolicy, secretStore: { kind: "database" } })).deployed);
        assert.ok(asks(pod("verify"), { address: "203.0.113.9" }, 443));
        assert.ok(asks(pod("verify"), { address: "10.7.7.7" }, 8443));
        assert.ok(!asks(pod("backend"), { address: "203.0.113.9" }, 443));
    });

    it("trusts the certificates of keep:extraCa", async () => {
        const { env, container } = await job({ extraCa: { configMap: { name: "corporate-ca", key: "ca.pem" } } });
        const file = env.get("NODE_EXTRA_CA_CERTS")?.value ?? "";
        assert.ok(container.volumeMounts.some(({ mountPath }) => file.startsWith(`${mountPath}/`)));
    });
});
