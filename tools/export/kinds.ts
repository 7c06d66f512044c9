import { dump, load } from "js-yaml";
import * as z from "zod";

import type { Provisioned } from "../../components/provision/files";
import type { Files } from "../output/files";
import type { Api } from "./api";

/** What is exported. */
export type Kind = Provisioned;

/** One thing of a kind: the name by which Keep tells one from another, and the content of its file. */
interface Exported {
    readonly name: string;
    readonly content: object;
}

/** How a kind is read from Keep's API. */
interface Reader {
    readonly read: (api: Api) => Promise<readonly Exported[]>;
}

/** Workflows that Keep answers at once (keep/api/models/query.py). */
const PAGE = 1000;

const workflows = z.object({
    count: z.number(),
    results: z.array(z.object({ name: z.string(), workflow_raw: z.string(), disabled: z.boolean() })),
});
const looseObject = z.looseObject({});
const mapping = z.looseObject({ id: z.number(), name: z.string() });
const dashboard = z.object({ dashboard_name: z.string(), dashboard_config: looseObject });

/** Fields of a mapping that a file gives (keep/api/models/db/mapping.py, MappRuleDtoBase); all others are Keep's own. */
const MAPPING_FIELDS = [
    ...[
        "name",
        "description",
        "file_name",
        "priority",
        "type",
        "is_multi_level",
        "new_property_name",
        "prefix_to_remove",
    ],
    ...["matchers", "rows"],
];

/** What `npm run export` writes, each as its kind of `keep:provision` reads it. */
export const KINDS: Readonly<Record<Kind, Reader>> = {
    workflows: { read: readWorkflows },
    mappings: { read: readMappings },
    dashboards: { read: readDashboards },
};

/** Files by name, in the order of what they hold; two things whose names give one file name get a number. */
export function filesOf(kind: Kind, things: readonly Exported[]): Files {
    const extension = kind === "dashboards" ? "json" : "yaml";
    const files = new Map<string, string>();
    for (const { name, content } of [...things].sort((a, b) => compare(sortKey(a), sortKey(b)))) {
        const base =
            name
                .toLowerCase()
                .replace(/[^\p{L}\p{N}]+/gu, "-")
                .replace(/^-|-$/g, "")
                .slice(0, 60) || "unnamed";
        let file = `${base}.${extension}`;
        for (let number = 2; files.has(file); number++) {
            file = `${base}-${number}.${extension}`;
        }
        files.set(file, extension === "json" ? `${JSON.stringify(content, null, 4)}\n` : toYaml(content));
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

/** Keep's list leaves the rows of a mapping out. */
async function readMappings(api: Api): Promise<Exported[]> {
    const list = z.array(mapping).parse(await api("/mapping"));
    const found: Exported[] = [];
    for (const { id, name } of list) {
        const whole = mapping.parse(await api(`/mapping/${id}`));
        found.push({ name, content: pick(whole, MAPPING_FIELDS) });
    }
    return found;
}

async function readDashboards(api: Api): Promise<Exported[]> {
    return z
        .array(dashboard)
        .parse(await api("/dashboard"))
        .map(({ dashboard_name: name, dashboard_config: config }) => ({
            name,
            content: { dashboard_name: name, dashboard_config: sorted(config) },
        }));
}

/**
 * A workflow as its file: the switch in Keep's user interface changes the column alone, not the text (keep/api/routes/workflows.py,
 * toggle_workflow_state), and a text that is provisioned may have its top-level key or none.
 */
function workflowOf({ name, workflow_raw: raw, disabled }: z.infer<typeof workflows>["results"][number]): Exported {
    const text = looseObject.parse(load(raw));
    const workflow = looseObject.parse(text.workflow ?? text.alert ?? text);
    const id = workflow.id === undefined ? { id: name } : {};
    const content = { ...id, ...workflow, disabled: disabled ? true : undefined };
    return { name, content: { workflow: content } };
}

/** Fields in the order of the list, without those that are not set. */
function pick(from: Readonly<Record<string, unknown>>, fields: readonly string[]): object {
    return Object.fromEntries(
        fields.flatMap((field) =>
            from[field] === undefined || from[field] === null ? [] : [[field, sorted(from[field])]],
        ),
    );
}

/** Keys in one order: MySQL keeps the keys of a JSON column in an order of its own. */
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

/** Two things of one name have their content beside it, so that the files of both keep their names. */
function sortKey({ name, content }: Exported): string {
    return JSON.stringify([name, content]);
}

/** Compares by code units, which is the same on every machine. */
function compare(a: string, b: string): number {
    return a < b ? -1 : Number(a > b);
}

/** Leaves out what is undefined. js-yaml quotes text that YAML 1.1, which Keep reads, takes for something else. */
function toYaml(content: object): string {
    return dump(content, { lineWidth: -1, noRefs: true, skipInvalid: true });
}
