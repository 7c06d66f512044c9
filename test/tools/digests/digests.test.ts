import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { imageOf, images as schema } from "../../../components/fields/images";
import { DIGESTS } from "../../../components/fields/digests";
import { KEEP_VERSION } from "../../../components/fields/version";
import { defaultImages, recordDigests } from "../../../tools/digests/main";
import { digestOf } from "../../../tools/digests/registry";

const ROOT = join(__dirname, "..", "..", "..");
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** How a registry answers a request for a manifest. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const withDigest: Answer = (_request, response) => {
    response.writeHead(200, { "docker-content-digest": DIGEST }).end();
};

describe("npm run digests", () => {
    let folder: string;
    let answer: Answer;
    let url: string;
    const asked: string[] = [];
    const server = createServer((request, response) => {
        asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
        if (request.url?.startsWith("/token") === true) response.end(JSON.stringify({ token: "for-all" }));
        else answer(request, response);
    });
    const file = () => readFileSync(join(folder, "components/fields/digests.ts"), "utf8");

    before(async () => {
        await once(server.listen(0, "127.0.0.1"), "listening");
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => server.close());
    beforeEach(() => {
        asked.length = 0;
        answer = withDigest;
        folder = mkdtempSync(join(tmpdir(), "keep-digests-"));
        mkdirSync(join(folder, "components/fields"), { recursive: true });
        copyFileSync(join(ROOT, "components/fields/digests.ts"), join(folder, "components/fields/digests.ts"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("asks for the list of all platforms, and gets a token where the registry wants one", async () => {
        answer = (request, response) => {
            if (request.headers.authorization === "Bearer for-all") {
                assert.match(request.headers.accept ?? "", /^application\/vnd.oci.image.index.v1\+json, /);
                withDigest(request, response);
                return;
            }
            const challenge = `Bearer realm="${url}/token",service="here",scope="repository:library/postgres:pull"`;
            response.writeHead(401, { "www-authenticate": challenge }).end();
        };

        assert.equal(await digestOf("docker.io/library/postgres:17.6", () => url), DIGEST);
        assert.deepEqual(asked, [
            "HEAD /v2/library/postgres/manifests/17.6",
            "GET /token?service=here&scope=repository%3Alibrary%2Fpostgres%3Apull",
            "HEAD /v2/library/postgres/manifests/17.6",
        ]);
    });

    it("records the digest of every default image, and finds a changed one with --check", async () => {
        assert.equal(await recordDigests(folder, true, () => url), false);
        assert.doesNotMatch(file(), new RegExp(DIGEST));

        await recordDigests(folder, false, () => url);

        for (const image of defaultImages())
            assert.ok(file().includes(`    "${image}":\n        "${DIGEST}",\n`), image);
        assert.equal(await recordDigests(folder, true, () => url), true);
        answer = (_request, response) => {
            response.writeHead(200, { "docker-content-digest": DIGEST.replace("0", "1") }).end();
        };
        assert.equal(await recordDigests(folder, true, () => url), false);
    });

    for (const [what, given, message] of [
        [
            "a registry that does not know the tag",
            (_request, response) => response.writeHead(404).end(),
            /answers HTTP 404/,
        ],
        [
            "a registry that names no digest",
            (_request, response) => response.end(),
            /answers HTTP 200 without a digest/,
        ],
        [
            "a digest that is none",
            (_request, response) => response.writeHead(200, { "docker-content-digest": "sha256:abc" }).end(),
            /answers HTTP 200 without a digest/,
        ],
        [
            "a registry that wants credentials",
            (_request, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end(),
            /requires credentials/,
        ],
    ] as readonly (readonly [string, Answer, RegExp])[]) {
        it(`guesses nothing of ${what}, and writes nothing`, async () => {
            answer = given;
            const before = file();

            await assert.rejects(
                recordDigests(folder, false, () => url),
                (error: Error) => error.message.startsWith("No digest was recorded") && message.test(error.message),
            );
            assert.equal(file(), before);
        });
    }

    it("names every image whose registry cannot be reached", async () => {
        await assert.rejects(
            recordDigests(folder, false, () => "http://127.0.0.1:1"),
            (error: Error) => error.message.split("\n  - ").length === defaultImages().length + 1,
        );
    });
});

describe("the recorded digests", () => {
    it("are those of default images, and pin them where no digest is set", () => {
        const images = schema.parse({});

        assert.deepEqual(
            Object.keys(DIGESTS).filter((image) => !defaultImages().includes(image)),
            [],
        );
        const recorded = { [images.postgres]: DIGEST, [`${images.backend}:${KEEP_VERSION}`]: DIGEST };
        const of = (config: Partial<typeof images>, name: "backend" | "postgres" | "redis", version = KEEP_VERSION) =>
            imageOf({ ...images, ...config }, name, version, recorded);
        assert.equal(of({}, "postgres"), `${images.postgres}@${DIGEST}`);
        assert.equal(of({ registry: "r.example.com" }, "postgres"), `r.example.com/library/postgres:17.6@${DIGEST}`);
        assert.equal(of({}, "backend"), `${images.backend}:${KEEP_VERSION}@${DIGEST}`);
        // Of these nothing is recorded.
        assert.equal(of({}, "redis"), images.redis);
        assert.equal(of({}, "backend", "0.54.3"), `${images.backend}:0.54.3`);
        assert.equal(of({ postgres: "own/postgres:17.6" }, "postgres"), "own/postgres:17.6");
        const own = DIGEST.replace("0", "f");
        assert.equal(of({ digests: { postgres: own } }, "postgres"), `${images.postgres}@${own}`);
    });
});
