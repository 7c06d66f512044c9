import { accepts } from "../support/refusals";

const image = "registry.example.com/proxy:1";
const fits = { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } };
describe("containers and volumes that a stack adds", () => {
    accepts({
        "a sidecar within level restricted": { frontend: { sidecars: [{ name: "proxy", image, ...fits }] } },
        "images by any name that container runtimes parse": {
            frontend: {
                sidecars: [
                    "auto",
                    "localhost:5000/proxy",
                    `Host.example/a/b__c@sha512:${"0".repeat(128)}`,
                    "a:1_B",
                ].map((reference, index) => ({ name: `proxy-${index}`, image: reference, ...fits })),
            },
        },
        "a volume of an image within level restricted": {
            frontend: { volumes: [{ name: "tools", image: { reference: "registry.example.com/tools:1" } }] },
        },
        "any sidecar within level baseline": {
            namespace: { podSecurity: "baseline" },
            frontend: {
                sidecars: [
                    { name: "proxy", image, workingDir: "", securityContext: { capabilities: { add: ["CHOWN"] } } },
                ],
            },
        },
        "root in a container without runAsNonRoot": {
            namespace: { podSecurity: "baseline" },
            backend: {
                initContainers: [{ name: "chown", image, securityContext: { runAsNonRoot: false, runAsUser: 0 } }],
                sidecars: [{ name: "proxy", image, securityContext: { runAsUser: 65534 } }],
            },
        },
        "a user id that an account of OpenShift may use, and none": {
            platform: "openshift",
            namespace: { podSecurity: "baseline" },
            frontend: {
                serviceAccount: { name: "proxies" },
                sidecars: [{ name: "proxy", image, securityContext: { runAsUser: 1000 } }],
            },
            backend: { sidecars: [{ name: "proxy", image, securityContext: { runAsNonRoot: true } }] },
        },
        "anything in a namespace whose level is another's affair": {
            namespace: { create: false },
            frontend: { sidecars: [{ name: "proxy", image, securityContext: { privileged: true } }] },
        },
    });
});
