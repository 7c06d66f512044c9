import assert from "node:assert/strict";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { fileNames } from "../../../tools/preview/files";
import { imagesOf } from "../../../tools/preview/images";
import { manifestsOf } from "../../../tools/preview/manifests";
import { toYaml } from "../../../tools/preview/yaml";
import { deploy } from "../../support/harness";

async function manifests(build: () => unknown, showSecrets = false) {
    return manifestsOf((await deploy(build)).resources, showSecrets);
}

function namespaced(namespace: string, name: string): kubernetes.core.v1.ConfigMap {
    return new kubernetes.core.v1.ConfigMap(`${namespace}-${name}`, { metadata: { name, namespace } });
}

describe("a manifest", () => {
    it("is sorted by kind, first what others need, then by name", async () => {
        const made = await manifests(() => {
            new kubernetes.apiextensions.CustomResource("z", {
                apiVersion: "a/v1",
                kind: "Aaa",
                metadata: { name: "z" },
            });
            new kubernetes.core.v1.Service("s", { metadata: { name: "s" } });
            ["b", "a"].forEach((name) => namespaced("n", name));
            new kubernetes.core.v1.Namespace("n", { metadata: { name: "n" } });
        });

        assert.deepEqual(
            made.map(({ kind, name }) => `${kind}/${name}`),
            ["Namespace/n", "ConfigMap/a", "ConfigMap/b", "Service/s", "Aaa/z"],
        );
    });

    it("reads as people write it: apiVersion, kind, metadata, then by alphabet; text quoted where YAML 1.1 needs it", async () => {
        const [made] = await manifests(
            () =>
                new kubernetes.core.v1.ConfigMap("c", {
                    data: { z: "on", a: "12:30", b: "text", c: "2026_11", d: "1_000", e: "0X1F", f: "+.5", g: "v1_0" },
                    metadata: { labels: { x: "1" }, namespace: "shop", name: "c" },
                }),
        );

        assert.equal(
            made && toYaml(made),
            [
                ..."apiVersion: v1|kind: ConfigMap|metadata:|  name: c|  namespace: shop|  labels:".split("|"),
                ..."    x: '1'|data:|  a: '12:30'|  b: text|  c: '2026_11'|  d: '1_000'|  e: '0X1F'".split("|"),
                ..."  f: '+.5'|  g: v1_0|  z: 'on'|".split("|"),
            ].join("\n"),
        );
    });

    it("masks what is secret, and everything in a Secret", async () => {
        const build = () => {
            new kubernetes.core.v1.Secret("s", {
                metadata: { name: "s" },
                data: { a: "YQ==" },
                stringData: { b: "c" },
            });
            new kubernetes.core.v1.ConfigMap("c", { metadata: { name: "c" }, data: { d: pulumi.secret("e"), f: "g" } });
        };
        const contents = async (showSecrets: boolean) =>
            (await manifests(build, showSecrets)).map(({ content: { data } }) => data);

        const [secret] = await manifests(build);
        assert.deepEqual(secret?.content.stringData, { b: "[secret]" });
        assert.deepEqual(await contents(false), [{ a: "[secret]" }, { d: "[secret]", f: "g" }]);
        assert.deepEqual(await contents(true), [{ a: "YQ==" }, { d: "e", f: "g" }]);
    });

    it("is one of Kubernetes' objects only", async () => {
        assert.deepEqual(await manifests(() => new kubernetes.Provider("p", { namespace: "n" })), []);
    });

    it("has a file of its own, also beside one of its kind and name in another namespace", async () => {
        const made = await manifests(() => {
            namespaced("one", "same");
            namespaced("two", "same");
            namespaced("one", "other");
            new kubernetes.rbac.v1.ClusterRole("r", { metadata: { name: "keep:reader" } });
        });

        assert.deepEqual(
            fileNames(made).map(({ path }) => path),
            [
                "configmap-other.yaml",
                "configmap-same.one.yaml",
                "configmap-same.two.yaml",
                "clusterrole-keep_reader.yaml",
            ],
        );
    });

    it("names the images of all its containers, each once", async () => {
        const container = (image: string) => ({ name: image.replace(":", "-"), image });
        const made = await manifests(() => {
            const spec = { containers: [container("b:1"), container("a:1")], initContainers: [container("c:1")] };
            new kubernetes.core.v1.Pod("p", { spec });
            new kubernetes.batch.v1.CronJob("j", {
                spec: {
                    schedule: "@daily",
                    jobTemplate: { spec: { template: { spec: { containers: [container("a:1")] } } } },
                },
            });
        });

        assert.deepEqual(imagesOf(made), ["a:1", "b:1", "c:1"]);
    });
});
