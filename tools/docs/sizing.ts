import type { types } from "@pulumi/kubernetes";

import type { Engine } from "../../components/database/engine";
import { engines } from "../../components/database/engines";
import { connectionLimit, connectionRows, totalConnections } from "../../components/size/connections";
import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { type Size, sizes } from "../../components/size/sizes";
import { Keep } from "../../components/keep";
import { runProgram } from "../inProcess/runProgram";

type Deployment = types.output.apps.v1.Deployment;
type Autoscaler = types.output.autoscaling.v2.HorizontalPodAutoscaler;
type Resources = Deployment["spec"]["template"]["spec"]["containers"][number]["resources"];

/** The cells of one size, by the titles of the rows. */
type Column = Readonly<Record<string, string>>;

const TIERS = ["backend", "worker", "frontend", "websocket", "redis", "database"] as const;

/** The table in docs/sizing.md: a column for each size. */
export async function sizesTable(): Promise<string> {
    const columns: Column[] = [];
    for (const size of sizes) {
        columns.push(await column(size));
    }
    const titles = Object.keys(columns[0] ?? {});
    return [
        `| | ${sizes.map((size) => `\`${size}\``).join(" | ")} |`,
        `| --- |${" --- |".repeat(sizes.length)}`,
        ...titles.map((title) => `| ${title} | ${columns.map((cells) => cells[title] ?? "").join(" | ")} |`),
    ].join("\n");
}

async function column(size: Size): Promise<Column> {
    const { config, deployments, autoscalers } = await madeAt(size, "postgres");
    const pods = (tier: string) => {
        const { minReplicas, maxReplicas } = autoscalers.get(tier)?.spec ?? {};
        return maxReplicas === undefined
            ? String(deployments.get(tier)?.spec.replicas)
            : `${String(minReplicas)} to ${maxReplicas}`;
    };
    const { backend, database, worker } = config;
    const processes: Readonly<Record<string, number>> = { backend: backend.processes, worker: worker.processes };
    const rows = connectionRows(config);
    const limit = connectionLimit(database);
    const tiers = TIERS.flatMap((tier): [string, string][] => {
        const of = processes[tier] === undefined ? "" : ` of ${count(processes[tier], "process", "processes")}`;
        const resources = deployments.get(tier)?.spec.template.spec.containers[0]?.resources;
        return [
            [`${tier}: pods`, pods(tier) + of],
            [`${tier}: requests, limits of each`, shown(resources)],
        ];
    });
    return {
        ...Object.fromEntries(tiers),
        ...serverRows(size),
        "pool of a process": "pool" in database ? `${database.pool.size} + ${database.pool.maxOverflow}` : "",
        "connections at most": `${rows.map(({ pods, perPod }) => pods * perPod).join(" + ")} = ${totalConnections(rows)}`,
        "of PostgreSQL's": `${String(limit?.max)} − ${String(limit?.reserved)}`,
    };
}

function count(number: number, one: string, more: string): string {
    return `${number} ${number === 1 ? one : more}`;
}

async function madeAt(size: Size, database: string) {
    const { result, resources } = await runProgram(
        () => {
            const source = loadConfig();
            new Keep("keep", source);
            return resolve(source);
        },
        {
            config: {
                "keep:publicUrl": "http://keep.localhost",
                "keep:size": size,
                "keep:database": JSON.stringify({ kind: database }),
                "keep:redis": '{"kind":"bundled"}',
            },
        },
    );
    const byTier = <T>(kind: string) =>
        new Map(
            resources
                .filter(({ type }) => type.endsWith(`:${kind}`))
                .map(({ physicalName, inputs }) => [physicalName?.replace("keep-", "") ?? "", inputs as T]),
        );
    return {
        config: result,
        deployments: byTier<Deployment>("Deployment"),
        autoscalers: byTier<Autoscaler>("HorizontalPodAutoscaler"),
    };
}

/** The parameters of each database engine, if the size sets any. */
function serverRows(size: Size): Column {
    const rows = Object.values(engines).map(({ title, presets }: Engine) => [
        title,
        Object.entries(presets[size].settings ?? {})
            .map(([name, value]) => `\`${name}=${value}\``)
            .join(" "),
    ]);
    return Object.fromEntries(rows.filter(([, parameters]) => parameters !== "")) as Column;
}

function shown(resources: Resources | undefined): string {
    return [resources?.requests, resources?.limits]
        .map((amounts) => `${amounts?.cpu ?? ""} CPU ${amounts?.memory ?? ""}`)
        .join(", ");
}
