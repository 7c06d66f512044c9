import assert from "node:assert/strict";

import { clusterName, type Release, scopeOf, secretName, volumeNames } from "../components/naming";

const release: Release = { name: "mine", namespace: "monitoring", version: "1.2.3", labels: { team: "core" } };

describe("the names of a release", () => {
    it("begin with the release and end with the part", () => {
        assert.equal(scopeOf(release, "backend").name, "mine-backend");
        assert.equal(scopeOf(release, "backend").namespace, "monitoring");
    });

    it("have a dot in a Secret's, which Keep's own never have", () => {
        assert.equal(secretName(release, "app"), "mine.app");
    });

    it("tell releases of one name apart in the cluster by their namespaces", () => {
        assert.equal(clusterName(release, "secrets"), "monitoring-mine-secrets");
        assert.equal(clusterName({ ...release, namespace: "mine" }, "secrets"), "mine-secrets");
    });
});

describe("the disk of a database", () => {
    it("is another one for each kind, which could not read the files of the kind before", () => {
        assert.deepEqual(volumeNames(release, "mysql"), { name: "mine-mysql", clusterName: "monitoring-mine-mysql" });
    });
});

describe("the labels of a release", () => {
    it("are those that Kubernetes recommends, and the stack's own", () => {
        assert.deepEqual(scopeOf(release, "backend").labels, {
            team: "core",
            "app.kubernetes.io/name": "keep",
            "app.kubernetes.io/instance": "mine",
            "app.kubernetes.io/component": "backend",
            "app.kubernetes.io/version": "1.2.3",
            "app.kubernetes.io/part-of": "keep",
            "app.kubernetes.io/managed-by": "Pulumi",
        });
    });

    it("tell Keep's version only of what runs Keep's images, so that an upgrade leaves all else alone", () => {
        const versioned = [
            "backend",
            "worker",
            "frontend",
            "setup",
            "database",
            "redis",
            "websocket",
            "ingress",
        ].filter((component) => "app.kubernetes.io/version" in scopeOf(release, component).labels);

        assert.deepEqual(versioned, ["backend", "worker", "frontend", "setup"]);
    });

    it("select by what never changes", () => {
        assert.deepEqual(scopeOf(release, "backend").selector, {
            "app.kubernetes.io/name": "keep",
            "app.kubernetes.io/instance": "mine",
            "app.kubernetes.io/component": "backend",
        });
    });

    it("cannot be replaced by the stack's own", () => {
        const labels = { "app.kubernetes.io/component": "mine", "app.kubernetes.io/managed-by": "me" };

        const scope = scopeOf({ ...release, labels }, "backend");

        assert.equal(scope.labels["app.kubernetes.io/component"], "backend");
        assert.equal(scope.labels["app.kubernetes.io/managed-by"], "Pulumi");
    });
});
