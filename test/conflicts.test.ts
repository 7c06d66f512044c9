import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Keep } from "../components/keep";
import type { KeepArgs } from "../components/settings/arguments";
import { deploy } from "./support/harness";
import { BLUE, RED, SEPARATE_SERVICES, SHARED_SERVICES } from "./support/twoKeeps";

/** The message for a program with two Keeps; undefined if it is accepted. */
async function rejection(
    first: KeepArgs,
    second: KeepArgs,
    providers: () => readonly [k8s.Provider?, k8s.Provider?] = () => [],
): Promise<string | undefined> {
    try {
        await deploy(() => {
            const [one, other] = providers();
            return [
                new Keep("one", first, one && { provider: one }),
                new Keep("other", second, other && { provider: other }),
            ];
        });
        return undefined;
    } catch (error) {
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        assert.equal(error.stack, error.message);
        return error.message;
    }
}

const nameTaken = (object: string) =>
    `  - release and the namespaces give the ${object}, which Keep "one" in this program creates as well. Set another release, namespace or secretStore.namespace (docs/several-keeps.md).`;
const urlTaken = (url: string) =>
    `  - publicUrl and the hosts and prefixes of the ingresses give ${url}, which is also a URL of Keep "one" in this program. Use other hosts, or other prefixes.`;

describe("two Keeps in a program", () => {
    const shared = { name: "alerting", create: false };
    const rejected: readonly (readonly [string, KeepArgs, KeepArgs, readonly string[]])[] = [
        ["with one release", RED, { ...BLUE, release: "red" }, [nameTaken("Namespace red")]],
        [
            "that create one namespace",
            { ...RED, namespace: { name: "alerting" } },
            { ...BLUE, namespace: { name: "alerting" } },
            [nameTaken("Namespace alerting")],
        ],
        [
            "whose joined names are equal",
            { ...RED, release: "keep", namespace: { name: "prod" } },
            { ...BLUE, release: "prod-keep" },
            [nameTaken("Namespace prod-keep-secrets")],
        ],
        [
            "with one release in one namespace, from Outputs",
            { ...RED, namespace: { name: pulumi.output("alerting"), create: false } },
            { ...BLUE, release: "red", namespace: { name: pulumi.output("alerting"), create: false } },
            [nameTaken("ServiceAccount alerting/red-frontend")],
        ],
        [
            "with one release in one namespace, of which one is from an Output",
            { ...RED, namespace: shared },
            { ...BLUE, release: "red", namespace: { name: pulumi.output("alerting"), create: false } },
            [nameTaken("ServiceAccount alerting/red-frontend")],
        ],
        ["with one address", RED, { ...RED, release: "blue" }, [urlTaken("http://red.example.com")]],
        [
            "with one additional host",
            { ...RED, ingress: { kind: "traefik", extraHosts: ["alerts.example.com"] } },
            { ...BLUE, ingress: { kind: "nginx", extraHosts: ["alerts.example.com"] } },
            [urlTaken("http://alerts.example.com")],
        ],
        [
            "of which one has the host of the other in another ingress",
            RED,
            { ...BLUE, extraIngresses: [{ hosts: ["red.example.com"], ingress: { kind: "nginx" } }] },
            [urlTaken("http://red.example.com")],
        ],
        [
            "with one release and one address",
            RED,
            RED,
            [nameTaken("Namespace red"), urlTaken("http://red.example.com")],
        ],
        [
            "of which one has live updates at the URL of the other",
            RED,
            {
                ...BLUE,
                extraIngresses: [{ hosts: ["red.example.com"], tiers: ["websocket"], ingress: { kind: "nginx" } }],
            },
            [urlTaken("ws://red.example.com/websocket")],
        ],
        ...SHARED_SERVICES,
    ];
    for (const [what, first, second, messages] of rejected) {
        it(`${what} are rejected before the second is created`, async () => {
            const count = messages.length === 1 ? "1 problem" : `${messages.length} problems`;

            assert.equal(
                await rejection(first, second),
                [`${count} in the arguments of Keep "other"; nothing was created:`, ...messages].join("\n"),
            );
        });
    }

    const accepted: readonly (readonly [string, KeepArgs, KeepArgs])[] = [
        ["with other releases and addresses", RED, BLUE],
        ["with one release in other namespaces", RED, { ...BLUE, release: "red", namespace: { name: "blue" } }],
        ["in one namespace that neither creates", { ...RED, namespace: shared }, { ...BLUE, namespace: shared }],
        [
            "of which one has live updates on the host of the other, with another prefix",
            RED,
            {
                ...BLUE,
                extraIngresses: [
                    {
                        hosts: ["red.example.com"],
                        tiers: ["websocket"],
                        name: "more",
                        ingress: { kind: "traefik", websocketPrefix: "/blue" },
                    },
                ],
            },
        ],
        ...SEPARATE_SERVICES,
        ["without ingress", { ...RED, ingress: { kind: "none" } }, { ...RED, release: "b", ingress: { kind: "none" } }],
        [
            "that share a host by prefixes",
            RED,
            {
                ...RED,
                release: "blue",
                ingress: { kind: "traefik", frontendPrefix: "/", backendPrefix: "/v3", websocketPrefix: "/ws" },
                frontend: { enabled: false },
            },
        ],
    ];
    for (const [what, first, second] of accepted) {
        it(`${what} are accepted`, async () => {
            assert.equal(await rejection(first, second), undefined);
        });
    }

    const provider = (name: string) => new k8s.Provider(name, { kubeconfig: "{}" });

    it("that are equal are accepted on two clusters", async () => {
        assert.equal(await rejection(RED, RED, () => [undefined, provider("another")]), undefined);
        assert.equal(await rejection(RED, RED, () => [provider("one"), provider("another")]), undefined);
    });

    it("that are equal are rejected with one provider", async () => {
        const one = () => {
            const given = provider("one");
            return [given, given] as const;
        };

        assert.match((await rejection(RED, RED, one)) ?? "", /^2 problems in the arguments of Keep "other"/);
    });

    it("of two programs in one process do not conflict", async () => {
        assert.equal(await rejection(RED, BLUE), undefined);
        assert.equal(await rejection(RED, BLUE), undefined);
    });
});
