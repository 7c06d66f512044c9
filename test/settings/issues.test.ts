import assert from "node:assert/strict";

import { formatIssue } from "../../components/settings/issues";
import { suggestion } from "../../components/settings/suggestion";
import { issue } from "../../components/fields/issue";
import { minimal } from "../support/config";
import { problems } from "../support/refusals";

describe("a mistake in a stack file", () => {
    it("shows a long value by its beginning", async () => {
        assert.deepEqual(await problems(minimal({ release: "k".repeat(100) })), [
            `keep:release ("${"k".repeat(76)}…) is longer than 40 characters. Shorten it.`,
        ]);
        assert.equal(
            formatIssue(issue("release", "is long. Shorten it", { value: "v".repeat(78) }), { namespace: "keep:" }),
            `keep:release ("${"v".repeat(78)}") is long. Shorten it.`,
        );
    });

    it("is said of what is nested deeper than any setting, without an error of its own", async () => {
        const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;

        assert.deepEqual(await problems(minimal({ pods: `{"affinity":{"nodeAffinity":${deep}}}` })), [
            "keep:pods is nested deeper than 50 levels. Remove some.",
        ]);
    });

    it("forgives two wrong letters, or a third of a long name", () => {
        assert.equal(suggestion(["redis", "kidn"], ["kind"]), "Perhaps you meant keep:redis.kind");
        assert.equal(suggestion(["database", "url"], ["kind", "urlSecret"]), "Perhaps you meant keep:databaseUrl");
        assert.equal(suggestion(["xxx"], ["kind", "image"]), "Use one of image, kind");
        assert.equal(suggestion(["worker", "REPLICAS"], ["replicas"]), "Perhaps you meant keep:worker.replicas");
        assert.equal(suggestion(["prioClassName"], ["priorityClassName"]), "Perhaps you meant keep:priorityClassName");
    });

    it("finds a setting at any depth, and lists no more than twelve names", async () => {
        const [replicas, unlike] = await problems(minimal({ replicas: 2, zzzzzzzz: "yes" }));

        assert.match(replicas ?? "", /Perhaps you meant keep:backend\.replicas or keep:worker\.replicas or /);
        assert.equal(unlike, "keep:zzzzzzzz is not a setting. See docs/configuration.md for all settings.");
    });

    it("never shows what may be a misplaced secret", async () => {
        const written = {
            database: "hunter2",
            backend: { affinity: "hunter2", pasword: "hunter2" },
            frontend: { env: "hunter2" },
            secrets: { apiKeys: "hunter2" },
        };

        const messages = await problems(minimal(written));

        assert.equal(messages.length, 5);
        assert.doesNotMatch(messages.join(), /hunter2/);
    });

    it("is told beside the mistakes that do not depend on it", async () => {
        const auth = { kind: "keycloak", url: "keycloak", realm: "r", adminUser: "root" };

        const keys = (await problems(minimal({ auth }))).map((message) => message.split(" ")[0]);

        assert.deepEqual(keys, [
            "keep:auth.clientId",
            "keep:auth.url",
            "keep:authClientSecret",
            "keep:keycloakAdminPassword",
        ]);
    });
});
