import assert from "node:assert/strict";

import type { Issue } from "../../components/fields/issue";
import { readArguments } from "../../components/settings/arguments";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { check } from "../../components/settings/resolve";
import { valueAt } from "../../components/tokens";
import { destructiveChanges } from "../../components/upgrade/changes";
import { type Deployment, deployment } from "../../components/upgrade/deployment";
import { deployKeep, type Written } from "../support/config";
import { danglingBetween, type Names, namesIn } from "../support/danglingNames";
import { type Data, dataOf, lossesBetween } from "../support/dataLosses";
import { KUBERNETES_OBJECTS } from "../support/sampleObjects";
import { TEXTS } from "../support/sampleValues";
import { put, type Setting, settingsOf } from "../support/settings";
import { variant } from "../support/variants";

/** The fewest objects beside those with data. */
const SMALL: Written = {
    publicUrl: "http://localhost:3000",
    ingress: { kind: "none" },
    frontend: { enabled: false, url: "https://keep-ui.example.com" },
};
const QUEUE: Written = { redis: { kind: "bundled", volume: {} } };
const NFS = { nfs: { server: "nfs.example.com", path: "/dumps" } };

/** A deployment of each kind of what holds data. Each setting is varied in the first one that has its kinds. */
const BASES: Readonly<Record<string, Written>> = {
    SQLite: { database: { kind: "sqlite" } },
    PostgreSQL: {
        database: { kind: "postgres" },
        ...QUEUE,
        secretStore: { kind: "vault", address: "https://v.example.com", role: "r" },
    },
    "PostgreSQL on a given volume": { database: { kind: "postgres", volume: { persistentVolume: NFS } } },
    "objects of the same names": {
        database: { kind: "postgres", volume: { existingClaim: "keep-postgres" } },
        secretStore: { kind: "kubernetes", namespace: "keep-secrets", acceptShared: true },
    },
    MySQL: { database: { kind: "mysql" }, backup: { kind: "volume" } },
    "SQL Server": variant("database", "sqlserver"),
    CloudNativePG: {
        database: { kind: "cloudnativepg" },
        ...QUEUE,
        backend: { volumes: [{ name: "more", persistentVolumeClaim: { claimName: "mine" } }] },
    },
    "an external server": {
        ...variant("database", "external"),
        ...QUEUE,
        backup: { kind: "volume", volume: { persistentVolume: NFS } },
        secretStore: { kind: "kubernetes", namespace: "shared", acceptShared: true },
    },
    "the chart's volume": {
        adopt: { helmRelease: "keep", namespace: "keep" },
        database: { kind: "postgres" },
        databasePassword: "p",
    },
    "no API": {
        ...variant("websocket", "none"),
        backend: { enabled: false, url: "https://api.example.com" },
        frontend: {},
    },
};

/** Moves of a whole installation. */
const MOVES: Readonly<Record<string, Written>> = {
    "another release": { release: "other" },
    "another namespace": { namespace: { name: "elsewhere" } },
    "a namespace of others": { namespace: { create: false } },
    "an account of others, by the name of its own": { serviceAccount: { create: false, name: "keep-backend" } },
};

/** Settings, what is recorded of their deployment, its data, and the names in it. */
interface Deployed {
    readonly what: string;
    readonly record: Deployment;
    readonly data: Data;
    readonly names: Names;
}

interface Change {
    readonly setting: Pick<Setting, "kinds" | "path">;
    readonly value: unknown;
}

async function deployed(what: string, settings: Written): Promise<Deployed> {
    const { one, resources } = await deployKeep(settings);
    const record = deployment.parse(one("Keep", "keep").outputs?.plain.deployed);
    return { what, record, data: dataOf(resources), names: namesIn(resources) };
}

function issuesOf(settings: Written): readonly Issue[] {
    return check(readArguments("keep", settings as unknown as Parameters<typeof readArguments>[1])).issues;
}

/**
 * Deployments of a base with one setting changed, for each setting that changes what holds data.
 * @param isAlone whether changes that the program rejects together are tried alone
 */
async function variationsOf(
    base: Deployed,
    settings: Written,
    changes: readonly Change[],
    isAlone: boolean,
): Promise<Deployed[]> {
    const changed = changes.reduce(withChange, settings);
    const issues = issuesOf(changed);
    if (issues.length === 0) {
        const what = changes.map(({ setting, value }) => `${setting.path.join(".")}: ${JSON.stringify(value)}`);
        const after = await deployed(`${base.what} with ${what.join(", ")}`, changed);
        // If many changes together do not concern the data, none of them does.
        if (changes.length === 1 || JSON.stringify(after.data.holders) === JSON.stringify(base.data.holders)) {
            return [after];
        }
    }
    const faulty = changes.filter(({ setting }) => issues.some(({ path }) => isBelow(setting.path, path)));
    const half = changes.slice(0, Math.ceil(changes.length / 2));
    const part = faulty.length > 0 && faulty.length < changes.length ? faulty : half;
    const others = changes.filter((change) => !part.includes(change));
    const tried = part === faulty && !isAlone ? [others] : [part, others];
    return others.length === 0
        ? []
        : (await Promise.all(tried.map((some) => variationsOf(base, settings, some, isAlone)))).flat();
}

function isBelow(path: readonly string[], other: readonly string[]): boolean {
    return other.every((step, index) => step === path[index] || path[index] === "name");
}

function withChange(settings: Written, { setting: { kinds, path }, value }: Change): Written {
    const chosen = kinds.reduce<unknown>((whole, { path: at, kind }) => put(whole, [...at, "kind"], kind), settings);
    return put(chosen, path, value) as Written;
}

/** Changes of settings that belong to the kinds of a base, in groups of those that can be made together. */
function changesOf(settings: readonly Setting[]): Change[][] {
    const kinds = new Map<string, string[]>();
    const groups: Change[][] = [];
    for (const setting of settings) {
        const [key = ""] = setting.path;
        const known = kinds.get(key) ?? [];
        const own = JSON.stringify(setting.kinds);
        kinds.set(key, known.includes(own) ? known : [...known, own]);
        const group = (groups[known.includes(own) ? known.indexOf(own) : known.length] ??= []);
        group.push(...valuesOf(setting).map((value) => ({ setting, value })));
    }
    return groups.filter(({ length }) => length > 0);
}

function isOf(settings: Written, { kinds, path: [key = ""] }: Setting): boolean {
    return (
        Object.hasOwn(settings, key) && kinds.every(({ path, kind }) => valueAt(settings, [...path, "kind"]) === kind)
    );
}

/** A value of a setting that is not its default; none if its parts have values. */
function valuesOf({ path, schema }: Setting): readonly unknown[] {
    const [object] = KUBERNETES_OBJECTS[path.at(-1) ?? ""]?.objects ?? [];
    if (object !== undefined) {
        return schema.type === "array" ? [[object]] : [object];
    }
    const { default: usual, minimum = 0, pattern = "" } = schema;
    switch (schema.title ?? schema.type) {
        case "quantity":
            return ["12Gi"];
        case "boolean":
            return [usual !== true];
        case "integer":
        case "number":
            return [minimum + 1];
        case "string":
            return (schema.enum ?? TEXTS.filter((text) => new RegExp(pattern).test(text)))
                .filter((value) => value !== usual && value !== "ReadWriteOnce")
                .slice(0, 1);
        default:
            return [];
    }
}

/** Deployments that differ in what holds data, or in what is recorded of them. */
async function deployments(): Promise<readonly Deployed[]> {
    const all = new Map<string, Deployed>();
    const add = (some: readonly Deployed[]) => {
        for (const one of some) {
            const key = JSON.stringify([one.record, one.data.holders, [...one.data.inhabited]]);
            all.set(key, all.get(key) ?? one);
        }
    };
    let rest = settingsOf(stackJsonSchema());
    for (const [name, of] of Object.entries(BASES)) {
        const settings = { release: "keep", namespace: {}, ...SMALL, ...of };
        const base = await deployed(name, settings);
        add([base]);
        for (const [what, moved] of Object.entries(MOVES)) {
            const changed = { ...settings, ...moved };
            add(issuesOf(changed).length === 0 ? [await deployed(`${name} in ${what}`, changed)] : []);
        }
        for (const group of changesOf(rest.filter((setting) => isOf(settings, setting)))) {
            add(await variationsOf(base, settings, group, true));
        }
        rest = rest.filter((setting) => !isOf(settings, setting));
    }
    // The settings of kinds that no base has, in the first one.
    const settings = { ...SMALL, ...BASES.SQLite };
    const base = await deployed("SQLite", settings);
    for (const group of changesOf(rest)) {
        add(await variationsOf(base, settings, group, false));
    }
    return [...all.values()];
}

/** What a deployment after another one would lose without being refused: data, and objects that its pods name. */
function unrefused(before: Deployed, after: Deployed): string[] {
    const refusals = destructiveChanges(before.record, after.record, { abandon: [] }).map(({ message }) => message);
    const dangling = danglingBetween(before.names, after.names).map((id) => id.replace(/^.* /, ""));
    return [...new Set([...lossesBetween(before.data, after.data), ...dangling])]
        .filter((name) => !refusals.some((message) => message.includes(name)))
        .map((name) => `${name}, from ${before.what} to ${after.what}`);
}

describe("a change of any setting", () => {
    it("is refused where Pulumi would delete data for it, or replace what holds them", async function () {
        this.timeout(120_000);
        const all = await deployments();
        const losses = all.flatMap((before) => all.flatMap((after) => unrefused(before, after)));
        assert.deepEqual(losses.slice(0, 10), []);
        // The table is worth nothing where nothing would be lost.
        assert.ok(all.some((before) => all.some((after) => lossesBetween(before.data, after.data).length > 0)));
    });
});
