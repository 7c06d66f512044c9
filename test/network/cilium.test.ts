import assert from "node:assert/strict";

import { COMPONENT_LABEL, releaseSelector } from "../../components/naming";
import { deployKeep, type Written } from "../support/config";

interface Rule {
    readonly endpointSelector: {
        readonly matchLabels: object;
        readonly matchExpressions: readonly { readonly key: string; readonly values: readonly string[] }[];
    };
    readonly ingress?: readonly object[];
    readonly egress?: readonly object[];
}

const release = { name: "keep", namespace: "keep", version: "", labels: {} };
const edge = [{ namespace: "traefik" }];
const database = { kind: "postgres" };

/** The rules of Cilium's policy as `<components>: <rule>`. */
async function rulesOf(written: Written): Promise<string[]> {
    const { one } = await deployKeep({ database, redis: { kind: "bundled" }, ...written });
    const { metadata, specs } = one("CiliumNetworkPolicy").inputs as unknown as {
        metadata: { name: string };
        specs: readonly Rule[];
    };
    assert.equal(metadata.name, "keep-network");
    return specs.map(({ endpointSelector, ...rule }) => {
        const [component] = endpointSelector.matchExpressions;
        assert.deepEqual(endpointSelector.matchLabels, releaseSelector(release));
        assert.equal(component?.key, COMPONENT_LABEL);
        return `${component.values.join(" ")}: ${JSON.stringify(rule)}`;
    });
}

const port = (...ports: string[]) => `"toPorts":[{"ports":[${ports.map((one) => `{"port":"${one}"}`).join()}]}]`;
const DNS = `backend frontend setup websocket worker: {"egress":[{"toEntities":["host"],${port("53")}}]}`;

describe("Cilium's policy", () => {
    it("is not made unless asked for", async () => {
        assert.deepEqual((await deployKeep({ networkPolicy: { enabled: true, edge } })).all("CiliumNetworkPolicy"), []);
        assert.deepEqual((await deployKeep({ networkPolicy: { cilium: {} } })).all("CiliumNetworkPolicy"), []);
    });

    it("opens name servers on nodes, and the API server to the pods that use it", async () => {
        const networkPolicy = { enabled: true, edge, cilium: {} };
        assert.deepEqual(await rulesOf({ networkPolicy }), [
            DNS,
            'backend setup worker: {"egress":[{"toEntities":["kube-apiserver"]}]}',
        ]);
        assert.deepEqual(await rulesOf({ networkPolicy, secretStore: { kind: "database" } }), [DNS]);
    });

    it("opens the agent of EKS Pod Identity where a pod needs it", async () => {
        const networkPolicy = { enabled: true, edge, cilium: {} };
        const agent = `backend setup worker: {"egress":[{"toEntities":["host"],${port("80")}}]}`;
        assert.deepEqual(await rulesOf({ networkPolicy, secretStore: { kind: "aws", region: "eu-central-1" } }), [
            DNS,
            agent,
        ]);
    });

    it("admits Cilium's own Ingress in place of an edge", async () => {
        const rules = await rulesOf({
            ingress: { kind: "generic", className: "cilium" },
            networkPolicy: { enabled: true, cilium: { edge: true } },
        });
        const ingress = (number: string) => `{"ingress":[{"fromEntities":["ingress"],${port(number)}}]}`;
        assert.deepEqual(
            rules.filter((rule) => rule.includes("fromEntities")),
            [`frontend: ${ingress("3000")}`, `backend: ${ingress("8080")}`, `websocket: ${ingress("6001")}`],
        );
    });
});
