import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { type KeepArgs, readArguments } from "../../components/settings/arguments";
import { minimal } from "../support/config";
import { deploy } from "../support/harness";

const MINIMAL: KeepArgs = { publicUrl: "http://keep.example.com" };

const keepConfig = (name: string, args: KeepArgs) => resolve(readArguments(name, args));
const stackConfig = () => resolve(loadConfig());

/** What is said against arguments, one message a problem; none when they are fine. */
async function problems(args: () => object): Promise<string[]> {
    const { result } = await deploy(() => {
        try {
            keepConfig("alerting", { ...MINIMAL, ...args() });
            return [];
        } catch (error) {
            assert.ok(pulumi.RunError.isInstance(error), String(error));
            const [head, ...messages] = error.message.split("\n  - ");
            const count = messages.length === 1 ? "1 problem" : `${messages.length} problems`;
            assert.equal(head, `${count} in the arguments of Keep "alerting"; nothing was created:`);
            return messages;
        }
    });
    return result;
}

describe("the arguments of a Keep", () => {
    it("mean the same as the stack file with the same settings", async () => {
        const settings = {
            ...MINIMAL,
            database: { kind: "external", engine: "postgres" },
            redis: { kind: "bundled" },
            backend: { replicas: 2, env: { LOG_LEVEL: "DEBUG" } },
        } as const;
        const databaseUrl = "postgresql+psycopg2://keep:hunter2@db/keep";
        const plain = ({ secrets, ...config }: ReturnType<typeof resolve>) => ({
            ...config,
            keys: Object.keys(secrets),
        });
        const fromFile = await deploy(stackConfig, minimal({ ...settings, databaseUrl }));
        const fromArgs = await deploy(() => keepConfig("alerting", { ...settings, databaseUrl, telemetry: undefined }));

        assert.deepEqual(plain(fromArgs.result), plain(fromFile.result));
    });

    const later = () => pulumi.output("x");
    // What JavaScript makes of an Output in a template.
    const asText = () => {
        const value: unknown = later();
        return String(value);
    };
    const refused: Record<string, [args: () => object, ...messages: string[]]> = {
        "the mistakes of a stack file, by the name of the argument": [
            () => ({ databse: {}, backend: { replicas: "two" }, setup: { retries: -1 } }),
            "databse is not a setting. Perhaps you meant database.",
            'backend.replicas ("two") is not a whole number. Write only digits, without quotes.',
            "setup.retries (-1) is less than 0. Use 0 or more.",
        ],
        "a missing address": [
            () => ({ publicUrl: undefined }),
            "publicUrl is missing. Set it to the URL that users open, such as https://keep.example.com.",
        ],
        "rules between settings, without the words for the CLI": [
            () => ({ database: { kind: "external", engine: "postgres" } }),
            "database has no address. Set databaseUrl, database.urlSecret or database.host.",
        ],
        "a setting that is an Output": [
            () => ({ publicUrl: later(), backend: { replicas: later() } }),
            "publicUrl is an Output, but decides which resources exist. Set it to a plain value.",
            "backend.replicas is an Output, but decides which resources exist. Set it to a plain value.",
        ],
        "a switch that rules look at": [
            () => ({ backend: { env: { KEEP_NO_AUTH_METRICS: later() } } }),
            "backend.env.KEEP_NO_AUTH_METRICS is an Output, but the program must know its value. Set it to a plain value.",
        ],
        "secrets in an object of their own": [
            () => ({ secrets: { apiKeys: "x" } }),
            "secrets is not a setting. Move its keys to the top level: apiKeys.",
        ],
        "what no stack file could hold": [
            () => {
                const cycle: Record<string, unknown> = {};
                cycle.kind = { cycle };
                return { auth: cycle, backend: { replicas: 10n }, worker: { args: [Symbol("a")] }, labels: () => ({}) };
            },
            ...["auth.kind.cycle", "backend.replicas", "worker.args.0", "labels"].map(
                (path) =>
                    `${path} has a type that no setting has. Set it to text, a number, true, false, a list or an object.`,
            ),
        ],
        "what throws when it is read": [
            () => {
                const fail = () => {
                    throw new Error("out of reach");
                };
                const { proxy, revoke } = Proxy.revocable({}, {});
                revoke();
                return {
                    auth: Object.defineProperty({ kind: "db" }, "username", { enumerable: true, get: fail }),
                    database: new Proxy({}, { ownKeys: fail }),
                    labels: proxy,
                    firstUserPassword: new Proxy({}, { getPrototypeOf: fail }),
                };
            },
            ...["auth.username", "database", "labels", "firstUserPassword"].map(
                (path) => `${path} throws an error when it is read. Set it to a plain value.`,
            ),
        ],
        "instances of classes": [
            () => {
                class Volume {
                    public readonly size = "1Gi";
                }
                return { database: { kind: "postgres", volume: new Volume() }, labels: new Map([["team", "ops"]]) };
            },
            ...["database.volume is an instance of Volume", "labels is an instance of Map"].map(
                (what) => `${what}. Set it to text, a number, true, false, a list or a plain object.`,
            ),
        ],
        "an Output in a text or name": [
            () => ({
                backend: { env: { [asText()]: "x" } },
                databasePassword: `p-${asText()}`,
                ingress: { kind: "traefik", extraHosts: [`${asText()}.example.com`] },
            }),
            "backend.env has an Output as a name. Write the name as text.",
            ...["databasePassword", "ingress.extraHosts.0"].map(
                (path) => `${path} contains an Output in a text. Use pulumi.interpolate, or pass the Output itself.`,
            ),
        ],
        "an Output in an object of Kubernetes": [
            () => ({ backend: { volumes: [{ name: "a", configMap: { name: pulumi.output("a") } }] } }),
            "backend.volumes.0.configMap.name is an Output, but objects of Kubernetes are validated before the program runs. Set it to a plain value: give the other resource a fixed name, and list it in the option dependsOn.",
        ],
        "a promise in a list": [
            () => ({ ingress: { kind: "nginx", extraHosts: ["a.example.com", Promise.resolve("b")] } }),
            "ingress.extraHosts.1 is an Output, but decides which resources exist. Set it to a plain value.",
        ],
        "a secret of a wrong form, without repeating it": [
            () => ({ apiKeys: "hunter2" }),
            "apiKeys is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons.",
        ],
        "a secret that is no text": [
            () => ({ firstUserPassword: 7 }),
            "firstUserPassword is not text. Set it to a string or an Output<string>.",
        ],
        "secret environment whose names are not known": [
            () => ({ secretEnv: { backend: pulumi.output({ TOKEN: "x" }) } }),
            "secretEnv is not an object of tiers with names and values. Write {backend: {NAME: value}}, with any of the tiers backend, consumer, worker, frontend, websocket; values may be Outputs, the rest is plain.",
        ],
        "secret environment without a value": [
            () => ({ secretEnv: { backend: { TOKEN: process.env.NOBODY_SETS_THIS }, worker: { PORT: 587 } } }),
            "secretEnv has values that are not text, or contain a NUL character: backend.TOKEN, worker.PORT. Write each as text, and numbers in quotes.",
        ],
        "secret environment that a setting decides": [
            () => ({ secretEnv: { backend: { AUTH_TYPE: later() } } }),
            "secretEnv.backend.AUTH_TYPE is set by auth.kind. Remove it here, and change that setting instead.",
        ],
    };
    for (const [what, [args, ...messages]] of Object.entries(refused)) {
        it(`are refused for ${what}`, async () => {
            assert.deepEqual(await problems(args), messages);
        });
    }

    for (const [what, args] of Object.entries({
        nothing: undefined,
        null: null,
        text: "publicUrl",
        "a list": [MINIMAL],
        "an Output": pulumi.output(MINIMAL),
    })) {
        it(`are refused where they are ${what}`, async () => {
            const build = () => keepConfig("alerting", args as never);

            await assert.rejects(deploy(build), /args is not an object\. Write the settings as in new Keep/);
        });
    }

    it("may be a Proxy of plain values and an object without a prototype", async () => {
        const bare = Object.assign(Object.create(null) as object, { team: "ops" });
        assert.deepEqual(await problems(() => ({ labels: new Proxy(bare, {}), backend: Object.freeze({}) })), []);
    });

    it("take Outputs for secrets, and keep them secret", async () => {
        const { result } = await deploy(() =>
            keepConfig("alerting", {
                ...MINIMAL,
                database: { kind: "external", engine: "postgres" },
                databaseUrl: pulumi.output("postgresql+psycopg2://keep:hunter2@db/keep"),
                secretEnv: { backend: { TOKEN: pulumi.output("hunter3") } },
            }),
        );

        assert.equal(await pulumi.isSecret(result.secrets.databaseUrl ?? pulumi.output("")), true);
    });
});
