import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { containersOf, envOf, podOf } from "../support/objects";
import { accepts } from "../support/refusals";

const image = "registry.example.com/logs:1";
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const volumes = [{ name: "logs", emptyDir: {} }];
const mount = (subPathExpr: string) => ({ name: "logs", mountPath: "/logs", subPathExpr });

describe("a variable in the path of a mount", () => {
    accepts({
        "one of the tier, of the program, of Kubernetes and an escape": {
            backend: {
                env: { POD_NAME: { field: "metadata.name" } },
                volumes,
                volumeMounts: [mount("$(POD_NAME)/$(WATCHER)/$(KUBERNETES_SERVICE_HOST)/$$(HOSTNAME)/$(a")],
            },
        },
        "one of a Secret of the stack": {
            secretEnv: { frontend: { TENANT: "keep" } },
            frontend: { volumes, volumeMounts: [mount("$(TENANT)")] },
        },
        "one of an object whose variables are unknown": {
            frontend: { envFrom: [{ configMap: "tenant" }], volumes, volumeMounts: [mount("$(TENANT)")] },
        },
        "those of a container": {
            frontend: {
                volumes,
                sidecars: [
                    {
                        name: "named",
                        image,
                        securityContext,
                        env: [{ name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
                        volumeMounts: [mount("$(POD)")],
                    },
                    {
                        name: "unknown",
                        image,
                        securityContext,
                        envFrom: [{ configMapRef: { name: "tenant" } }],
                        volumeMounts: [mount("$(TENANT)")],
                    },
                ],
            },
        },
    });

    it("is also in the containers of a backup, which have the mounts of the backend", async () => {
        const { resources } = await deployKeep({
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", credentials: "s3" },
            backend: {
                env: { OTHER: "o", PATH_OF_LOGS: "logs/$(POD)", POD: { field: "metadata.name" } },
                volumes,
                volumeMounts: [mount("$(PATH_OF_LOGS)")],
            },
        });
        for (const container of containersOf(podOf(resources, "backup"))) {
            const names = Object.keys(envOf(container));
            const found = ["OTHER", "PATH_OF_LOGS", "POD"].filter((name) => names.includes(name));
            const hasMount = (container.volumeMounts ?? []).some(({ name }) => name === "logs");
            assert.deepEqual(found, hasMount ? ["PATH_OF_LOGS", "POD"] : [], container.name);
        }
        assert.equal(containersOf(podOf(resources, "backup")).filter(({ name }) => name !== "prune").length, 2);
    });
});
