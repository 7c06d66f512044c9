import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const ROOT = join(__dirname, "..", "..");

const ADVISORY = {
    id: 1,
    url: "https://example.com/advisories/1",
    title: "Anybody may read everything",
    severity: "critical",
    vulnerable_versions: "*",
};

const VERSIONS = {
    name: "zod",
    "dist-tags": { latest: "1.0.0" },
    versions: { "1.0.0": { name: "zod", version: "1.0.0" } },
};

/** Exit code and output of `npm run check:audit` with a registry that answers with a status and advisories by package. */
async function audited(status: number, advisories: object): Promise<{ code: number | null; printed: string }> {
    const registry = createServer(({ method }, response) => {
        // npm also asks for the versions of a package that has an advisory.
        const answer = method === "POST" ? advisories : VERSIONS;
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    }).listen(0, "127.0.0.1");
    await once(registry, "listening");
    const cache = mkdtempSync(join(tmpdir(), "keep-audit-"));
    const { port } = registry.address() as AddressInfo;
    const env = {
        ...process.env,
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_fetch_retries: "0",
        // npm remembers advisories.
        npm_config_cache: cache,
    };
    const child = spawn("npm", ["run", "--silent", "check:audit"], { cwd: ROOT, env });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    registry.close();
    rmSync(cache, { recursive: true, force: true });
    return { code: child.exitCode, printed: stdout + stderr };
}

describe("npm run check:audit", () => {
    for (const [what, status, advisories, code, expected] of [
        ["passes without advisories", 200, {}, 0, /^found 0 vulnerabilities/],
        ["fails with what npm found", 200, { zod: [ADVISORY] }, 1, /Anybody may read everything/],
        ["says in one line that the registry audits nothing", 405, {}, 2, /^The packages were not audited: 405 .*\n$/],
    ] as const) {
        it(what, async function () {
            this.timeout(120_000);
            const outcome = await audited(status, advisories);

            assert.equal(outcome.code, code, outcome.printed);
            assert.match(outcome.printed, expected);
        });
    }
});
