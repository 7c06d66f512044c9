import assert from "node:assert/strict";

import { Keep, type KeepArgs } from "../../components/keep";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { defaultKinds } from "../../components/settings/schema";
import { override } from "../../tools/preview/overrides";
import { configOf, minimal, type Written } from "../support/config";
import { deploy } from "../support/harness";
import { problems } from "../support/refusals";

/** Settings without a kind, and the kind that they are of. */
const cases = {
    ingress: [{ backendPrefix: "/api2" }, "traefik"],
    database: [{ volume: { size: "2Gi" } }, "sqlite"],
    websocket: [{ resources: { requests: { cpu: 1 } } }, "soketi"],
    redis: [{}, "none"],
    auth: [{ username: "admin" }, "db"],
    secretStore: [{ namespace: "keep-credentials", acceptShared: true }, "kubernetes"],
    backup: [{}, "none"],
} as const satisfies Record<keyof typeof defaultKinds, readonly [object, string]>;

describe("an object of several kinds that names none", () => {
    for (const [key, [written, kind]] of Object.entries(cases)) {
        it(`is of the default kind: ${key}`, async () => {
            const ofKind = { [key]: { kind, ...written } };

            assert.deepEqual(await configOf({ [key]: written }), await configOf(ofKind));
            assert.equal((stackJsonSchema().properties?.[key] as { default: { kind: string } }).default.kind, kind);
        });
    }

    it("is of the default kind when it is set field by field, as by pulumi config set --path", async () => {
        const written = minimal();
        const settings = {
            project: "keep",
            stack: "dev",
            secretKeys: [],
            encryptedKeys: [],
            config: { ...written.config },
        };
        const config = override(settings, ["auth.username=admin", "database.volume.size=2Gi"], () => false).config;

        assert.deepEqual(await problems({ config }), []);
    });

    it("is of the default kind as an argument, and typed so", async () => {
        const plain: KeepArgs = { publicUrl: "http://keep.example.com", database: { volume: { size: "2Gi" } } };
        const { one } = await deploy(() => new Keep("keep", plain));

        assert.equal(one("PersistentVolumeClaim").inputs.spec.resources.requests.storage, "2Gi");
    });

    it("has the defaults of a size", async () => {
        const more: Written = { size: "medium", database: { kind: "postgres" }, redis: { kind: "bundled" } };

        assert.deepEqual(
            await configOf({ ...more, websocket: { podLabels: { a: "b" } } }),
            await configOf({ ...more, websocket: { kind: "soketi", podLabels: { a: "b" } } }),
        );
    });
});

describe("a whole number where text is meant", () => {
    it("is text", async () => {
        const { websocket, backend, database } = await configOf({
            websocket: { kind: "external", host: "push.example.com", appId: 1, appKey: 2 },
            pusherSecret: "secret",
            backend: { args: [1, "a"], envFrom: [{ secret: 3, prefix: "A" }] },
            database: { volume: { storageClass: 4 } },
        });

        assert.deepEqual(websocket, { ...websocket, appId: "1", appKey: "2" });
        assert.deepEqual([backend.args, backend.envFrom[0]?.secret], [["1", "a"], "3"]);
        assert.equal(database.kind === "sqlite" && database.volume.storageClass, "4");
    });
});
