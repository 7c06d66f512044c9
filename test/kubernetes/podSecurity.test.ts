import { accepts, refuses } from "../support/refusals";

const image = "registry.example.com/proxy:1";
const fits = { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } };
const lower = ", or lower keep:namespace.podSecurity.";
const restricted = "does not meet Pod Security restricted, which the namespace enforces.";
const baseline = "does not meet Pod Security baseline, which the namespace enforces.";

describe("containers and volumes that a stack adds", () => {
    refuses({
        "a sidecar as most documentation has it": [
            { frontend: { sidecars: [{ name: "proxy", image }] } },
            `keep:frontend.sidecars.0.securityContext.allowPrivilegeEscalation ${restricted} Set it to false${lower}`,
            `keep:frontend.sidecars.0.securityContext.capabilities.drop ${restricted} Set it to [ALL]${lower}`,
        ],
        "everything else that level restricted rejects": [
            {
                backend: {
                    initContainers: [
                        {
                            name: "init",
                            image,
                            ports: [{ containerPort: 80, hostPort: 80 }],
                            securityContext: {
                                ...fits.securityContext,
                                privileged: true,
                                capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] },
                                runAsNonRoot: false,
                                runAsUser: 0,
                                seccompProfile: { type: "Unconfined" },
                            },
                        },
                    ],
                    volumes: [{ name: "node", hostPath: { path: "/" } }],
                },
            },
            `keep:backend.initContainers.0.securityContext.privileged (true) ${restricted} Remove it${lower}`,
            `keep:backend.initContainers.0.securityContext.capabilities.add (["NET_ADMIN"]) ${restricted} Use NET_BIND_SERVICE at most${lower}`,
            `keep:backend.initContainers.0.securityContext.seccompProfile.type ("Unconfined") ${restricted} Set it to RuntimeDefault${lower}`,
            `keep:backend.initContainers.0.securityContext.runAsNonRoot (false) ${restricted} Remove it${lower}`,
            `keep:backend.initContainers.0.securityContext.runAsUser (0) ${restricted} Use another user id${lower}`,
            `keep:backend.initContainers.0.ports.0.hostPort (80) ${restricted} Remove it${lower}`,
            `keep:backend.volumes.0 ({"name":"node","hostPath":{"path":"/"}}) ${restricted} Use a PersistentVolumeClaim or an emptyDir${lower}`,
        ],
        "what level baseline rejects": [
            {
                namespace: { podSecurity: "baseline" },
                frontend: { sidecars: [{ name: "proxy", image, securityContext: { privileged: true } }] },
            },
            `keep:frontend.sidecars.0.securityContext.privileged (true) ${baseline} Remove it${lower}`,
        ],
    });

    accepts({
        "a sidecar within level restricted": { frontend: { sidecars: [{ name: "proxy", image, ...fits }] } },
        "any sidecar within level baseline": {
            namespace: { podSecurity: "baseline" },
            frontend: { sidecars: [{ name: "proxy", image }] },
        },
        "anything in a namespace whose level is another's affair": {
            namespace: { create: false },
            frontend: { sidecars: [{ name: "proxy", image, securityContext: { privileged: true } }] },
        },
    });
});
