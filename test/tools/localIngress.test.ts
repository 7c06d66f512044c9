import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { CLUSTER_TOOLS } from "../../tools/local/clusters";

const ROOT = path.join(__dirname, "..", "..");
const MANIFEST = path.join(ROOT, "tools/local/traefik.yaml");
const IN_NODE = "/tmp/traefik.yaml";

/** How each tool reaches kubectl, and what is copied into its node first. */
const CASES: Readonly<Record<string, { readonly kubectl: string; readonly node?: string }>> = {
    kind: { kubectl: "docker exec keep-local-control-plane kubectl", node: "keep-local-control-plane" },
    k3d: { kubectl: "docker exec k3d-keep-local-server-0 kubectl", node: "k3d-keep-local-server-0" },
    minikube: { kubectl: "minikube kubectl --profile keep-local --" },
};

describe("the ingress controller of npm run local", () => {
    const { PATH } = process.env;
    let folder: string;

    // Programs that note how they are called, in the place of those that would make a cluster.
    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "keep-local-ingress-"));
        for (const program of ["docker", "minikube"]) {
            const file = path.join(folder, program);
            writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> "${folder}/calls"\n`);
            chmodSync(file, 0o755);
        }
        process.env.PATH = `${folder}${path.delimiter}${PATH ?? ""}`;
    });
    after(() => {
        process.env.PATH = PATH;
        rmSync(folder, { recursive: true, force: true });
    });

    for (const tool of CLUSTER_TOOLS) {
        it(`is installed by ${tool.program}, of the version that test:edge runs`, async () => {
            const { kubectl, node } = CASES[tool.program] ?? assert.fail(`no case for ${tool.program}`);
            const modules = readFileSync(path.join(ROOT, "test/cluster/modules/traefik/go.mod"), "utf8");
            const [, version = ""] = /traefik\/v3 (v\S+)/.exec(modules) ?? [];
            const source = `https://raw.githubusercontent.com/traefik/traefik/${version}/docs/content/reference`;
            const definitions = `${source}/dynamic-configuration/kubernetes-crd-definition-v1.yml`;

            await tool.installIngress({});

            const calls = readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n");
            rmSync(path.join(folder, "calls"));
            assert.deepEqual(calls, [
                ...(node === undefined ? [] : [`docker cp ${MANIFEST} ${node}:${IN_NODE}`]),
                `${kubectl} apply --server-side -f ${definitions}`,
                `${kubectl} wait --for=condition=Established crd/middlewares.traefik.io --timeout=1m`,
                `${kubectl} apply -f ${node === undefined ? MANIFEST : IN_NODE}`,
                `${kubectl} rollout status deployment/traefik --namespace traefik --timeout=10m`,
            ]);
        });
    }
});
