import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";

interface Variable {
    readonly name: string;
    readonly value?: string;
}

describe("Services of the cluster", () => {
    async function direct(written: Written): Promise<readonly string[]> {
        const { one } = await deployKeep({ proxy: { http: "http://proxy.infra:3128" }, ...written });
        const env: readonly Variable[] =
            one("Deployment", "keep-backend").inputs.spec.template.spec.containers[0]?.env ?? [];
        return String(env.find(({ name }) => name === "NO_PROXY")?.value).split(",");
    }

    it("are reached without the proxy, by any of their names", async () => {
        const hosts = await direct({
            secretStore: { kind: "vault", address: "http://vault.vault:8200", role: "keep" },
            openai: { baseUrl: "http://ollama:11434/v1" },
            openaiApiKey: "k",
            elasticsearch: { hosts: ["https://search.logs:9200", "https://logs.example.com:9200"], user: "keep" },
            elasticsearchPassword: "p",
        });
        for (const host of ["vault.vault", "ollama", "search.logs"]) assert.ok(hosts.includes(host), host);
        assert.ok(!hosts.includes("logs.example.com"));
        assert.ok(!hosts.includes("proxy.infra"));
        assert.equal(new Set(hosts).size, hosts.length);
    });

    it("are those of variables as well", async () => {
        const env = {
            OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.otel:4318",
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector.otel:4318/v1/traces",
            MINE: "http://$(HOST):1/",
            PAGE: "http://pages.example.com",
        };
        const hosts = await direct({ backend: { env } });
        assert.deepEqual(hosts.slice(-1), ["collector.otel"]);
    });

    it("are in namespaces of two letters, by their ports", async () => {
        const hosts = await direct({
            secretStore: { kind: "vault", address: "http://vault.qa:8200", role: "keep" },
            openai: { baseUrl: "http://ollama.ai:11434/v1" },
            openaiApiKey: "k",
            elasticsearch: { hosts: ["https://logs.de:8443"], user: "keep" },
            elasticsearchPassword: "p",
        });
        for (const host of ["vault.qa", "ollama.ai"]) assert.ok(hosts.includes(host), host);
        assert.ok(!hosts.includes("logs.de"));
    });

    it("are no domains of the internet", async () => {
        const hosts = await direct({ openai: { baseUrl: "https://example.systems/v1" }, openaiApiKey: "k" });
        assert.ok(!hosts.includes("example.systems"));
        const others = await direct({ openai: { baseUrl: "http://example.com:8080/v1" }, openaiApiKey: "k" });
        assert.ok(!others.includes("example.com"));
    });

    const URL_WITH_PASSWORD = "http://me:p@proxy.example.com:3128";

    /** Values of NO_PROXY and no_proxy in each tier that has one. */
    async function directOfTiers(written: Written): Promise<Readonly<Record<string, readonly (string | undefined)[]>>> {
        const { all } = await deployKeep({ database: { kind: "postgres" }, redis: { kind: "bundled" }, ...written });
        const tiers = all("Deployment").map(({ name, inputs }) => {
            const env: readonly Variable[] = inputs.spec.template.spec.containers[0]?.env ?? [];
            return [
                name,
                env.filter((variable) => /^no_proxy$/i.test(variable.name)).map(({ value }) => value),
            ] as const;
        });
        return Object.fromEntries(tiers.filter(([, values]) => values.length > 0));
    }

    it("are reached directly by a tier with a proxy of its own as well", async () => {
        for (const own of [
            { secretEnv: { backend: { HTTPS_PROXY: URL_WITH_PASSWORD } } },
            { secretEnv: { backend: { http_proxy: URL_WITH_PASSWORD } } },
            { backend: { env: { HTTP_PROXY: "http://proxy.example.com:3128" } } },
        ]) {
            const vault = { kind: "vault", address: "http://vault.vault:8200", role: "keep" };
            const tiers = await directOfTiers({ secretStore: vault, ...own });
            assert.deepEqual(Object.keys(tiers), ["keep-backend"]);
            const [upper = "", lower] = tiers["keep-backend"] ?? [];
            assert.equal(lower, upper);
            for (const host of ["keep-websocket", "vault.vault"]) assert.ok(upper.split(",").includes(host), host);
        }
    });

    it("are not added where a tier lists its own hosts, or uses no proxy", async () => {
        const written = {
            backend: { env: { no_proxy: ".example.com" } },
            worker: { env: { HTTPS_PROXY: "" } },
            secretEnv: { backend: { HTTPS_PROXY: URL_WITH_PASSWORD } },
        };
        assert.deepEqual(await directOfTiers(written), { "keep-backend": [".example.com"] });
    });
});

describe("CloudNativePG's pods, which use the variables of the API about proxies", () => {
    async function ofOperator(noProxy: unknown): Promise<readonly Variable[]> {
        const { one } = await deployKeep({
            database: { kind: "cloudnativepg", backup: { destination: "s3://dumps/keep", credentials: "s3" } },
            secretStore: { kind: "database" },
            backend: { env: { HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: noProxy } },
        });
        return (one("Cluster").inputs.spec as { readonly env: readonly Variable[] }).env;
    }

    for (const [what, own, expected] of [
        ["with hosts", "localhost,10.0.0.0/8", /^localhost,10\.0\.0\.0\/8,127\.0\.0\.1,/],
        ["without hosts", "", /^localhost,/],
        ["in a Secret", { secret: { name: "proxy", key: "no" } }, /^\$\(OWN_NO_PROXY\),localhost,/],
    ] as const) {
        it(`reach the API server without the proxy, beside a NO_PROXY ${what}`, async () => {
            const env = await ofOperator(own);
            const names = env.map(({ name }) => name);
            const value = env.find(({ name }) => name === "NO_PROXY")?.value ?? "";
            assert.match(value, expected);
            assert.match(value, /,kubernetes\.default\.svc,\$\(KUBERNETES_SERVICE_HOST\),/);
            assert.equal(new Set(value.split(",")).size, value.split(",").length);
            assert.equal(new Set(names).size, names.length);
            assert.equal(names.includes("OWN_NO_PROXY"), typeof own !== "string");
        });
    }

    it("use no proxy if NO_PROXY contains all hosts", async () => {
        assert.deepEqual((await ofOperator("*")).at(-1), { name: "NO_PROXY", value: "*" });
    });
});
