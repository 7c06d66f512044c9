import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";
const at = (key: string) => ({ name: "theirs", key });
const EVERY: Written = {
    existingSecrets: {
        jwtSecret: at("jwt"),
        nextAuthSecret: at("session"),
        pusherSecret: at("pusher"),
        firstUserPassword: at("admin"),
        apiKeys: at("keys"),
        providers: at("providers.yaml"),
        openaiApiKey: at("llm"),
    },
};

/** The environment of setup, which has an init container's place with SQLite. */
async function deployed(written: Written) {
    const run = await deployKeep({ database: { kind: "postgres" }, databasePassword: "p", ...written });
    const setup = run.one("Job").inputs.spec.template.spec;
    const [container] = setup.containers;
    assert.ok(container !== undefined);
    return { ...run, setup, env: envOf(container) };
}

describe("existing Secrets", () => {
    it("are what each process reads, and nothing is generated or stored in their place", async () => {
        const { all, env, resources } = await deployed(EVERY);
        const frontend = envOf(mainContainer(resources, "frontend"));
        const websocket = envOf(mainContainer(resources, "websocket"));

        assert.equal(env.KEEP_JWT_SECRET, "Secret theirs/jwt");
        assert.equal(env.KEEP_DEFAULT_PASSWORD, "Secret theirs/admin");
        assert.equal(env.KEEP_DEFAULT_API_KEYS, "Secret theirs/keys");
        assert.equal(env.OPENAI_API_KEY, "Secret theirs/llm");
        assert.equal(frontend.NEXTAUTH_SECRET, "Secret theirs/session");
        assert.equal(frontend.OPEN_AI_API_KEY, "Secret theirs/llm");
        assert.equal(websocket.SOKETI_DEFAULT_APP_SECRET, "Secret theirs/pusher");
        assert.deepEqual(
            all("Secret").map(({ physicalName }) => physicalName),
            ["keep.database"],
        );
        // The key for fingerprints protects nothing of theirs, but no value that is guessed.
        assert.deepEqual(
            all("RandomPassword").map(({ name }) => name),
            ["keep-secrets-fingerprint"],
        );
    });

    it("hold providers under any key, which setup finds as its file", async () => {
        const { env, setup } = await deployed(EVERY);

        assert.equal(env.KEEP_PROVIDERS, "/etc/keep/providers/providers.json");
        assert.deepEqual(setup.volumes.find(({ name }) => name === "providers")?.secret, {
            secretName: "theirs",
            items: [{ key: "providers.yaml", path: "providers.json" }],
        });
    });

    it("hold API keys beside the one that Prometheus has", async () => {
        const { env, one } = await deployed({ ...EVERY, monitoring: { enabled: true } });

        assert.equal(env.EXISTING_API_KEYS, "Secret theirs/keys");
        assert.equal(env.METRICS_API_KEY, "Secret keep.setup/api-keys");
        assert.equal(env.KEEP_DEFAULT_API_KEYS, "$(EXISTING_API_KEYS),$(METRICS_API_KEY)");
        assert.match(one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "", /^metrics-\w+:noc:\w+$/);
    });

    it("hold the first user's password, which the stack then does not know", async () => {
        const { result } = await deployed(EVERY);

        const user = await new Promise((resolve) => result.firstUser?.apply(resolve));
        assert.deepEqual(user, { username: "keep", secret: "keep/theirs", key: "admin" });
    });

    it("hold the token of Okta's API", async () => {
        const { resources } = await deployKeep({
            auth: { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" },
            authClientSecret: "s",
            existingSecrets: { oktaApiToken: at("token") },
        });

        assert.equal(envOf(mainContainer(resources, "backend")).OKTA_API_TOKEN, "Secret theirs/token");
    });

    it("turn the assistant on, and let the user interface reach its model", async () => {
        const { one } = await deployed({
            existingSecrets: { openaiApiKey: at("llm") },
            openai: { baseUrl: "https://llm.example.com:8443/v1" },
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });

        assert.match(JSON.stringify(one("NetworkPolicy", "keep-frontend").inputs.spec.egress), /8443/);
    });

    it("run setup again when another Secret is named", async () => {
        const inputs = async (name: string) => {
            const { one } = await deployed({ existingSecrets: { providers: { name, key: "k" } } });
            return one("Job").inputs.spec.template.metadata.annotations["keep.pulumi/inputs"];
        };

        assert.notEqual(await inputs("one"), await inputs("two"));
    });
});

describe("whole Secrets as environment", () => {
    it("are told to have no effect on what the program sets itself", async () => {
        const envFrom = [{ secret: "keep-env" }];
        const { notes, resources } = await deployKeep({ backend: { envFrom }, frontend: { envFrom } });

        assert.equal(podOf(resources, "backend").spec.containers[0]?.envFrom?.[0]?.secretRef?.name, "keep-env");
        assert.deepEqual(notes, [
            "keep:backend.envFrom, keep:frontend.envFrom: variables that the program sets, such as KEEP_JWT_SECRET, take precedence. To use your Secrets for these, set keep:existingSecrets (docs/security.md)",
        ]);
        assert.deepEqual((await deployKeep()).notes, []);
    });
});
