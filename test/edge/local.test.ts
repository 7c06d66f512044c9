import { isDeepStrictEqual } from "node:util";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

import type { KubernetesObject } from "../cluster/api/client";
import { settledFindings } from "../cluster/api/wait";
import { testCluster } from "../cluster/connection";
import { routesWithRewrite } from "../ingress/routes";
import { ask } from "./client";
import { Proxy } from "./proxy";
import { Stubs } from "./stubs";
import { traefikCrds, traefikProgram } from "./traefik/program";
import { addressForEndpoints, wayInOf } from "./traefik/stack";

const MANIFEST = path.join(__dirname, "../../tools/local/traefik.yaml");

/** Milliseconds in which Traefik reads what is in the API server; much more than it needs. */
const PATIENCE = 45_000;

const deployment = z.object({
    spec: z.object({
        template: z.object({ spec: z.object({ containers: z.tuple([z.object({ args: z.array(z.string()) })]) }) }),
    }),
});

const token = z.object({ status: z.object({ token: z.string() }) });

// What cannot be shown without a node, the port of the node, is shown by `npm run test:local`.
describe("the Traefik of npm run local, with the arguments and the rights of its manifest", () => {
    const { client, kubeconfig } = testCluster();
    const objects = parseAllDocuments(readFileSync(MANIFEST, "utf8")).map(
        (document) => document.toJS() as KubernetesObject,
    );
    let stubs: Stubs;
    let traefik: Proxy;

    before(async function () {
        // The first run builds it.
        this.timeout(30 * 60_000);
        const program = await traefikProgram();
        for (const object of [...traefikCrds(), ...objects]) await client.apply(object);
        await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "local" } });
        const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
        const account = "/api/v1/namespaces/traefik/serviceaccounts/traefik/token";
        const { body } = await client.request("POST", account, request);
        stubs = await Stubs.start(["keep-frontend", "keep-backend", "keep-websocket"], addressForEndpoints());
        traefik = await Proxy.start(async (ports, folder) => {
            const settings = { publicUrl: "http://keep.localhost", ingress: { kind: "traefik" } };
            for (const object of await wayInOf(settings, "local", stubs, ports)) await client.apply(object);
            const own = path.join(folder, "kubeconfig");
            writeFileSync(own, JSON.stringify(withToken(kubeconfig, token.parse(body).status.token)));
            return { command: [program, ...argumentsAt(objects, ports)], env: { KUBECONFIG: own } };
        });
    });
    after(async () => {
        await traefik.stop();
        stubs.stop();
        await client.delete({ apiVersion: "v1", kind: "Namespace", metadata: { name: "local" } });
    });

    it("routes every path of the dev stack", async () => {
        const edge = { port: traefik.ports.http };
        const unlike = await settledFindings(PATIENCE, async () => {
            const found = Object.entries(routesWithRewrite("/v2", "/websocket")).map(async ([target, expected]) => {
                const answer = await ask(edge, "keep.localhost", target).catch(() => undefined);
                return isDeepStrictEqual(answer, expected) ? [] : [target];
            });
            return (await Promise.all(found)).flat();
        });
        assert.deepEqual(unlike, []);
    });
});

/** The arguments of the manifest, on ports that are free here. */
function argumentsAt(objects: readonly KubernetesObject[], ports: { readonly http: number; readonly https: number }) {
    const { spec } = deployment.parse(objects.find(({ kind }) => kind === "Deployment"));
    return spec.template.spec.containers[0].args.map((argument) =>
        argument
            .replace(/^(--entryPoints\.web\.address=).*/, `$1127.0.0.1:${ports.http}`)
            .replace(/^(--entryPoints\.websecure\.address=).*/, `$1127.0.0.1:${ports.https}`),
    );
}

/** A kubeconfig of the same cluster for whom a token names. */
function withToken(kubeconfig: string, bearer: string): unknown {
    const config = parse(readFileSync(kubeconfig, "utf8")) as { users: { name: string; user: object }[] };
    return { ...config, users: config.users.map(({ name }) => ({ name, user: { token: bearer } })) };
}
