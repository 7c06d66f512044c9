import * as z from "zod";

import { presetFile } from "./presetShapes";
import { correlationFile, deduplicationFile, extractionFile, maintenanceFile } from "./ruleShapes";
import { dashboardFile, mappingFile } from "./shapes";
import { workflowFile } from "./workflowShapes";

/** What a file contains, once its shape is valid. */
type Content = Readonly<Record<string, unknown>>;

/** A kind of content of Keep that files describe, one file for each thing. */
interface ContentKind {
    /** What a file describes, in the plural. */
    readonly what: string;
    /** Extension of its files; `.yml` counts as `.yaml`. */
    readonly extension: "yaml" | "json";
    readonly shape: z.ZodType<object>;
    /** Name by which Keep tells one from another. */
    readonly nameOf: (content: Content) => string;
    /** Provider of a rule of which Keep applies only one for each provider. */
    readonly providerOf?: (content: Content) => string;
    /** Texts without a length in Keep's models. Their columns have one in some databases. */
    readonly unlimitedTexts: (content: Content) => Readonly<Record<string, unknown>>;
    /** Whether Keep stores the whole file as one text. */
    readonly storesFile?: boolean;
    /** Fields of a file in their order. What else Keep's API returns is not content, such as IDs and times. */
    readonly fields: readonly string[];
    /** Variable with the directory of the files, which Keep reads itself. Without it, apply.py applies them. */
    readonly variable?: string;
}

/** A kind whose files have the fields of one object. */
function flat(what: string, shape: z.ZodObject, unlimited: readonly string[] = [], name = "name"): ContentKind {
    return {
        what,
        extension: "yaml",
        shape,
        nameOf: (content) => String(content[name]),
        unlimitedTexts: (content) => Object.fromEntries(unlimited.map((field) => [field, content[field]])),
        fields: Object.keys(shape.shape),
    };
}

/** All kinds by their key in `keep:provision`, which is also the name of their folder. */
export const KINDS = {
    workflows: {
        what: "workflows",
        extension: "yaml",
        shape: workflowFile,
        nameOf: ({ workflow }) => {
            const { name, id } = workflow as Content;
            return String(name ?? id);
        },
        unlimitedTexts: ({ workflow }) => ({ "workflow.description": (workflow as Content).description }),
        storesFile: true,
        fields: ["workflow"],
        variable: "KEEP_WORKFLOWS_DIRECTORY",
    },
    mappings: { ...flat("mapping rules", mappingFile), variable: "KEEP_MAPPINGS_DIRECTORY" },
    dashboards: { ...flat("dashboards", dashboardFile, [], "dashboard_name"), extension: "json" },
    extractions: flat("extraction rules", extractionFile),
    correlations: flat("correlation rules", correlationFile, [
        "definition_cel",
        "group_description",
        "incident_name_template",
    ]),
    deduplications: {
        ...flat("deduplication rules", deduplicationFile, ["description"]),
        providerOf: ({ provider, provider_type, provider_id }) =>
            Object.entries({ provider, provider_type, provider_id })
                .flatMap(([field, value]) => (typeof value === "string" ? [`${field} ${value}`] : []))
                .join(", "),
    },
    maintenance: flat("maintenance windows", maintenanceFile, ["cel_query", "description"]),
    presets: flat("presets of the alert feed", presetFile),
} satisfies Readonly<Record<string, ContentKind>>;

/** Key of a kind. */
export type Kind = keyof typeof KINDS;

/** Keys of all kinds, in the order of the documentation. */
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** A kind, with what only some of them have. */
export function kindOf(kind: Kind): ContentKind {
    return KINDS[kind];
}
