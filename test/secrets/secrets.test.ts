import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { podOf } from "../support/objects";
import { variant } from "../support/variants";

const PASSWORD = /^k[a-zA-Z0-9]{31}$/;

/** What of a pod changes when something that it reads at start changes. */
async function fingerprints(written: Written): Promise<(string | undefined)[]> {
    const { resources } = await deployKeep({ database: { kind: "postgres" }, redis: { kind: "bundled" }, ...written });
    return ["backend", "worker", "frontend", "websocket"].map(
        (tier) => podOf(resources, tier).annotations["keep.pulumi/secrets"],
    );
}

describe("the secrets of a Keep", () => {
    it("are generated, each for itself, beginning with a letter", async () => {
        const { one } = await deployKeep();

        const { stringData } = one("Secret", "keep.app").inputs;
        assert.deepEqual(Object.keys(stringData).sort(), ["jwt-secret", "nextauth-secret", "pusher-app-secret"]);
        for (const value of Object.values(stringData)) {
            assert.match(value, PASSWORD);
        }
        assert.equal(new Set(Object.values(stringData)).size, 3);
    });

    it("are generated of letters and digits alone, at least one of each kind", async () => {
        const { all } = await deployKeep();

        assert.equal(all("RandomPassword").length, 4);
        for (const { inputs, options } of all("RandomPassword")) {
            assert.deepEqual(inputs, { length: 31, special: false, minLower: 1, minUpper: 1, minNumeric: 1 });
            const { additionalSecretOutputs = [] } = options as { additionalSecretOutputs?: string[] };
            assert.ok(additionalSecretOutputs.includes("result"));
        }
    });

    it("have none for a websocket that is not there", async () => {
        const { one, all } = await deployKeep({ websocket: { kind: "none" } });

        assert.deepEqual(Object.keys(one("Secret", "keep.app").inputs.stringData).sort(), [
            "jwt-secret",
            "nextauth-secret",
        ]);
        assert.deepEqual([all("RandomInteger"), all("RandomString")], [[], []]);
    });

    it("take that of a websocket elsewhere from the stack", async () => {
        const websocket = { kind: "external", host: "push.example.com", appId: "1", appKey: "k" };

        const { one } = await deployKeep({ websocket, pusherSecret: "theirs" });

        assert.equal(one("Secret", "keep.app").inputs.stringData["pusher-app-secret"], "theirs");
    });

    it("name the websocket's application by six digits and a key that begins with a letter", async () => {
        const { one } = await deployKeep();

        assert.deepEqual(one("RandomInteger").inputs, { min: 100_000, max: 999_999 });
        assert.deepEqual(one("RandomString").inputs, { length: 19, special: false });
    });

    it("hold those of the first setup apart", async () => {
        const { one } = await deployKeep({ apiKeys: "a:admin:x" });

        const { stringData } = one("Secret", "keep.setup").inputs;
        assert.deepEqual(Object.keys(stringData).sort(), ["api-keys", "first-user-password"]);
        assert.match(stringData["first-user-password"] ?? "", PASSWORD);
        assert.equal(stringData["api-keys"], "a:admin:x");
    });

    it("hold nothing for a setup that makes neither user nor keys", async () => {
        const { all } = await deployKeep(variant("auth", "okta"));

        assert.deepEqual(
            all("Secret")
                .map(({ physicalName }) => physicalName)
                .sort(),
            ["keep.app", "keep.auth"],
        );
    });

    it("hold a password for the user whom Keep makes even where nobody signs in", async () => {
        const { one } = await deployKeep(variant("auth", "noauth"));

        assert.deepEqual(Object.keys(one("Secret", "keep.setup").inputs.stringData), ["first-user-password"]);
    });
});

describe("the first user", () => {
    it("is told of as a secret: name, password, and where the password stands", async () => {
        const { one, result } = await deployKeep({ auth: { kind: "db", username: "boss" } });

        const [user, isSecret] = await Promise.all([
            new Promise((resolve) => result.firstUser?.apply(resolve)),
            result.firstUser === undefined ? false : (await import("@pulumi/pulumi")).isSecret(result.firstUser),
        ]);
        const password = one("Secret", "keep.setup").inputs.stringData["first-user-password"];
        assert.deepEqual(user, { username: "boss", password, secret: "keep/keep.setup", key: "first-user-password" });
        assert.equal(isSecret, true);
    });

    it("has the password of the stack when there is one", async () => {
        const { one, all } = await deployKeep({ firstUserPassword: "mine" });

        assert.equal(one("Secret", "keep.setup").inputs.stringData["first-user-password"], "mine");
        assert.equal(
            all("RandomPassword").some(({ name }) => name.includes("first-user")),
            false,
        );
    });

    it("is told of only where people sign in by password", async () => {
        for (const kind of ["noauth", "okta"]) {
            assert.equal((await deployKeep(variant("auth", kind))).result.firstUser, undefined);
        }
    });
});

describe("pods", () => {
    it("restart when a secret changes that they read, and only then", async () => {
        const [first, same, env, redis] = await Promise.all(
            [
                { secretEnv: '{"backend":{"A":"1"}}' },
                { secretEnv: '{"backend":{"A":"1"}}', apiKeys: "a:admin:x" },
                { secretEnv: '{"backend":{"A":"2"}}' },
                {
                    secretEnv: '{"backend":{"A":"1"}}',
                    redis: { kind: "external", host: "r" },
                    redisPassword: "p",
                },
            ].map(fingerprints),
        );

        assert.ok(first?.every((one) => one !== undefined));
        assert.deepEqual(same, first);
        assert.ok(env?.[0] !== first[0]);
        assert.deepEqual(
            redis?.map((one, index) => one === first[index]),
            [false, false, true, false],
        );
    });

    it("restart when a secret changes that all of them are given", async () => {
        const okta = { auth: { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" } };
        const websocket = { websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "k" } };
        const changes: readonly (readonly [Written, keyof Written])[] = [
            [okta, "authClientSecret"],
            [websocket, "pusherSecret"],
            [{}, "openaiApiKey"],
        ];
        for (const [written, key] of changes) {
            const [first, second] = await Promise.all(
                ["first", "second"].map(async (value) => {
                    const { resources } = await deployKeep({ ...written, [key]: value });
                    return podOf(resources, "frontend").annotations["keep.pulumi/secrets"];
                }),
            );
            assert.ok(first !== undefined && first !== second, key);
        }
    });

    it("are told of a change by an annotation that every preview shows", async () => {
        const { all } = await deployKeep({ database: { kind: "postgres" }, redis: { kind: "bundled" } });

        for (const { name, secretPaths } of [...all("Deployment"), ...all("Job")]) {
            assert.deepEqual(
                [...secretPaths].filter((path) => path.includes("annotations")),
                [],
                name,
            );
        }
    });
});

describe("setup", () => {
    it("runs again when a secret changes that it reads, and only then", async () => {
        const inputs = async (written: Written) =>
            podOf((await deployKeep({ database: { kind: "postgres" }, ...written })).resources, "setup").annotations[
                "keep.pulumi/inputs"
            ];
        const first = await inputs({ firstUserPassword: "first", apiKeys: "a:admin:x" });

        assert.equal(await inputs({ firstUserPassword: "first", apiKeys: "a:admin:x", openaiApiKey: "k" }), first);
        assert.notEqual(await inputs({ firstUserPassword: "second", apiKeys: "a:admin:x" }), first);
        assert.notEqual(await inputs({ firstUserPassword: "first", apiKeys: "a:admin:y" }), first);
        assert.notEqual(
            await inputs({ firstUserPassword: "first", apiKeys: "a:admin:x", databasePassword: "second" }),
            first,
        );
    });
});
