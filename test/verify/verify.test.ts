import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Target } from "../../components/verify/target";
import { createCertificate } from "../support/certificate";
import { type Fault, StandInKeep, startPlain } from "./standIn";

const PROGRAM = join(__dirname, "../../components/verify/verify.mjs");
const LOGIN = { VERIFY_USERNAME: "keep", VERIFY_PASSWORD: "the-password" };

interface Report {
    readonly code: number;
    readonly lines: readonly string[];
}

/** Runs the program on a target, with this environment and no other. */
async function run(target: object, env: Readonly<Record<string, string>> = LOGIN): Promise<Report> {
    const settings = { VERIFY_TARGET: JSON.stringify(target), VERIFY_PROCESSING_SECONDS: "1" };
    return await new Promise((end) => {
        execFile(
            process.execPath,
            ["--experimental-websocket", "--no-warnings", PROGRAM],
            { env: { PATH: process.env.PATH, ...settings, ...env } },
            (error, stdout, stderr) => {
                assert.equal(stderr, "");
                end({ code: error === null ? 0 : Number(error.code), lines: stdout.trimEnd().split("\n") });
            },
        );
    });
}

function targetAt(port: number, scheme = "http"): Target {
    const origin = `${scheme}://localhost:${port}`;
    return {
        namespace: "alerting",
        release: "keep",
        auth: "db",
        origin,
        frontend: origin,
        backend: `${origin}/v2`,
        websocket: `${scheme === "https" ? "wss" : "ws"}://localhost:${port}/websocket/app`,
        processor: "worker",
        route: "ingress",
    };
}

/** The report on a stand-in with a fault. */
async function reportOn(fault: Fault | undefined, env = LOGIN, more: Partial<Target> = {}): Promise<Report> {
    const keep = new StandInKeep(fault);
    try {
        const report = await run({ ...targetAt(await keep.start()), ...more }, env);
        assert.equal(fault === undefined ? keep.stored : 0, 0, "the alert is left");
        return report;
    } finally {
        await keep.stop();
    }
}

/** The lines of the checks that failed, each with the command that follows it. */
function failures({ lines }: Report): string[] {
    return lines.flatMap((line, index) => (line.startsWith("✗") ? [`${line}\n${lines[index + 1] ?? ""}`] : []));
}

describe("the verification of an installation", () => {
    it("passes every check of a healthy one, and deletes its alert", async () => {
        const { code, lines } = await reportOn(undefined);
        assert.equal(code, 0, lines.join("\n"));
        assert.deepEqual(
            lines.map((line) => line.slice(0, 14).trim()),
            [
                ...["- certificate", "- redirect", "✓ frontend", "✓ backend", "✓ metrics", "✓ sign-in"],
                ...["✓ websocket", "✓ alert", "✓ live update", "✓ removal"],
            ],
        );
    });

    const faults: Readonly<Record<Exclude<Fault, "no redirect">, readonly [named: RegExp, next: RegExp]>> = {
        "wrong prefix": [
            /backend: http.*\/v2\/healthcheck answers another page/,
            /kubectl -n alerting describe ingress/,
        ],
        "closed websocket": [/websocket: ws:.* answers 404 instead of opening a websocket/, /describe ingress/],
        "wrong pusher key": [
            /websocket: .*rejects the key.*App key kother does not exist/,
            /rollout restart .*keep-frontend/,
        ],
        "wrong pusher secret": [
            /websocket: .*rejects the backend's signature/,
            /rollout restart .*keep-websocket .*keep-backend/,
        ],
        "dead worker": [
            /worker: Keep accepts an alert but does not store it within 1 s/,
            /logs deployment\/keep-worker/,
        ],
        "no event": [/worker: no event arrives on the websocket/, /logs deployment\/keep-websocket/],
        "metrics open": [/ingress: .*\/v2\/metrics shows metrics without a sign-in/, /describe ingress/],
        "undeletable alert": [/backend: DELETE .*\/alerts answers 403/, /logs deployment\/keep-backend/],
        "frontend without API": [/frontend: the user interface cannot sign in/, /logs deployment\/keep-frontend/],
    };
    for (const [fault, [named, next]] of Object.entries(faults)) {
        it(`finds and names: ${fault}`, async () => {
            const report = await reportOn(fault as Fault);
            assert.equal(report.code, 1);
            const [first, ...others] = failures(report);
            assert.deepEqual(others, []);
            assert.match(first ?? "", named);
            assert.match(first ?? "", next);
        });
    }

    it("finds and names: a wrong password", async () => {
        const report = await reportOn(undefined, { ...LOGIN, VERIFY_PASSWORD: "another" });
        assert.equal(report.code, 1);
        const [first, ...others] = failures(report);
        assert.deepEqual(others, []);
        assert.match(first ?? "", /backend: Keep rejects the password of keep/);
        assert.match(first ?? "", /kubectl -n alerting get secret keep\.setup/);
        assert.ok(!report.lines.join("\n").includes("another"), "prints a password");
    });

    it("finds and names: a host where nothing listens", async () => {
        const keep = new StandInKeep(undefined);
        const port = await keep.start();
        await keep.stop();
        const report = await run(targetAt(port));
        assert.match(failures(report)[0] ?? "", /frontend: .*nothing listens there/);
        assert.match(report.lines.join("\n"), /- sign-in {6}skipped: needs frontend/);
    });

    it("signs in by an API key where an identity provider needs a browser", async () => {
        const env = { VERIFY_API_KEY: "the-api-key", VERIFY_PUSHER_APP_KEY: "kstandin" };
        assert.equal((await reportOn(undefined, env as never, { auth: "okta" })).code, 0);
        const rejected = await reportOn(undefined, { ...env, VERIFY_API_KEY: "wrong" } as never, { auth: "okta" });
        assert.match(failures(rejected)[0] ?? "", /backend: .* rejects the API key \(401\)/);
        const without = await reportOn(undefined, {} as never, { auth: "okta" });
        assert.match(failures(without)[0] ?? "", /only a browser can sign in with okta\. Set KEEP_API_KEY/);
    });

    it("passes with an OAuth2 Proxy, where only requests with an API key pass without a sign-in", async () => {
        const keep = new StandInKeep(undefined, undefined, true);
        try {
            const target = { ...targetAt(await keep.start()), auth: "oauth2proxy" };
            const { code, lines } = await run(target, {
                VERIFY_API_KEY: "the-api-key",
                VERIFY_PUSHER_APP_KEY: "kstandin",
            });
            assert.equal(code, 0, lines.join("\n"));
            assert.deepEqual(
                lines.filter((line) => line.startsWith("-")).map((line) => line.slice(2, 14).trim()),
                ["certificate", "redirect", "websocket", "live update"],
            );
            assert.match(lines[2] ?? "", /asks for a sign-in \(302\)/);

            const other = await run({ ...target, auth: "okta" }, { VERIFY_API_KEY: "the-api-key" });
            assert.equal(other.code, 1);
            assert.match(failures(other)[0] ?? "", /answers 302: .* a sign-in in front of Keep/);
        } finally {
            await keep.stop();
        }
    });

    it("finds another page in place of the sign-in of an OAuth2 Proxy", async () => {
        const keep = new StandInKeep(undefined);
        try {
            const target = targetAt(await keep.start());
            const other = { ...target, auth: "oauth2proxy", frontend: `${target.origin}/other` };
            const report = await run(other, { VERIFY_API_KEY: "the-api-key" });
            assert.equal(report.code, 1);
            assert.match(failures(report)[0] ?? "", /frontend: .* answers another page/);
        } finally {
            await keep.stop();
        }
    });

    describe("with TLS", () => {
        const folder = mkdtempSync(join(tmpdir(), "keep-verify-"));
        const ca = join(folder, "ca.pem");

        after(() => {
            rmSync(folder, { recursive: true });
        });

        async function withTls(days: number, plainStatus: number, trusted: boolean, below?: number): Promise<Report> {
            const certificate = createCertificate(["localhost"], days);
            writeFileSync(ca, certificate.certificate);
            const keep = new StandInKeep(undefined, certificate);
            const plain = await startPlain(plainStatus, below);
            try {
                const target = { ...targetAt(await keep.start(), "https"), plainPort: plain.port };
                return await run(target, trusted ? { ...LOGIN, NODE_EXTRA_CA_CERTS: ca } : LOGIN);
            } finally {
                plain.stop();
                await keep.stop();
            }
        }

        it("passes with a certificate that is trusted, and a redirect", async () => {
            const { code, lines } = await withTls(90, 308, true);
            assert.equal(code, 0, lines.join("\n"));
        });

        it("passes where nothing of Keep answers without TLS", async () => {
            for (const status of [403, 404, 426, 503]) {
                const { code, lines } = await withTls(90, status, true);
                assert.equal(code, 0, lines.join("\n"));
            }
        });

        const broken: Readonly<Record<string, readonly [Parameters<typeof withTls>, RegExp]>> = {
            "an expired certificate": [
                [-1, 308, true],
                /certificate +ingress: .*clients reject: it has expired \(CN=localhost/,
            ],
            "a certificate that was not renewed": [
                [3, 308, true],
                /certificate +ingress: .*expires in 2 days and was not renewed/,
            ],
            "a certificate that nobody trusts": [[90, 308, false], /certificate +ingress: .*it is self-signed/],
            "an API that answers without TLS": [
                [90, 404, true, 200],
                /redirect +ingress: .*\/api\/healthcheck answers 200 instead of redirecting/,
            ],
            "no redirect": [[90, 200, true], /redirect +ingress: .*answers 200 instead of redirecting to https/],
        };
        for (const [fault, [args, named]] of Object.entries(broken)) {
            it(`finds and names: ${fault}`, async () => {
                const report = await withTls(...args);
                assert.equal(report.code, 1);
                const [first, ...others] = failures(report);
                assert.deepEqual(others, []);
                assert.match(first ?? "", named);
            });
        }
    });
});
