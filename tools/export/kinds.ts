import * as z from "zod";

import { type Kind, kindOf } from "../../components/provision/kinds";
import { presetFile } from "../../components/provision/presetShapes";
import { parseKeepYaml, stringify } from "../../components/provision/yaml";
import type { Files } from "../output/files";
import type { Api } from "./api";
import { withPresetNames } from "./dashboards";

/** An exported object: its unique name in Keep, and the content of its file. */
interface Exported {
    readonly name: string;
    readonly content: object;
}

/** An object as Keep's API returns it. */
type Row = Readonly<Record<string, unknown>>;

/** Maximum number of workflows in one answer (keep/api/models/query.py). */
const PAGE = 1000;

const row = z.looseObject({});
const rows = z.array(row);
const workflows = z.object({
    count: z.number(),
    results: z.array(z.object({ name: z.string(), workflow_raw: z.string(), disabled: z.boolean() })),
});
const mappings = z.array(z.object({ id: z.number() }));
const windows = z.array(z.looseObject({ start_time: z.string() }));
const presets = z.array(
    z.looseObject({
        id: z.string(),
        name: z.string(),
        is_private: z.boolean().nullish(),
        static: z.boolean().nullish(),
        tags: z.array(z.object({ name: z.string() })),
    }),
);
const deduplications = z.array(
    z.looseObject({
        default: z.boolean(),
        is_provisioned: z.boolean().nullish(),
        provider_id: z.string().nullish(),
        provider_type: z.string(),
    }),
);
const providers = z.object({
    installed_providers: z.array(z.object({ id: z.string(), details: z.object({ name: z.string() }) })),
});

/** Functions that read all objects of a kind. Their fields include those of the kind's files. */
const READERS: Readonly<Record<Exclude<Kind, "workflows">, (api: Api) => Promise<readonly Row[]>>> = {
    mappings: readMappings,
    dashboards: readDashboards,
    extractions: async (api) => rows.parse(await api("/extraction")),
    correlations: async (api) => rows.parse(await api("/rules")),
    deduplications: readDeduplications,
    // Keep returns UTC without a zone and with fractions of a second; files have a zone and whole seconds.
    maintenance: async (api) =>
        windows
            .parse(await api("/maintenance"))
            .map((window) => ({ ...window, start_time: `${window.start_time.slice(0, 19)}Z` })),
    presets: readPresets,
};

/** All objects of a kind, without those that Keep itself creates. */
export async function read(kind: Kind, api: Api): Promise<readonly Exported[]> {
    if (kind === "workflows") {
        return readWorkflows(api);
    }
    const { fields, nameOf } = kindOf(kind);
    return (await READERS[kind](api)).map((found) => ({ name: nameOf(found), content: pick(found, fields) }));
}

/**
 * The files of a kind, sorted by the names of their objects. If two names result in the same file name, the second gets
 * a number.
 */
export function filesOf(kind: Kind, things: readonly Exported[]): Files {
    const { extension } = kindOf(kind);
    const files = new Map<string, string>();
    for (const { name, content } of [...things].sort((a, b) => compare(sortKey(a), sortKey(b)))) {
        const base =
            name
                // A ConfigMap's keys are ASCII: "Équipes" becomes "equipes".
                .normalize("NFKD")
                .replace(/\p{M}/gu, "")
                .toLowerCase()
                .replace(/[^a-z0-9]+/g, "-")
                .replace(/^-|-$/g, "")
                .slice(0, 60) || "unnamed";
        let file = `${base}.${extension}`;
        for (let number = 2; files.has(file); number++) {
            file = `${base}-${number}.${extension}`;
        }
        files.set(file, extension === "json" ? `${JSON.stringify(content, null, 4)}\n` : stringify(content));
    }
    return files;
}

async function readWorkflows(api: Api): Promise<Exported[]> {
    const found: Exported[] = [];
    for (let offset = 0, count = 1; offset < count; offset += PAGE) {
        const page = workflows.parse(
            await api("/workflows/query", { limit: PAGE, offset, sort_by: "name", sort_dir: "asc" }),
        );
        found.push(...page.results.map(workflowOf));
        ({ count } = page);
    }
    return found;
}

/** Reads each mapping, because Keep's list of mappings has no rows. */
async function readMappings(api: Api): Promise<Row[]> {
    const found: Row[] = [];
    for (const { id } of mappings.parse(await api("/mapping"))) {
        found.push(row.parse(await api(`/mapping/${id}`)));
    }
    return found;
}

/**
 * Without Keep's default rules and those of `keep:providers`. The ids of connected providers differ between installations, so files
 * have their names.
 */
async function readDeduplications(api: Api): Promise<Row[]> {
    const found = deduplications
        .parse(await api("/deduplications"))
        .filter((rule) => !rule.default && rule.is_provisioned !== true);
    if (found.length === 0) {
        return [];
    }
    const { installed_providers: installed } = providers.parse(await api("/providers"));
    const names = new Map(installed.map(({ id, details }) => [id, details.name]));
    return found.map((rule) => {
        const provider = names.get(rule.provider_id ?? "");
        return provider === undefined ? rule : { ...rule, provider, provider_type: undefined, provider_id: undefined };
    });
}

async function readDashboards(api: Api): Promise<Row[]> {
    const found = rows.parse(await api("/dashboard"));
    const names = new Map(presets.parse(await api("/preset")).map(({ id, name }) => [id, name]));
    return found.map((row) => ({ ...row, dashboard_config: withPresetNames(row.dashboard_config, names) }));
}

/** Without Keep's own preset of all alerts, and without private presets, which only their owners see. */
async function readPresets(api: Api): Promise<Row[]> {
    return presets
        .parse(await api("/preset"))
        .filter((preset) => preset.static !== true && preset.is_private !== true)
        .map(({ tags, ...preset }) => {
            const options = presetFile.shape.options.safeParse(preset.options);
            return {
                ...preset,
                ...(options.success ? { options: options.data } : {}),
                tags: tags.map(({ name }) => name).sort(compare),
            };
        });
}

/**
 * The file of a workflow. The switch in Keep's user interface changes the column `disabled`, not the text
 * (keep/api/routes/workflows.py, toggle_workflow_state). The text of a provisioned workflow may lack the top-level key.
 */
function workflowOf({ name, workflow_raw: raw, disabled }: z.infer<typeof workflows>["results"][number]): Exported {
    const text = row.parse(parseKeepYaml(raw));
    const workflow = row.parse(text.workflow ?? text.alert ?? text);
    const id = workflow.id === undefined ? { id: name } : {};
    const content = { ...id, ...workflow, disabled: disabled ? true : undefined };
    return { name, content: { workflow: content } };
}

/** The given fields in their order, without those that are not set. */
function pick(from: Readonly<Record<string, unknown>>, fields: readonly string[]): object {
    return Object.fromEntries(
        fields.flatMap((field) =>
            from[field] === undefined || from[field] === null ? [] : [[field, sorted(from[field])]],
        ),
    );
}

/** Sorts the keys of nested objects, because MySQL reorders the keys in JSON columns. */
function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .sort(([a], [b]) => compare(a, b))
            .map(([key, inner]) => [key, sorted(inner)]),
    );
}

/** Includes the content, so that two objects with the same name get the same file names in every export. */
function sortKey({ name, content }: Exported): string {
    return JSON.stringify([name, content]);
}

/** Compares code units: unlike localeCompare, independent of the machine's locale. */
function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}
