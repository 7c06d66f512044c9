import assert from "node:assert/strict";

import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { testCluster } from "../../cluster/connection";
import type { Settings } from "../../cluster/release";
import { assertAlertArrives } from "../assertions/alert";
import { FAMILIES, HAS_IPV6 } from "../cluster/node";
import { Client } from "../support/client";
import { DeployedKeep, EDGE, type StackOptions } from "../support/keep";
import { settingsUnder } from "../support/recipe";
import { smallProd } from "../support/stacks";

const service = z.object({ spec: z.object({ clusterIPs: z.array(z.string()) }) });

/** What Kubernetes makes of Services in a cluster that has IPv6 alone. */
function onlyIpv6(object: KubernetesObject): KubernetesObject {
    if (object.kind !== "Service") return object;
    return { ...object, spec: { ...(object.spec as object), ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv6"] } };
}

type Stack = readonly [name: string, settings: Settings, families: number, options?: StackOptions];

/** By the families of the nodes: with `--ipv6`, they have no IPv4. */
const STACKS: Readonly<Record<string, readonly Stack[]>> = {
    IPv4: [],
    "IPv4 and IPv6": [
        ["Services of both families", settingsUnder("platforms.md", "IPv6"), 2],
        ["Services of IPv6 alone", { pods: { ipv6: true } }, 1, { change: onlyIpv6 }],
    ],
    IPv6: [["IPv6 alone", { pods: { ipv6: true } }, 1]],
};

if (!HAS_IPV6) {
    describe("prod with IPv6", () => {
        it("is left out: this machine has none");
    });
}

const nodes = FAMILIES.map(({ family }) => family).join(" and ");

for (const [name, settings, families, options] of STACKS[nodes] ?? []) {
    describe(`prod on nodes of ${nodes}, with ${name}`, function () {
        // Each step needs the one before.
        this.bail(true);
        const cluster = testCluster();
        let keep: DeployedKeep | undefined;
        let client: Client;

        before(async () => {
            keep = await DeployedKeep.of(cluster, smallProd(settings), options);
        });

        after(() => keep?.remove());

        it("gets Ready", async () => {
            assert.deepEqual((await keep?.deploy())?.findings, []);
            client = await Client.start(cluster, EDGE);
        });

        it("takes alerts, and tells subscribers of them, by each address", async () => {
            assert.ok(keep);
            const [apis, sockets] = await Promise.all([addressesOf("keep-backend"), addressesOf("keep-websocket")]);
            assert.equal(apis.length, families);
            for (const [index, api] of apis.entries()) {
                const family = api.startsWith("[") ? "IPv6" : "IPv4";
                const way = { name: family, api: `http://${api}:8080`, socket: `ws://${sockets[index] ?? ""}:6001` };
                await assertAlertArrives(keep, client, way);
            }
        });

        it("shows the user interface by each address", async () => {
            for (const address of await addressesOf("keep-frontend")) {
                const { status } = await client.request({ url: `http://${address}:3000/api/healthcheck` });
                assert.equal(status, 200, address);
            }
        });

        async function addressesOf(name: string): Promise<readonly string[]> {
            const { body } = await cluster.client.request("GET", `/api/v1/namespaces/keep/services/${name}`);
            return service.parse(body).spec.clusterIPs.map((ip) => (ip.includes(":") ? `[${ip}]` : ip));
        }
    });
}
