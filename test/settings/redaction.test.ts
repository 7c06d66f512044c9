import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { type KeepArgs, readArguments } from "../../components/settings/arguments";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { resolve } from "../../components/settings/resolve";
import { minimal, type Written } from "../support/config";
import { deploy } from "../support/harness";
import { problems, problemsOfEach } from "../support/refusals";
import { settingsOf, written } from "../support/settings";

/** A credential that looks like one, for settings whose text a message may show. */
const TOKEN = "hunter2Canary9f8e7d6c";

/** A password that looks like a word, which only its place gives away. */
const PASSWORD = "Hunter2 !";

const LEAKED = /hunter2/i;

/** Names that people give to credentials, and misspellings. */
const NAMES = ["PASSWORD", "TOKEN", "SECRET", "API_KEY", "SENTRY_DSN", "CREDENTIALS", "passwrod", "secure"];

/** One setting of each name and parent: the same schema stands below many tiers. */
const settings = [...new Map(settingsOf(stackJsonSchema()).map((one) => [one.path.slice(-2).join("."), one])).values()];

/** Asserts that each message about one of these stacks leaves out the credential. */
async function assertHidden(stacks: readonly Written[]): Promise<void> {
    const said = (await problemsOfEach(stacks.map((stack) => minimal(stack)))).flat();
    const toPrograms = await messagesToPrograms(stacks);

    assert.ok(said.length > stacks.length / 4 && toPrograms.length > stacks.length / 4);
    assert.deepEqual(
        [...said, ...toPrograms].filter((message) => LEAKED.test(message)),
        [],
    );
}

async function messagesToPrograms(stacks: readonly Written[]): Promise<string[]> {
    const { result } = await deploy(() =>
        stacks.flatMap((stack) => {
            try {
                resolve(readArguments("keep", { publicUrl: "http://keep.example.com", ...stack } as KeepArgs));
                return [];
            } catch (error) {
                assert.ok(pulumi.RunError.isInstance(error), String(error));
                return [error.message];
            }
        }),
    );
    return result;
}

describe("a credential in the wrong place is not in a message", () => {
    it("as the text of any setting", () => assertHidden(settings.map((one) => written(one, TOKEN))));

    for (const value of [[TOKEN], { value: TOKEN }, { secret: TOKEN }, [{ name: "PASSWORD", value: TOKEN }]]) {
        it(`in ${JSON.stringify(value)} instead of any setting`, () =>
            assertHidden(settings.map((one) => written(one, value))));
    }

    for (const value of [PASSWORD, { value: PASSWORD }, [PASSWORD]]) {
        it(`in ${JSON.stringify(value)} in a field of any object that is not a setting`, () =>
            assertHidden(settings.map((one, index) => written(one, { [NAMES[index % NAMES.length] ?? ""]: value }))));
    }

    it("in a variable of any form", () =>
        assertHidden(
            NAMES.flatMap((name) => [
                { backend: { env: { [name]: { value: PASSWORD } } } },
                { backend: { env: { [name]: { secret: PASSWORD } } } },
                { backend: { env: { [name]: { secure: PASSWORD } } } },
                { backend: { env: { [name]: { secret: { name: PASSWORD, key: PASSWORD } } } } },
                { frontend: { env: [{ name, value: PASSWORD }] } },
                { frontend: { env: [`${name}=${PASSWORD}`] } },
                { frontend: { sidecars: [{ name: "a", env: [{ name, vale: PASSWORD }], [name]: PASSWORD }] } },
                { worker: { args: { [name]: PASSWORD }, initContainers: [{ name: "a", command: PASSWORD }] } },
            ]),
        ));

    it("in what is passed on to Kubernetes", () =>
        assertHidden(
            ["backend.sidecars", "backend.volumes", "backend.volumeMounts", "pods.tolerations"].flatMap((path) => {
                const [key = "", field = ""] = path.split(".");
                return [PASSWORD, [PASSWORD], [{ passwrod: PASSWORD }], [{ name: "a", csi: { token: PASSWORD } }]].map(
                    (value) => ({ [key]: { [field]: value } }),
                );
            }),
        ));

    it("in a header of an annotation of any controller", () =>
        assertHidden(
            ["nginx", "haproxy", "generic", "alb", "gce", "traefik"].flatMap((kind) =>
                [
                    "admin:hunter2",
                    "X-API-KEY HUNTER2-1111-4222-8333-444455556666",
                    'if ($http_x != "hunter2") { return 401; }',
                ].flatMap((text) =>
                    ["haproxy.org/request-set-header", "nginx.ingress.kubernetes.io/server-snippet"].map((name) => ({
                        ingress: { kind, annotations: { [name]: text, "example.com/a": 1 } },
                        publicUrl: "x",
                    })),
                ),
            ),
        ));

    it("as the name of a setting", () =>
        assertHidden([
            { backend: { env: { "GRAFANA_TOKEN=hunter2": "" } } },
            { backend: { [TOKEN]: 1 } },
            { [TOKEN]: "x" },
        ]));
});

describe("a message", () => {
    const table: Readonly<Record<string, readonly [stack: Written, shown: string]>> = {
        "shows a number": [{ redis: { kind: "external", host: "redis", port: 70000 } }, "keep:redis.port (70000)"],
        "shows a host": [{ database: { kind: "external", engine: "postgres", host: "tcp://db/" } }, '("tcp://db/")'],
        "shows a version": [{ version: "v0.54.2" }, '("v0.54.2")'],
        "shows only the host of an address with a login": [
            { redis: { kind: "external", host: "hunter2@redis" } },
            'keep:redis.host ("…@redis")',
        ],
        "shows only the host of a URL with a login": [
            { proxy: { http: "http://keep:hunter2@[proxy" } },
            'keep:proxy.http ("http://…@[proxy")',
        ],
        "shows an object by its fields, and hides those that are no settings": [
            { ingress: { kind: "traefik", tls: { secretName: "cert", defaultCertificate: true } } },
            '({"secretName":"cert","defaultCertificate":true})',
        ],
        "shows the digest of an image": [
            { images: { registry: `https://a/b@sha256:${"0a".repeat(32)}` } },
            `https://a/b@sha256:${"0a".repeat(20)}`,
        ],
        "shows middlewares of Traefik": [
            {
                ingress: {
                    kind: "traefik",
                    annotations: { "traefik.ingress.kubernetes.io/router.middlewares": "a@file, b" },
                },
            },
            '("a@file, b")',
        ],
        "quotes a name with blanks": [{ backend: { env: { "A B": "" } } }, 'keep:backend.env."A B" is'],
    };
    for (const [what, [stack, shown]] of Object.entries(table)) {
        it(what, async () => {
            const messages = await problems(minimal(stack));

            assert.ok(messages.join("\n").includes(shown), messages.join("\n"));
            assert.doesNotMatch(messages.join(), LEAKED);
        });
    }
});
