import assert from "node:assert/strict";

import { imageOf } from "../../components/fields/images";
import { KEEP_VERSION } from "../../components/fields/version";
import { configOf } from "../support/config";
import { accepts } from "../support/refusals";

describe("the settings of the images", () => {
    accepts({
        "Keep's images from elsewhere, at Keep's version": {
            images: { backend: "registry.example.com/keep-api", frontend: "registry.example.com:5000/keep-ui" },
        },
        "the API's image at the version of the user interface": {
            images: { backend: `registry.example.com/keep-api:${KEEP_VERSION}` },
        },
        "an image pinned by digest alone": { images: { redis: `valkey@sha256:${"a".repeat(64)}` } },
        "a mirror with port and path": { images: { registry: "registry.example.com:5000/mirror" } },
        "Red Hat's and an operator's images for dumps": {
            database: { kind: "external", engine: "postgres", host: "db.example.com" },
            databasePassword: "masked",
            backup: { kind: "volume" },
            images: { postgres: "registry.redhat.io/rhel9/postgresql-16:1-28", mysql: "quay.io/sclorg/mysql-80-c9s:1" },
        },
        "the image of CloudNativePG's server for its dumps": {
            database: { kind: "cloudnativepg" },
            backup: { kind: "volume" },
            images: { postgres: "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie" },
        },
        "a mirror of Docker's PostgreSQL under another name": {
            database: { kind: "postgres" },
            images: {
                postgres: "registry.example.com/team/postgresql-17:1",
                redis: "registry.example.com/latest/queue:9",
            },
        },
        "a mirror of Docker's MySQL": {
            database: { kind: "mysql" },
            images: { mysql: "registry.example.com/mysql/mysql:8.4.6" },
        },
        "another API when the image is one's own": {
            images: { backend: "registry.example.com/keep-api:0.54.1" },
            frontend: { image: "registry.example.com/keep-ui:mine" },
        },
    });

    const images = async (written: object) => (await configOf({ images: written })).images;

    it("give Keep's images Keep's version and all others their own", async () => {
        const config = await images({});

        assert.equal(imageOf(config, "backend", "1.2.3"), "us-central1-docker.pkg.dev/keephq/keep/keep-api:1.2.3");
        assert.equal(imageOf(config, "frontend", "1.2.3"), "us-central1-docker.pkg.dev/keephq/keep/keep-ui:1.2.3");
        assert.equal(imageOf(config, "postgres", "1.2.3"), "docker.io/library/postgres:17.6");
    });

    it("leave a tag or digest of Keep's image as it is given", async () => {
        const digest = `sha256:${"a".repeat(64)}`;

        assert.equal(
            imageOf(await images({ backend: "a.io/api:2", frontend: "a.io/ui:2" }), "backend", "1.2.3"),
            "a.io/api:2",
        );
        assert.equal(
            imageOf(await images({ backend: `a.io/api@${digest}` }), "backend", "1.2.3"),
            `a.io/api@${digest}`,
        );
    });

    it("do not take a registry's port for a tag", async () => {
        assert.equal(imageOf(await images({ backend: "a.io:5000/api" }), "backend", "1.2.3"), "a.io:5000/api:1.2.3");
    });

    it("come from the mirror when there is one, with the path that they had", async () => {
        const config = await images({
            registry: "mirror.example.com/all",
            redis: "valkey:8",
            mysql: "localhost:5000/db/mysql:8",
        });

        assert.equal(imageOf(config, "postgres", "1"), "mirror.example.com/all/library/postgres:17.6");
        assert.equal(imageOf(config, "mysql", "1"), "mirror.example.com/all/db/mysql:8");
        assert.equal(imageOf(config, "redis", "1"), "mirror.example.com/all/valkey:8");
    });

    it("carry a digest beside the tag when one is given, instead of one that the image brings", async () => {
        const [old, digest] = [`sha256:${"a".repeat(64)}`, `sha256:${"b".repeat(64)}`];
        const config = await images({ redis: `valkey:8@${old}`, digests: { redis: digest, postgres: digest } });

        assert.equal(imageOf(config, "postgres", "1"), `docker.io/library/postgres:17.6@${digest}`);
        assert.equal(imageOf(config, "redis", "1"), `valkey:8@${digest}`);
    });
});
