import assert from "node:assert/strict";

import { type Deployed } from "../support/harness";
import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf, podsOf } from "../support/objects";
import { kindsOf, variant } from "../support/variants";

type Resources = Deployed<unknown>["resources"];

/** The processes that use the database: API, and setup wherever it runs. */
function users(resources: Resources): Record<string, string>[] {
    const setup = podsOf(resources).some(({ owner }) => owner.kind === "Job")
        ? mainContainer(resources, "setup")
        : podOf(resources, "backend").spec.initContainers?.[0];
    assert.ok(setup !== undefined);
    return [envOf(mainContainer(resources, "backend")), envOf(setup)];
}

for (const kind of kindsOf("database")) {
    describe(`the database ${kind}`, () => {
        let run: Deployed<unknown>;

        before(async () => {
            run = await deployKeep(variant("database", kind));
        });

        it("gives API and setup one and the same address", () => {
            const [api, setup] = users(run.resources).map(
                ({ DATABASE_CONNECTION_STRING }) => DATABASE_CONNECTION_STRING,
            );

            assert.ok(api !== undefined && api !== "");
            assert.equal(setup, api);
        });

        it("restarts the pods when its credentials change", async () => {
            const written = variant("database", kind);
            const password = (value: string): Written => ({ ...written, databasePassword: value });
            const fingerprint = async (settings: Written) => {
                const { annotations } = podOf((await deployKeep(settings)).resources, "backend");
                return annotations["keep.pulumi/secrets"];
            };

            // The operator restarts nothing, and its password does not change.
            if (kind === "sqlite" || kind === "cloudnativepg") {
                assert.equal(await fingerprint(written), await fingerprint(written));
            } else {
                assert.notEqual(
                    await fingerprint(password("First-one-1")),
                    await fingerprint(password("Second-one-2")),
                );
                assert.equal(await fingerprint(password("First-one-1")), await fingerprint(password("First-one-1")));
            }
        });

        it("runs setup once, before the API", () => {
            const inPod = podOf(run.resources, "backend").spec.initContainers ?? [];

            assert.equal(run.all("Job").length + inPod.filter(({ name }) => name === "setup").length, 1);
        });

        it("tells Keep's processes how many connections to open, unless it is a file", () => {
            const names = [
                "DATABASE_POOL_SIZE",
                "DATABASE_MAX_OVERFLOW",
                "DATABASE_POOL_TIMEOUT",
                "DATABASE_POOL_RECYCLE",
            ];

            for (const env of users(run.resources)) {
                assert.deepEqual(
                    names.map((name) => env[name]),
                    kind === "sqlite" ? [undefined, undefined, undefined, undefined] : ["5", "10", "30", "1800"],
                );
            }
        });
    });
}
