import assert from "node:assert/strict";

import { stackFile } from "../../../tools/fromChart";
import { convert } from "../../../tools/fromChart/convert";
import { remarks } from "../../../tools/fromChart/remarks";
import { own } from "../../../tools/fromChart/row";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

describe("from-chart: values that the chart does not read", () => {
    it("names a value of another type than the chart's, and prints no object as text", async () => {
        const wrong = {
            backend: {
                env: { TZ: "UTC" },
                healthCheck: false,
                image: { repository: "registry.example.com/keep", tag: { a: 1 } },
                imagePullSecrets: "registry",
                tolerations: { key: "a" },
            },
            database: { cleanup: true, type: { a: 1 }, mysql: { env: [{ name: "MYSQL_DATABASE", value: { a: 1 } }] } },
            global: { ingress: { className: ["nginx"], classType: { a: 1 } } },
            openAiApi: { enabled: true, openAiApiKey: { a: 1 } },
        };
        const after = convert(wrong);
        assert.deepEqual(after.left.map(({ value }) => value).sort(), [
            "backend.env",
            "backend.healthCheck",
            "backend.image.tag",
            "backend.imagePullSecrets",
            "backend.tolerations",
            "database.cleanup",
            "database.mysql.env MYSQL_DATABASE",
            "database.type",
            "global.ingress.className",
            "global.ingress.classType",
            "openAiApi.enabled",
            "openAiApi.openAiApiKey",
        ]);
        assert.match(remarks(after), /backend\.env: It is an object, but the chart reads a list\./);
        assert.doesNotMatch(stackFile(after) + remarks(after), /\[object/);
        assert.deepEqual(after.settings.images, { backend: "registry.example.com/keep" });
        assert.deepEqual(await problems(stackOf(after)), after.unfinished);
    });

    it("leaves out empty values of every type without a line", () => {
        const backend = { tolerations: {}, env: {}, affinity: [], healthCheck: "", envFromSecret: [] };
        assert.deepEqual(convert({ backend }).left, []);
    });

    it("takes the number of pods from the value that the chart reads", async () => {
        const autoscaling = (enabled: boolean) => ({ enabled, minReplicas: 2, maxReplicas: 4 });
        const scaled = convert({ frontend: { replicaCount: 0, autoscaling: autoscaling(true) } });
        assert.deepEqual(own(scaled.settings.frontend, "replicas"), undefined);
        assert.deepEqual(
            scaled.left.map(({ value }) => value),
            ["frontend.replicaCount"],
        );
        assert.deepEqual(await problems(stackOf(scaled)), scaled.unfinished);

        const fixed = convert({ frontend: { replicaCount: 3, autoscaling: { enabled: false } } });
        assert.deepEqual(fixed.settings.frontend, { replicas: 3 });
    });
});
