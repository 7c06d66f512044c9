import assert from "node:assert/strict";

import { formatIssue } from "../../components/settings/issues";
import { suggestion } from "../../components/settings/suggestion";
import { issue } from "../../components/fields/issue";
import { minimal, type Written } from "../support/config";
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

    const ofCharts: Readonly<Record<string, readonly [settings: Written, fix: RegExp]>> = {
        "a host": [
            { ingress: { host: "a.io" } },
            /ingress\.host is not a setting\. Set the URL of the host as keep:publicUrl\./,
        ],
        hosts: [{ ingress: { hosts: [] } }, /keep:publicUrl, and list further hosts in keep:ingress\.extraHosts\./],
        "a class": [
            { ingress: { kind: "nginx", ingressClassName: "nginx" } },
            /Perhaps you meant keep:ingress\.className\./,
        ],
        "a class of a kind without one": [
            { ingress: { kind: "openshift", ingressClassName: "nginx" } },
            /Set keep:ingress\.kind to that of the controller\./,
        ],
        "an ingress that is off": [
            { ingress: { enabled: false } },
            /Remove it\. To switch it off, set keep:ingress\.kind to none\./,
        ],
        "live updates that are off": [{ websocket: { enabled: false } }, /set keep:websocket\.kind to none\./],
        "a database that is on": [
            { database: { kind: "postgres", enabled: true } },
            /Remove it, and choose keep:database\.kind\./,
        ],
        "a user": [{ database: { kind: "postgres", username: "a" } }, /Perhaps you meant keep:database\.user\./],
        "a name": [{ database: { kind: "postgres", database: "a" } }, /Perhaps you meant keep:database\.name\./],
        "a type": [{ database: { kind: "postgres", type: "mysql" } }, /Perhaps you meant keep:database\.kind\./],
        "replicas of a database": [
            { database: { kind: "postgres", replicas: 2 } },
            /Only keep:database\.kind cloudnativepg has replicas/,
        ],
        "replicas of an operator": [
            { database: { kind: "cloudnativepg", replicas: 2 } },
            /Perhaps you meant keep:database\.instances\./,
        ],
        "replicas of a tier": [{ frontend: { replicaCount: 2 } }, /Perhaps you meant keep:frontend\.replicas\./],
        sidecars: [{ backend: { extraContainers: [] } }, /Perhaps you meant keep:backend\.sidecars\./],
        "a password": [{ adminPassword: "p" }, /Perhaps you meant keep:firstUserPassword\./],
        "a class without a kind": [
            { ingress: { ingressClassName: "nginx" } },
            /Set keep:ingress\.kind to that of the controller\./,
        ],
        "a bucket": [{ backup: { kind: "gcs", bucketName: "a" } }, /Perhaps you meant keep:backup\.bucket\./],
    };
    for (const [what, [settings, fix]] of Object.entries(ofCharts)) {
        it(`translates a key of Helm charts: ${what}`, async () => {
            const found = await problems(minimal(settings));
            assert.match(found.find((message) => message.includes("is not a setting")) ?? "", fix);
        });
    }

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
