import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { readAnswers, rejectionOf, writeStack } from "../../../tools/configure";
import { type Answers, QUESTIONS } from "../../../tools/configure/questions";
import { UserError } from "../../../tools/preview/userError";
import { problems } from "../../support/refusals";
import { minimal } from "../../support/config";

describe("npm run configure", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keep-configure-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    const written = (answers: Readonly<Record<string, string>>) => {
        const { config } = parse(readFileSync(writeStack(folder, "prod", answers), "utf8")) as { config: object };
        return Object.fromEntries(
            Object.entries(config).map(([key, value]) => [key.replace("keep:", ""), value as unknown]),
        );
    };

    it("says that its questions need a terminal, and fails", () => {
        const command = [require.resolve("tsx/cli"), join(__dirname, "../../../tools/configure.ts"), "team"];
        const { status, stderr } = spawnSync(process.execPath, command, { cwd: folder, input: "", encoding: "utf8" });

        assert.equal(status, 2);
        assert.match(stderr, /^the questions need a terminal\..* --answers answers\.yaml\n$/);
    });

    /** All answers to the questions from one on, after earlier answers: every choice, and the texts that are tried. */
    function* walk(
        texts: Readonly<Record<string, readonly string[]>>,
        at = 0,
        answers: Answers = {},
    ): Generator<Answers> {
        const question = QUESTIONS[at];
        if (question === undefined) {
            yield answers;
        } else if (question.isAsked?.(answers) ?? true) {
            const { name, choices } = question;
            for (const answer of texts[name] ?? choices?.(answers) ?? [question.initial])
                yield* walk(texts, at + 1, { ...answers, [name]: answer });
        } else {
            yield* walk(texts, at + 1, answers);
        }
    }
    const URLS = ["http://keep.localhost", "https://keep.example.com", "http://10.0.0.1", "https://10.0.0.1"];
    const EDGES = { edgeNamespace: ["none", "traefik"], edgeRanges: ["none", "130.211.0.0/22,35.191.0.0/16"] };
    const CLASSES = {
        gatewayClass: ["envoy", "traefik", "gke-l7-global-external-managed", "azure-alb-external", "aws-alb", "alb"],
    };

    it("offers no answers that cannot be combined, and asks eleven questions at most", () => {
        const exposures = [...walk({ publicUrl: URLS, ...CLASSES, ...EDGES, database: ["postgres"], size: ["small"] })];
        const others = [...walk({ ingress: ["traefik"], retentionDays: ["forever", "30"] })];

        assert.ok(exposures.length > 100 && others.length > 20);
        for (const answers of [...exposures, ...others]) {
            assert.equal(rejectionOf(answers), undefined, JSON.stringify(answers));
            assert.ok(Object.keys(answers).length <= 11);
        }
    });

    for (const [what, [answers, message]] of Object.entries<readonly [Answers, RegExp]>({
        "a URL without a scheme": [{ publicUrl: "keep" }, /^- keep:publicUrl/],
        "a URL without a scheme before answers that need https": [
            { publicUrl: "keep.corp.io", ingress: "nginx", certificate: "cert-manager", clusterIssuer: "le" },
            /^- keep:publicUrl \("keep\.corp\.io"\) .*$/,
        ],
        "a port with https": [{ publicUrl: "https://keep.example.com:8443" }, /^- keep:publicUrl .* has a port/],
        "days that are no number": [{ retentionDays: "30d" }, /^- keep:retention\.days .*30d/],
        "no days": [{ retentionDays: "" }, /^- keep:retention\.days/],
        "a class that is no name": [{ ingress: "gateway", gatewayClass: "A b" }, /^- keep:ingress\.className/],
        "ranges that Google's load balancers do not have": [
            { ingress: "gce", edgeRanges: "10.0.0.0/8" },
            /^- keep:networkPolicy\.edge lacks 130/,
        ],
        "a namespace for a load balancer": [{ ingress: "alb", edgeNamespace: "a" }, /^edgeNamespace does not apply/],
        "a controller for an address": [
            { publicUrl: "https://10.0.0.5", ingress: "traefik" },
            /^ingress \(traefik\) is not one of its choices, because the host of publicUrl is no DNS name\. Set it to one of external\.$/,
        ],
        "no ingress with https": [{ publicUrl: "https://a.example.com", ingress: "none" }, /^ingress \(none\) is not/],
    })) {
        it(`rejects ${what} at its question`, () => {
            assert.match(rejectionOf(answers) ?? "", message);
        });
    }

    it("writes a stack for a team from a file of answers", () => {
        const answers = {
            publicUrl: "https://keep.example.com",
            size: "medium",
            retentionDays: "90",
            edgeNamespace: "traefik",
        };

        assert.deepEqual(written(answers), {
            publicUrl: "https://keep.example.com",
            ingress: { kind: "traefik", tls: { clusterIssuer: "letsencrypt" } },
            database: { kind: "postgres", volume: { size: "20Gi", retain: true } },
            size: "medium",
            redis: { kind: "bundled", volume: { size: "4Gi" } },
            backup: { kind: "volume" },
            retention: { days: 90 },
            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] },
        });
    });

    it("writes a Gateway of a class that serves its ports", () => {
        const { ingress } = written({ publicUrl: "https://keep.example.com", ingress: "gateway" });

        assert.deepEqual(ingress, { kind: "gateway", className: "envoy", tls: { clusterIssuer: "letsencrypt" } });
    });

    it("writes a Gateway of AWS, with certificates and subnets of its load balancer", () => {
        const gateway = { publicUrl: "https://keep.example.com", ingress: "gateway", gatewayClass: "team-aws-alb" };
        const { ingress, networkPolicy } = written({ ...gateway, edgeRanges: "10.0.0.0/16" });

        assert.deepEqual(ingress, {
            kind: "gateway",
            className: "team-aws-alb",
            tls: { defaultCertificate: true },
        });
        assert.deepEqual(networkPolicy, { enabled: true, edge: [{ cidr: "10.0.0.0/16" }] });
    });

    for (const [what, answers] of Object.entries<Record<string, string>>({
        "no answer": {},
        "the smallest": { database: "sqlite" },
        "the load balancer's TLS": {
            publicUrl: "https://keep.example.com",
            ingress: "nginx",
            certificate: "terminatedOutside",
        },
        "OpenShift's router": { ingress: "openshift" },
        "no ingress": { publicUrl: "http://localhost:3000", ingress: "none" },
    })) {
        it(`writes a stack that the program takes, with ${what}`, async () => {
            assert.deepEqual(await problems(minimal(written(answers))), []);
        });
    }

    const bomb = Array.from(
        { length: 12 },
        (_, index) => `k${index + 1}: &k${index + 1} [${`*k${index},`.repeat(10)}]`,
    );
    for (const [what, [text, message]] of Object.entries<readonly [text: string, message: RegExp]>({
        "no YAML": ["a: [", /answers\.yaml: is not valid YAML: /],
        "two documents": ["a: b\n---\nc: d\n", /answers\.yaml: is not valid YAML: .*multiple documents/i],
        nothing: ["", /answers\.yaml: is not a YAML object/],
        "a list as an answer": ["size: [small]\n", /answers\.yaml: is not a YAML object of names/],
        "aliases without end": [`k0: &k0 [1]\n${bomb.join("\n")}\n`, /answers\.yaml: has more than 20000 values/],
        "an alias in its own anchor": ["a: &a [*a]\n", /answers\.yaml: has an alias inside its own anchor/],
    })) {
        it(`rejects a file of answers with ${what}`, () => {
            const file = join(folder, "answers.yaml");
            writeFileSync(file, text);

            assert.throws(
                () => readAnswers(file),
                (error) => error instanceof UserError && message.test(error.message),
            );
        });
    }

    it("reads numbers and booleans in a file of answers as text", () => {
        const file = join(folder, "answers.yaml");
        writeFileSync(file, "retentionDays: 90\nsize: small\nbackup: true\nother: false\n");

        const answers = { retentionDays: "90", size: "small", backup: "yes", other: "no" };
        assert.deepEqual(readAnswers(file), answers);
    });

    for (const [name, value] of [
        ["clusterIssuer", true],
        ["edgeNamespace", false],
    ] as const) {
        it(`rejects a boolean as the answer to ${name}, which could be a name`, () => {
            const file = join(folder, "answers.yaml");
            writeFileSync(file, `${name}: ${String(value)}\n`);
            const message = new RegExp(`: ${name} \\(${String(value)}\\) is a boolean, .* Answer it, or leave it out`);
            assert.throws(
                () => readAnswers(file),
                (error) => error instanceof UserError && message.test(error.message),
            );
            writeFileSync(file, `${name}: "${String(value)}"\n`);
            assert.deepEqual(readAnswers(file), { [name]: String(value) });
        });
    }

    it("rejects answers that are none, all together, and writes nothing", () => {
        assert.throws(
            () => written({ colour: "red", database: "oracle" }),
            (error) => error instanceof UserError && error.message.split("\n").length === 2,
        );
        assert.throws(
            () => written({ publicUrl: "keep" }),
            (error) => pulumi.RunError.isInstance(error) && error.message.includes("keep:publicUrl"),
        );
        assert.doesNotThrow(() => written({}));
        assert.throws(() => written({}), /^Error: Pulumi.prod.yaml exists/);
    });
});
