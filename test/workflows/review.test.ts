import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { ROOT } from "./files";
import { WorkflowShell } from "./shell";

/** `pulumi config --stack <stack> --json --show-secrets`, with the answers of Pulumi 3.260. It decrypts nothing but the value "ours". */
const CONFIG = `node -e '
    const { load } = require("${path.join(ROOT, "node_modules", "js-yaml")}");
    const { config } = load(require("node:fs").readFileSync("Pulumi." + process.argv[1] + ".yaml", "utf8"));
    const answers = Object.entries(config).map(([key, value]) => {
        if (value?.secure === "theirs") {
            console.error("error: failed to decrypt configuration key");
            process.exit(255);
        }
        if (typeof value !== "object") return [key, { value: String(value), secret: false }];
        if (value.secure !== undefined) return [key, { value: value.secure, secret: true }];
        return [key, { value: JSON.stringify(value), objectValue: value, secret: false }];
    });
    console.log(JSON.stringify(Object.fromEntries(answers)));
    ' "$3"`;

describe("review stacks", () => {
    let shell: WorkflowShell;

    beforeEach(() => {
        shell = new WorkflowShell();
    });
    afterEach(() => {
        shell.close();
    });

    const base = { NUMBER: "12", KUBECONFIG_CONTENT: "a: b", PULUMI_CONFIG_PASSPHRASE: "x" };
    const up = { ...base, DOMAIN: "review.example.com", GH_TOKEN: "t", GH_REPO: "o/r" };
    const stacks = (hours: number) =>
        JSON.stringify([
            {
                name: "organization/keep/review-12",
                lastUpdate: new Date(Date.now() - hours * 3_600_000).toISOString(),
            },
            { name: "prod", lastUpdate: "2020-01-01T00:00:00.000Z" },
        ]);

    /**
     * Runs a job's command in a folder with the shipped stack file, or others for dev and for review stacks, and a Pulumi CLI that notes what it is asked for.
     */
    function review(
        command: "up" | "down" | "sweep",
        environment: Readonly<Record<string, string>>,
        hours = 0,
        exit = 0,
        dev?: string,
        own?: string,
    ) {
        mkdirSync(path.join(shell.folder, ".github"));
        copyFileSync(path.join(ROOT, ".github", "review.sh"), path.join(shell.folder, ".github", "review.sh"));
        copyFileSync(path.join(ROOT, "Pulumi.dev.yaml"), path.join(shell.folder, "Pulumi.dev.yaml"));
        if (dev !== undefined) writeFileSync(path.join(shell.folder, "Pulumi.dev.yaml"), dev);
        if (own !== undefined) writeFileSync(path.join(shell.folder, "Pulumi.review.yaml"), own);
        shell.install("gh", 'echo "gh $*" >> calls');
        shell.install(
            "pulumi",
            `echo "pulumi $*" >> calls
            case "$1 $2" in
                "stack ls") echo '${stacks(hours)}' ;;
                "stack output") echo "https://keep-12.review.example.com" ;;
                "config --stack") ${CONFIG} ;;
                "up --stack") exit ${exit} ;;
            esac`,
        );
        const backend = { PULUMI_BACKEND_URL: "s3://state" };
        const { status, output } = shell.run("review.yml", `review.sh ${command}`, environment, backend);
        return { status, output, calls: existsSync(path.join(shell.folder, "calls")) ? shell.written("calls") : "" };
    }

    it("deploys a pull request under a host and namespace of its own, and says where", () => {
        const { status, calls } = review("up", up);

        assert.equal(status, 0);
        assert.match(calls, /config set --stack review-12 keep:publicUrl https:\/\/keep-12\.review\.example\.com\n/);
        assert.match(calls, /config set --stack review-12 --path keep:namespace\.name keep-review-12\n/);
        assert.match(calls, /pulumi up --stack review-12 --yes/);
        assert.match(
            calls,
            /gh api repos\/o\/r\/issues\/12\/comments .*Review stack: https:\/\/keep-12\.review\.example\.com\./,
        );
    });

    const settings = "config:\n  keep:publicUrl: https://keep.example.com\n  keep:insecure: true # secure: no\n";

    for (const [what, ingress, isOutside] of [
        ["of the default kind", "", true],
        ["without a certificate", "  keep:ingress: { kind: gateway }\n", true],
        ["with an issuer", "  keep:ingress: { kind: traefik, tls: { clusterIssuer: letsencrypt } }\n", false],
        ["with the default certificate", "  keep:ingress: { tls: { defaultCertificate: true } }\n", false],
        ["of kind external", "  keep:ingress: { kind: external }\n", false],
        ["of kind none", "  keep:ingress: { kind: none }\n", false],
    ] as const) {
        it(`${isOutside ? "expects" : "does not expect"} TLS outside for an ingress ${what}`, () => {
            const { status, calls } = review("up", up, 0, 0, settings + ingress);

            assert.equal(status, 0);
            assert.equal(calls.includes("--path keep:ingress.tls.terminatedOutside true\n"), isOutside);
        });
    }

    for (const [key, value] of [
        ["database", "{ kind: external, engine: postgres, host: db.example.com }"],
        ["database", "{ kind: postgres, volume: { persistentVolume: { nfs: { server: nas, path: /keep } } } }"],
        ["database", `'{"kind":"external","engine":"postgres","host":"db.example.com"}'`],
        ["redis", "{ kind: external, hostSecret: { name: redis, key: host } }"],
        ["websocket", "{ kind: external, host: push.example.com }"],
        ["secretStore", "{ kind: vault, address: https://vault.example.com }"],
        ["secretStore", "{ kind: aws, region: eu-west-1 }"],
        ["secretStore", "{ kind: gcp, project: alerting }"],
        ["secretStore", "{ namespace: keep-credentials, acceptShared: true }"],
        ["ingress", "{ kind: traefik, extraHosts: [alerts.example.com] }"],
        ["ingress", "{ kind: traefik, tierHosts: { backend: api.example.com } }"],
        ["extraIngresses", "[{ ingress: { kind: nginx } }, { hosts: [hooks.example.com], ingress: { kind: alb } }]"],
        ["extraIngresses", "[{ ingress: { kind: nginx, tierHosts: { websocket: push.example.com } } }]"],
        ["elasticsearch", "{ hosts: [https://es.example.com:9200], indexSuffix: dev }"],
        ["providers", '{"grafana":{"type":"grafana","authentication":{"token":"masked"}}}'],
        ["providers", "{ secure: ours }"],
        ["existingSecrets", "{ providers: { name: keep-app, key: providers } }"],
        ["namespace", "{ name: keep, create: false }"],
    ] as const) {
        const outside = `${settings}  keep:${key}: ${value}\n`;

        it(`does not share keep:${key} ${value} with dev`, () => {
            const { status, output, calls } = review("up", up, 0, 0, outside);

            assert.equal(status, 1);
            assert.match(
                output,
                new RegExp(`::error::keep:${key}[.\\w]* of Pulumi.dev.yaml .* Commit a Pulumi.review.yaml`),
            );
            assert.doesNotMatch(output, /masked/);
            assert.match(calls, /could not be deployed/);
            assert.doesNotMatch(calls, /pulumi up/);
        });

        it(`takes keep:${key} ${value} of a file for review stacks`, () => {
            const { status, calls } = review("up", up, 0, 0, outside, outside);

            assert.equal(status, 0);
            assert.match(calls, /pulumi up/);
        });
    }

    for (const key of ["ingress", "namespace"]) {
        it(`does not replace keep:${key}, which is an object in text`, () => {
            const text = `  keep:${key}: '{"name":"keep"}'\n`;
            const { status, output, calls } = review("up", up, 0, 0, settings + text, settings + text);

            assert.equal(status, 1);
            assert.match(output, new RegExp(`::error::keep:${key} of Pulumi.review.yaml .* Write it as YAML`));
            assert.doesNotMatch(calls, /config set/);
        });
    }

    it("takes servers and credentials in the cluster from dev", () => {
        const inside = [
            "database: { kind: postgres, volume: { size: 5Gi } }",
            "redis: { kind: bundled }",
            "secretStore: { kind: database }",
            "namespace: { name: keep, create: true }",
            "elasticsearch: { hosts: [https://es.example.com:9200] }",
            "extraIngresses: [{ ingress: { kind: nginx, extraHosts: [], tierHosts: {} } }]",
        ];
        const dev =
            settings + inside.map((line) => `  keep:${line}\n`).join("") + "  keep:ingress: { kind: external }\n";

        assert.equal(review("up", up, 0, 0, dev).status, 0);
    });

    const salt = "encryptionsalt: v1:abc\n";

    it("needs no passphrase of dev, whose stack file has no encrypted value", () => {
        const key = "secretsprovider: awskms://alias/keep\nencryptedkey: abc\n";
        const { status } = review("up", up, 0, 0, salt + key + settings);

        assert.equal(status, 0);
        assert.equal(shell.written("Pulumi.review-12.yaml"), settings);
    });

    it("keeps the salt of dev for encrypted values, which may have the same passphrase", () => {
        const dev = `${settings}  keep:openaiApiKey: { secure: ours }\n${salt}`;
        const { status, calls } = review("up", up, 0, 0, dev);

        assert.equal(status, 0);
        assert.equal(shell.written("Pulumi.review-12.yaml"), dev);
        assert.match(calls, /pulumi up --stack review-12 --yes/);
    });

    it("names the way out where it cannot decrypt a value of dev", () => {
        const dev = `${settings}  keep:openaiApiKey:\n    secure: theirs\n`;
        const { status, output, calls } = review("up", up, 0, 0, dev);

        assert.equal(status, 1);
        assert.match(output, /::error::review-12 cannot read Pulumi\.dev\.yaml\. .*commit a Pulumi\.review\.yaml/);
        assert.match(calls, /could not be deployed/);
        assert.doesNotMatch(calls, /pulumi up/);
    });

    it("says on the pull request that a deployment failed, and fails", () => {
        const { status, calls } = review("up", up, 0, 255);

        assert.equal(status, 1);
        assert.match(calls, /could not be deployed/);
    });

    for (const [what, command, environment, hours, isRemoved] of [
        ["removes one whose pull request is closed", "down", base, 1, true],
        ["has nothing to remove where there is none", "down", { ...base, NUMBER: "13" }, 1, false],
        ["removes one that nobody has deployed for three days", "sweep", { ...base, NUMBER: undefined }, 73, true],
        ["leaves one of yesterday", "sweep", { ...base, NUMBER: undefined }, 24, false],
    ] as const) {
        it(what, () => {
            const { NUMBER, ...others } = environment;
            const { status, calls } = review(command, NUMBER === undefined ? others : { ...others, NUMBER }, hours);

            assert.equal(status, 0);
            assert.deepEqual(
                calls.match(/pulumi destroy.*/g),
                isRemoved ? ["pulumi destroy --stack review-12 --yes --skip-preview --remove"] : null,
            );
        });
    }

    it("names what is missing", () => {
        const { status, output } = review("up", { ...up, KUBECONFIG_CONTENT: "" });

        assert.equal(status, 1);
        assert.match(output, /::error::KUBECONFIG is not set/);
    });
});
