import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep, type KeepArgs } from "../../components/keep";
import { deploy } from "../support/harness";

type Key = "apiKeys" | "databasePassword" | "databaseUrl";

const mysql = { database: { kind: "external", engine: "mysql" } } as const;
const mssql = {
    database: { kind: "sqlserver", acceptEula: true },
    backend: { image: "registry.example.com/api:1" },
} as const;

/** Secrets that are refused: the settings around them, the key, and the value. */
const cases: readonly (readonly [around: Partial<KeepArgs>, key: Key, wrong: string])[] = [
    [{}, "apiKeys", "hunter2"],
    [mysql, "databaseUrl", "mysql://hunter2@db/keep"],
    [mysql, "databaseUrl", "postgresql://keep:hunter2@db/keep"],
    [mssql, "databasePassword", "hunter2"],
];

/** The message that ends a program, and the names of what it has created by then. */
async function outcome(around: Partial<KeepArgs>): Promise<{ readonly message: string; readonly created: string[] }> {
    const created: string[] = [];
    const build = () => {
        new Keep("keep", { publicUrl: "http://keep.example.com", ...around }).urn.apply((urn) => created.push(urn));
    };
    const error: unknown = await deploy(build).catch((reason: unknown) => reason);
    return { message: error instanceof Error ? error.message : "", created };
}

describe("a secret that a program gives as an Output", () => {
    for (const [around, key, wrong] of cases) {
        it(`is refused like a plain value once it is known, before anything is created: ${key} ${wrong}`, async () => {
            const plain = await outcome({ ...around, [key]: wrong });
            const [, reason = ""] = plain.message.split("\n  - ");
            const { message, created } = await outcome({ ...around, [key]: pulumi.output(wrong) });

            assert.ok(reason.startsWith(`${key} `) && message.endsWith(reason), message);
            assert.doesNotMatch(message, /hunter2/);
            assert.deepEqual(created, []);
        });

        it(`may be unknown in a preview: ${key} ${wrong}`, async () => {
            const { message } = await outcome({ ...around, [key]: pulumi.output(pulumi.unknown) });

            assert.equal(message, "");
        });
    }
});
