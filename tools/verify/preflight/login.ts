import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

import { makesDumps } from "../../../components/backup/settings";
import type { EngineName } from "../../../components/database/engines";
import { postgresMajor } from "../../../components/fields/images";
import { connectionRows, totalConnections } from "../../../components/size/connections";
import { isRecord } from "../../inProcess/secrets";
import type { Manifest } from "../../preview/manifests";
import type { Check, ClusterObject } from "./cluster";
import { LEAST_VERSIONS } from "./database";
import { podsOf, type Template } from "./namespace";
import { statusOf, unscheduled } from "./shortPod";

/** The output of login.py. */
const loginReport = z.union([
    z.object({ error: z.string() }),
    z.object({ version: z.string(), limit: z.number(), others: z.number(), migrates: z.boolean() }),
]);

/** Why a server would not let Keep's migrations create the tables, and the fix. */
const NO_MIGRATION: Readonly<Record<EngineName, string>> = {
    postgres:
        "the user may not create and change tables in its schema. Grant it the rights that docs/database.md shows",
    mysql: "sql_require_primary_key or sql_generate_invisible_primary_key is on, with which a migration of Keep fails. Turn both off",
    sqlserver: "the user may not create tables",
};

/**
 * Logs in to an external database from a pod with Keep's image and the address, password and certificates of the setup
 * Job. Checks the version of the server, and that it has enough connections for the stack and lets Keep create its tables.
 */
export const loginFindings: Check = async ({ cluster, release: { namespace }, config, manifests, pods }) => {
    const setup = podsOf(manifests).find(({ owner }) => owner.kind === "Job" && owner.name.endsWith("-setup"));
    if (config.database.kind !== "external" || setup === undefined) {
        return { passed: "the stack creates its database" };
    }
    if (pods === undefined) {
        return { passed: "", skipped: "only a pod can log in from the cluster (--pods)" };
    }
    const status = await statusOf(cluster, pods, {
        name: "keep-preflight-login",
        namespace,
        ...loginPod(setup.template, pods.manifests),
        isAnswer: ({ containerStatuses: [login], initContainerStatuses }) =>
            login?.state.terminated !== undefined ||
            initContainerStatuses.some(({ state }) => (state.terminated?.exitCode ?? 0) !== 0),
    });
    const state = status.containerStatuses[0]?.state;
    const next = `kubectl -n ${namespace} get events`;
    const fails = (problem: string) => ({ passed: "", failed: [{ problem, next }] });
    const report = loginReport.safeParse(parsed(state?.terminated?.message));
    if (!report.success) {
        const failed = unscheduled(status, namespace);
        return failed.length > 0
            ? { passed: "", failed }
            : fails(`the pod that logs in has no result after ${pods.timeout} s: ${state?.waiting?.message ?? ""}`);
    }
    if ("error" in report.data) {
        return fails(`the cluster cannot log in: ${report.data.error}`);
    }
    const { version, limit, others, migrates } = report.data;
    const least = LEAST_VERSIONS[config.database.engine];
    if (Number.parseInt(version, 10) < least) {
        return fails(`the server has version ${version}, and Keep needs ${least} or later`);
    }
    if (!migrates) {
        return fails(NO_MIGRATION[config.database.engine]);
    }
    const client = postgresMajor(config.images.postgres);
    if (config.database.engine === "postgres" && makesDumps(config.backup) && client !== undefined) {
        const server = Number.parseInt(version, 10);
        if (server > client) {
            return fails(
                `the server has version ${version}, which pg_dump ${client} does not dump. Set keep:images.postgres to postgres:${server}`,
            );
        }
    }
    const needed = totalConnections(connectionRows(config));
    const free = limit - others;
    return needed > free
        ? fails(
              `of ${limit} connections, other clients use ${others}, and the stack opens up to ${needed}. ` +
                  "Raise the limit of the server, or lower keep:database.pool (docs/sizing.md)",
          )
        : { passed: `version ${version}, ${free} free connections for the ${needed} that the stack may open` };
};

/** Kinds of objects with environment variables or files of pods. */
const HOLDERS = ["Secret", "ConfigMap"];

/** Fields of a pod that refer to these kinds. */
const REFERENCES = /^(secretKeyRef|configMapKeyRef|secretRef|configMapRef|secret|configMap)$/;

/**
 * The pod of the setup Job with another program, and copies of the Secrets and ConfigMaps that the stack would create
 * for it.
 */
function loginPod(template: Template, manifests: readonly Manifest[]): { template: Template; needs: ClusterObject[] } {
    const [setup] = Array.isArray(template.spec.containers) ? template.spec.containers.filter(isRecord) : [];
    const env = Array.isArray(setup?.env) ? setup.env.filter(isRecord) : [];
    const login = {
        ...setup,
        name: "login",
        command: ["python", "-c", readFileSync(join(__dirname, "login.py"), "utf8")],
        // The program does not need the other Secrets of Keep's environment.
        env: env.filter(({ name, valueFrom }) => valueFrom === undefined || String(name).startsWith("DATABASE_")),
    };
    const holders = new Map(manifests.flatMap((one) => (HOLDERS.includes(one.kind) ? [[one.name, one.content]] : [])));
    const suffix = randomBytes(3).toString("hex");
    const needs: ClusterObject[] = [];
    const copied = (name: unknown) => {
        const content = typeof name === "string" ? holders.get(name) : undefined;
        if (content === undefined) {
            return name;
        }
        const copy = `${String(name)}-${suffix}`;
        if (!needs.some(({ metadata }) => metadata?.name === copy)) {
            needs.push({ ...content, metadata: { name: copy } });
        }
        return copy;
    };
    const renamed = (value: unknown, field: string): unknown => {
        if (Array.isArray(value)) {
            return value.map((item) => renamed(item, field));
        }
        if (!isRecord(value)) {
            return value;
        }
        const isReference = REFERENCES.test(field);
        return Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [
                key,
                isReference && (key === "name" || key === "secretName") ? copied(inner) : renamed(inner, key),
            ]),
        );
    };
    const spec = renamed({ ...template.spec, containers: [login] }, "") as Template["spec"];
    return { template: { ...template, spec }, needs };
}

function parsed(text: string | undefined): unknown {
    try {
        return JSON.parse(text ?? "");
    } catch {
        return undefined;
    }
}
