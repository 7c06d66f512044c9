import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { createSignedCertificate } from "../support/certificate";
import { deployKeep } from "../support/config";
import { envOf } from "../support/objects";
import { isInstalled } from "../support/programs";

/** A module with which each Python verifies as strictly as 3.13 does. */
const STRICT = `
import ssl
usual = ssl.create_default_context
def strict(*args, **options):
    context = usual(*args, **options)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context
ssl.create_default_context = strict
`;

const SNAPSHOT = { kind: "snapshot", count: 3, className: "fast" };

describe("snapshots of the database's disk", () => {
    it("are taken at night of the claim that the database has, by an account that may do only that", async () => {
        const { one } = await deployKeep({ database: { kind: "postgres" }, backup: SNAPSHOT });

        const { schedule, jobTemplate } = one("CronJob", "keep-backup").inputs.spec;
        const pod = jobTemplate.spec.template.spec;
        assert.equal(schedule, "0 2 * * *");
        assert.deepEqual([pod.serviceAccountName, pod.automountServiceAccountToken], ["keep-backup", true]);
        const { CLAIM, CLASS, COUNT, LABELS, NAMESPACE } = envOf(pod.containers[0] ?? { name: "" });
        assert.deepEqual([CLAIM, CLASS, COUNT, NAMESPACE], ["keep-postgres", "fast", "3", "keep"]);
        assert.equal((JSON.parse(LABELS ?? "") as Record<string, string>)["app.kubernetes.io/component"], "backup");
        assert.deepEqual(one("Role", "keep-backup").inputs.rules, [
            {
                apiGroups: ["snapshot.storage.k8s.io"],
                resources: ["volumesnapshots"],
                verbs: ["create", "delete", "get", "list"],
            },
        ]);
        assert.deepEqual(one("RoleBinding", "keep-backup").inputs.subjects, [
            { kind: "ServiceAccount", name: "keep-backup", namespace: "keep" },
        ]);
    });

    it("are of a claim that somebody else has made, too, and of SQL Server's", async () => {
        for (const [database, more] of [
            [{ kind: "sqlite" }, {}],
            [{ kind: "sqlserver", acceptEula: true }, { backend: { image: "registry.example.com/own:1" } }],
        ] as const) {
            const { one } = await deployKeep({
                ...more,
                database: { ...database, volume: { existingClaim: "own" } },
                backup: SNAPSHOT,
            });
            const [container] = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers;
            assert.equal(envOf(container ?? { name: "" }).CLAIM, "own");
        }
    });

    it("reach the API server through the network policies, and not the database", async () => {
        const { one } = await deployKeep({
            database: { kind: "postgres" },
            backup: SNAPSHOT,
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });

        const ports = one("NetworkPolicy", "keep-backup").inputs.spec.egress.flatMap((rule) => rule.ports);
        assert.ok(ports.some(({ port }) => Number(port) === 6443));
        assert.ok(!ports.some(({ port }) => Number(port) === 5432));
    });

    // Clusters of IPv6 have an address with colons. The authority has no key usage, as that of MicroK8s.
    for (const address of ["127.0.0.1", "::1"]) {
        it(`are taken by the address of the API server in the pod, without a name: ${address}`, async () => {
            if (!isInstalled(["python3", "openssl"], "a snapshot by TLS")) return;
            if (address === "::1" && networkInterfaces().lo?.every(({ family }) => family !== "IPv6")) return;
            const { authority, certificate, key } = createSignedCertificate();
            const account = mkdtempSync(join(tmpdir(), "keep-account-"));
            const methods: (string | undefined)[] = [];
            const server = createServer({ cert: certificate, key }, ({ method }, response) => {
                methods.push(method);
                // The answer to the first request is lost, and the second one finds the snapshot that the first has created.
                response.statusCode = [503, 409][methods.length - 1] ?? 200;
                response.end(JSON.stringify({ items: [], status: { readyToUse: true } }));
            }).listen(0, address);
            try {
                await once(server, "listening");
                for (const [name, text] of Object.entries({
                    token: "t",
                    "ca.crt": authority,
                    "sitecustomize.py": STRICT,
                })) {
                    writeFileSync(join(account, name), text);
                }
                const { one } = await deployKeep({ database: { kind: "postgres" }, backup: SNAPSHOT });
                const [container] = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers;
                const env = {
                    ...process.env,
                    ...envOf(container ?? { name: "" }),
                    KUBERNETES_SERVICE_HOST: address,
                    KUBERNETES_SERVICE_PORT: String((server.address() as AddressInfo).port),
                    ACCOUNT: account,
                    POLL_SECONDS: "0.01",
                    PYTHONPATH: account,
                    NO_PROXY: "*",
                    no_proxy: "*",
                };
                const { stdout } = await promisify(execFile)("python3", container?.command.slice(1), { env });

                assert.match(stdout, /^took keep-postgres-\d{14}\n$/);
                assert.deepEqual(methods, ["POST", "POST", "GET", "GET"]);
            } finally {
                server.close();
                rmSync(account, { recursive: true });
            }
        });
    }
});
