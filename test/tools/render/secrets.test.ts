import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { load } from "js-yaml";

import { KUBESEAL, type Sealed, unsealed } from "./kubeseal";
import { objects, RenderProject } from "./project";

describe("the Secrets of a rendered stack", () => {
    let project: RenderProject;
    before(() => {
        project = new RenderProject();
    });
    after(() => {
        project.close();
    });

    it("are listed, with their keys and where the values come from", async () => {
        const { "SECRETS.md": page = "" } = await project.files("prod", "prod");

        assert.match(page, /\| `keep\/keep\.app` \| `jwt-secret` \| a password of 32 letters and digits/);
        assert.match(
            page,
            /\| `keep\/keep\.database` \| `url` \| `postgresql\+psycopg2:\/\/keep:<password>@keep-database:5432\/keep` \|/,
        );
        assert.match(page, /\| `keep\/keep\.database` \| `username` \| `keep` \|/);
    });

    it("show where the program encodes a password, to whom fills them in", async () => {
        writeFileSync(
            join(project.root, "Pulumi.encoded.yaml"),
            `config:
    keep:publicUrl: https://keep.example.com
    keep:ingress: { kind: nginx, tls: { terminatedOutside: true } }
    keep:database: { kind: external, engine: postgres, host: db.example.com }
    keep:databasePassword: { secure: v1:abc }
    keep:redis: { kind: external, host: redis.example.com }
    keep:redisPassword: { secure: v1:def }
    keep:apiKeys: { secure: v1:ghi }
    keep:providers: { secure: v1:jkl }
`,
        );
        const { "SECRETS.md": page = "", "seal.sh": script = "" } = await project.files(
            "encoded",
            "encoded",
            "--secrets",
            "sealed",
        );

        const url = "postgresql+psycopg2://keep:<databasePassword, percent-encoded>@db.example.com:5432/keep";
        for (const [key, form] of [
            ["keep/keep.database-url, url", url],
            ["keep/keep.redis, password", "<redisPassword>"],
            ["keep/keep.redis, password-json", '"<redisPassword, escaped for JSON>"'],
            ["keep/keep.setup, api-keys", "<apiKeys>"],
            ["keep/keep.providers, providers.json", "<providers>"],
        ] as const) {
            const [secret = "", name = ""] = key.split(", ");
            assert.ok(page.includes(`| \`${secret}\` | \`${name}\` | \`${form}\`, where`), key);
            const prompt = name === "providers.json" ? "ask_object" : "ask";
            assert.ok(script.includes(`${prompt} '${key}: ${form}'`), key);
        }
    });

    for (const engine of ["postgres", "mysql", "sqlserver"]) {
        it(`may be an encrypted URL of an external ${engine}`, async () => {
            writeFileSync(
                join(project.root, `Pulumi.${engine}.yaml`),
                `config:
    keep:publicUrl: https://keep.example.com
    keep:ingress: { kind: nginx, tls: { terminatedOutside: true } }
    keep:backend: { image: "registry.example.com/keep-api:0.54.2" }
    keep:database: { kind: external, engine: ${engine} }
    keep:databaseUrl: { secure: v1:abc }
`,
            );
            const { "SECRETS.md": page = "" } = await project.files(engine, engine);
            assert.match(page, /\| `keep\/keep\.database-url` \| `url` \| `<databaseUrl>`, where/);
        });
    }

    it("are not needed where an existing one holds the password", async () => {
        const secret = '{"name":"login","key":"pw"}';
        const given = ["database", "redis"].flatMap((key) => ["--config", `${key}.passwordSecret=${secret}`]);
        const rendered = await project.files("existing", "prod", ...given);

        assert.doesNotMatch(rendered["SECRETS.md"] ?? "", /keep\.(database|redis)/);
        const server = objects(rendered).find(
            ({ kind, metadata }) => kind === "Deployment" && metadata.name === "keep-database",
        );
        assert.match(JSON.stringify(server), /"secretKeyRef":\{"name":"login","key":"pw"/);
    });

    it("are references to a store, for the External Secrets Operator", async () => {
        const made = objects(
            await project.files("external", "prod", "--secrets", "external", "--store", "SecretStore/vault"),
        );
        const database = made.find(
            ({ kind, metadata }) => kind === "ExternalSecret" && metadata.name === "keep.database",
        );
        const deployment = made.find(
            ({ kind, metadata }) => kind === "Deployment" && metadata.name === "keep-database",
        );

        assert.equal(database?.apiVersion, "external-secrets.io/v1");
        assert.deepEqual(database.spec, {
            refreshInterval: "1h0m0s",
            secretStoreRef: { kind: "SecretStore", name: "vault" },
            target: {
                name: "keep.database",
                creationPolicy: "Owner",
                template: {
                    engineVersion: "v2",
                    data: {
                        password: '{{ index . "password" }}',
                        url: 'postgresql+psycopg2://keep:{{ index . "password" }}@keep-database:5432/keep',
                        username: "keep",
                    },
                },
            },
            data: [{ secretKey: "password", remoteRef: { key: "keep/keep.database", property: "password" } }],
        });
        assert.ok(database.wave < (deployment?.wave ?? 0));
    });

    const monitored = [
        "--config",
        'monitoring={"enabled":true,"apiKeySecret":{"name":"keep-metrics","key":"api-key"}}',
    ];
    const stacks: Record<string, string[]> = {
        dev: ["dev"],
        prod: ["prod"],
        outer: ["outer", "--config", 'secretEnv={"backend":{"TOKEN":""}}'],
        monitored: ["prod", ...monitored],
    };
    for (const [stack, args] of Object.entries(stacks)) {
        it(`fetch something, each of them, with the External Secrets Operator: ${stack}`, async () => {
            const made = objects(await project.files(stack, ...args, "--secrets", "external", "--store", "vault"));
            const fetching = made.filter(({ kind }) => kind === "ExternalSecret");
            assert.notEqual(fetching.length, 0);
            // externalsecret_validator.go: "either data or dataFrom should be specified"
            const empty = fetching.filter(({ spec }) => (spec?.data as unknown[]).length === 0);
            assert.deepEqual(empty, []);
        });
    }

    for (const options of [["external", "--store", "vault"], ["sealed"]]) {
        it(`are in the manifests if no value is secret: ${options[0]}`, async () => {
            const rendered = await project.files("plain", "prod", ...monitored, "--secrets", ...options);
            const made = objects(rendered);
            const [secret, ...others] = made.filter(({ kind }) => kind === "Secret");
            assert.deepEqual(others, []);
            assert.equal(secret?.metadata.name, "keep.metrics");
            assert.deepEqual(secret.stringData, { username: "metrics" });
            assert.equal(secret.metadata.annotations?.["argocd.argoproj.io/sync-wave"], String(secret.wave));
            assert.ok(secret.wave < (made.find(({ kind }) => kind === "PodMonitor")?.wave ?? 0));
            for (const page of ["SECRETS.md", "seal.sh"]) {
                assert.doesNotMatch(rendered[page] ?? "", /keep\.metrics/);
            }
            assert.match(rendered["SECRETS.md"] ?? "", /keep\.app/);
        });
    }

    it("are all listed for whom creates them", async () => {
        const rendered = await project.files("listed", "prod", ...monitored);
        assert.match(rendered["SECRETS.md"] ?? "", /\| `keep\/keep\.metrics` \| `username` \| `metrics` \|/);
        assert.ok(!objects(rendered).some(({ kind }) => kind === "Secret"));
    });

    it("are sealed by a script that makes passwords up, asks for the others, and runs once", async () => {
        const args = ["outer", "--secrets", "sealed", "--config", 'secretEnv={"backend":{"TOKEN":"hunter2"}}'];
        const { "seal.sh": script = "" } = await project.files("sealed", ...args);
        const bin = join(project.folder, "bin");
        mkdirSync(bin);
        const fake = (name: string, text: string) => {
            writeFileSync(join(bin, name), text, { mode: 0o755 });
        };
        fake(
            "openssl",
            "#!/bin/sh\ncase $1 in rand) echo 0123456789abcdef0123456789abcdef ;; base64) base64 -w0 ;; esac\n",
        );
        fake("kubeseal", KUBESEAL);
        const answers = join(project.folder, "answers");
        writeFileSync(answers, "token of a team\npostgresql+psycopg2://keep:a%20b@db.example.com/keep\n");
        const run = () =>
            execFileSync("sh", [join(project.folder, "sealed", "seal.sh")], {
                encoding: "utf8",
                // From a file: the second run asks nothing, and a pipe could break before it is written.
                stdio: [openSync(answers, "r"), "pipe", "pipe"],
                env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
            });
        run();
        const sealed = (name: string) => {
            const text = readFileSync(join(project.folder, "sealed", "wave-1", `sealedsecret-${name}.yaml`), "utf8");
            const secret = load(text) as Sealed;
            assert.equal(secret.metadata.name, name);
            return unsealed(secret);
        };

        assert.equal(sealed("keep.app")["jwt-secret"], "k0123456789abcdef0123456789abcdef");
        assert.equal(sealed("keep.env")["backend.TOKEN"], "token of a team");
        assert.match(sealed("keep.database-url").url ?? "", /^postgresql\+psycopg2:\/\/keep:a%20b@db/);
        assert.ok(!script.includes("hunter2"));

        fake("openssl", "#!/bin/sh\nexit 1\n");
        run();
        await project.files("sealed", ...args);
        assert.ok(existsSync(join(project.folder, "sealed", "wave-1", "sealedsecret-keep.app.yaml")));
    });
});
