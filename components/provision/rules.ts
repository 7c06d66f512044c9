import { load, YAMLException } from "js-yaml";
import type * as z from "zod";
import type { ProvisionConfig } from "./settings";
import { dashboardList, filesOf, isDirectory, type Provisioned } from "./files";
import { dashboardFile, mappingFile, workflowFile } from "./shapes";
import type { Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";

/** How the files of one kind are read, and by which name Keep tells one from another. */
interface Kind {
    readonly parse: (text: string) => unknown;
    readonly shape: z.ZodType;
    readonly nameOf: (file: Record<string, unknown>) => unknown;
}

const KINDS: Readonly<Record<Provisioned, Kind>> = {
    workflows: {
        parse: (text) => load(text),
        shape: workflowFile,
        nameOf: ({ workflow }) => {
            const { name, id } = workflow as { name?: unknown; id?: unknown };
            return name ?? id;
        },
    },
    mappings: { parse: (text) => load(text), shape: mappingFile, nameOf: ({ name }) => name },
    dashboards: {
        parse: (text): unknown => JSON.parse(text),
        shape: dashboardFile,
        nameOf: ({ dashboard_name: name }) => name,
    },
};

/** Files that are read, as messages name them. */
const FILES: Readonly<Record<Provisioned, string>> = {
    workflows: ".yaml or .yml",
    mappings: ".yaml or .yml",
    dashboards: ".json",
};

/** Bytes that a ConfigMap may hold (https://kubernetes.io/docs/concepts/configuration/configmap/). */
const CONFIG_MAP_LIMIT = 1024 * 1024;
/** Bytes that Linux takes as one variable of an environment (MAX_ARG_STRLEN), which is how Keep takes dashboards. */
const VARIABLE_LIMIT = 128 * 1024 - 1024;

/** The files of `keep:provision`: Keep itself only logs a file that it cannot read, and goes on without it. */
export const provisionRules: readonly Rule<{ readonly provision: ProvisionConfig }>[] = [
    ({ provision }) =>
        (["workflows", "mappings", "dashboards"] as const).flatMap((kind) => problemsIn(kind, provision)),
];

function problemsIn(kind: Provisioned, provision: ProvisionConfig): Issue[] {
    const directory = provision[kind];
    const path = ["provision", kind];
    if (directory === undefined) {
        return [];
    }
    if (!isDirectory(directory)) {
        return [
            issue(path, "does not exist or is not a directory. Create it, or remove the setting", { value: directory }),
        ];
    }
    const files = filesOf(kind, directory);
    if (Object.keys(files).length === 0) {
        return [issue(path, `has no ${FILES[kind]} file. Add one, or remove the setting`, { value: directory })];
    }
    const texts = Object.values(files);
    const size = Buffer.byteLength(kind === "dashboards" ? dashboardList(texts) : texts.join(""));
    const limit = kind === "dashboards" ? VARIABLE_LIMIT : CONFIG_MAP_LIMIT;
    const names = new Map<unknown, string>();
    return [
        ...(size > limit
            ? [
                  issue(
                      path,
                      `holds ${Math.ceil(size / 1024)} KiB, and no more than ${Math.floor(limit / 1024)} reach Keep. Take some files out`,
                      { value: directory },
                  ),
              ]
            : []),
        ...Object.entries(files).flatMap(([file, text]) =>
            problemsOfFile(KINDS[kind], text, `${directory}/${file}`, names).map((problem) => ({ path, ...problem })),
        ),
    ];
}

function problemsOfFile(
    { parse, shape, nameOf }: Kind,
    text: string,
    path: string,
    names: Map<unknown, string>,
): Omit<Issue, "path">[] {
    let content: unknown;
    try {
        content = parse(text);
    } catch (error) {
        const { line, reason } = syntaxError(error, text);
        return [{ value: `${path}:${line}`, message: `cannot be read: ${reason}. Mend it` }];
    }
    const result = shape.safeParse(content);
    if (!result.success) {
        return result.error.issues.map((issue) => ({ value: path, message: shapeFault(issue) }));
    }
    const name = nameOf(result.data as Record<string, unknown>);
    const other = names.get(name);
    names.set(name, path);
    return other === undefined
        ? []
        : [
              {
                  value: path,
                  message: `has the same name as ${other} (${String(name)}), and would overwrite it. Rename one`,
              },
          ];
}

function shapeFault(issue: z.core.$ZodIssue): string {
    const [first] = issue.code === "invalid_union" ? issue.errors.flat().filter(({ path }) => path.length > 0) : [];
    const inner = first === undefined ? issue : { ...first, path: [...issue.path, ...first.path] };
    const where = inner.path.map(String).join(".");
    return where === "" ? `${inner.message}. Mend it` : `is not as Keep reads it: ${where} ${inner.message}. Mend it`;
}

/** Line and reason of what a parser complains of. */
function syntaxError(error: unknown, text: string): { readonly line: number; readonly reason: string } {
    if (error instanceof YAMLException) {
        const { mark, reason } = error as { mark?: { line: number }; reason: string };
        return { line: (mark?.line ?? 0) + 1, reason };
    }
    const message = error instanceof Error ? error.message : String(error);
    const [, position = String(text.length)] = /at position (\d+)/.exec(message) ?? [];
    // What follows the comma quotes the file, or tells the position again.
    const [reason = message] = message.replace(/ in JSON at position.*$/s, "").split(/, (?:"|\.\.\.)| \(line/);
    return { line: text.slice(0, Number(position)).split("\n").length, reason };
}
