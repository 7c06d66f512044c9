import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { signIn } from "../../../tools/export/api";
import { exportContent } from "../../../tools/export/main";
import { UserError } from "../../../tools/preview/userError";

const ROOT = path.resolve(__dirname, "../../..");

describe("access to Keep's API", () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
        const key = request.headers["x-api-key"] ?? request.headers.authorization;
        seen.push(`${request.url ?? ""} ${String(key)}`);
        const isKnown = request.url === "/signin" || key === "the-key" || key === "Bearer the-token";
        response.writeHead(request.url === "/page" ? 200 : isKnown ? 200 : 401, {
            "content-type": request.url === "/page" ? "text/html" : "application/json",
        });
        response.end(request.url === "/half" ? "{" : JSON.stringify({ accessToken: "the-token" }));
    });
    let url = "";
    before(async () => {
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    it("is by API key, or by the token of a local user", async () => {
        seen.length = 0;
        await (
            await signIn(url, { VERIFY_API_KEY: "the-key" })
        )("/a");
        await (
            await signIn(url, { VERIFY_USERNAME: "keep", VERIFY_PASSWORD: "p" })
        )("/b");

        assert.deepEqual(seen, ["/a the-key", "/signin undefined", "/b Bearer the-token"]);
    });

    for (const [what, at, key, message] of [
        [
            "a key that Keep rejects",
            "/mapping",
            "secret-of-mine",
            /rejects the credentials \(HTTP 401\)\. Set KEEP_API_KEY/,
        ],
        ["half an answer", "/half", "the-key", /does not answer as Keep's API does \(HTTP 200\)/],
        [
            "a page in place of the API",
            "/page",
            "the-key",
            /does not answer as Keep's API does \(HTTP 200\)\. Set --url/,
        ],
    ] as const) {
        it(`tells of ${what}, and never the key`, async () => {
            const api = await signIn(url, { VERIFY_API_KEY: key });
            await assert.rejects(api(at), (error: unknown) => {
                assert.ok(error instanceof UserError);
                assert.match(error.message, message);
                assert.ok(!error.message.includes(key));
                return true;
            });
        });
    }

    it("tells of an API that is not Keep's", async () => {
        process.env.KEEP_API_KEY = "the-key";
        try {
            await assert.rejects(exportContent(["dev", "--url", url], ROOT), (error: unknown) => {
                assert.ok(error instanceof UserError);
                assert.match(error.message, /answers without the fields of Keep's API .*Set --url/);
                return true;
            });
        } finally {
            delete process.env.KEEP_API_KEY;
        }
    });

    it("tells of an address that does not answer", async () => {
        const api = await signIn("http://127.0.0.1:1", { VERIFY_API_KEY: "k" });
        await assert.rejects(api("/mapping"), (error: unknown) => {
            assert.ok(error instanceof UserError);
            assert.match(error.message, /cannot be reached: /);
            return true;
        });
    });
});
