import { isAlias, parseAllDocuments } from "yaml";

import { HELM_SCHEMA } from "../preview/engineYaml";
import { valueOf } from "../preview/expanded";
import { UserError } from "../preview/userError";
import { at, type ChartValues, isRecord, type Left, list, text } from "./row";
import { isChartKey } from "./rows";

/** Values of the chart, and the version of the chart. */
export interface Source {
    readonly values: ChartValues;
    /** Version of the chart; undefined: unknown. */
    readonly chartVersion?: string;
    /** Content of the file that is not converted, and the reasons. */
    readonly left: readonly Left[];
}

/** One file, or standard input. */
export interface ValuesFile {
    /** Path on the command line. */
    readonly name: string;
    readonly text: string;
}

/**
 * Merges the values of several files as `helm --values` does: merges objects, and replaces other values, also by null,
 * which deletes the chart's default. A file may also be an Argo CD Application, a Flux HelmRelease, or values of an umbrella chart.
 * @throws UserError if a file is not valid YAML, or contains no value of the chart
 */
export function readSources(files: readonly ValuesFile[]): Source {
    const sources = files.map(readSource);
    const chartVersion = sources.findLast((source) => source.chartVersion !== undefined)?.chartVersion;
    return {
        values: sources.reduce<ChartValues>((all, { values }) => mergedValues(all, values), {}),
        ...(chartVersion === undefined ? {} : { chartVersion }),
        left: sources.flatMap(({ left }) => left),
    };
}

/** Merges later values into earlier ones, as Helm does. */
export function mergedValues(earlier: ChartValues, later: ChartValues): ChartValues {
    const merged = new Map(Object.entries(earlier));
    for (const [key, value] of Object.entries(later)) {
        const before = merged.get(key);
        merged.set(key, isRecord(value) ? mergedValues(isRecord(before) ? before : {}, value) : value);
    }
    return Object.fromEntries(merged);
}

function readSource({ name, text: content }: ValuesFile): Source {
    const documents = yamlDocuments(name, content);
    const releases = documents.filter(isRecord).flatMap((document) => releaseOf(name, document));
    const [first, ...more] = releases;
    if (more.length > 0) {
        throw new UserError(
            `${name}: contains ${releases.length} releases of the chart. Write each to a separate file.`,
        );
    }
    const [only, ...others] = documents;
    if (first === undefined && others.length > 0) {
        throw new UserError(
            `${name}: contains ${documents.length} YAML documents. Write the values of the chart to one document.`,
        );
    }
    const source = first ?? { values: plainValues(name, only), left: [] };
    const unwrapped = fromUmbrella(source);
    const keys = Object.keys(unwrapped.values);
    if (keys.length > 0 && !keys.some(isChartKey)) {
        throw new UserError(
            `${name}: contains no value of Keep's chart, only ${keys.join(", ")}. ` +
                "Use the values themselves, an Argo CD Application, a Flux HelmRelease, or an umbrella chart's values with the key keep.",
        );
    }
    return unwrapped;
}

function yamlDocuments(name: string, content: string): unknown[] {
    if (content.trim() === "") {
        throw new UserError(`${name}: is empty. For a release without values, write {}.`);
    }
    return parseAllDocuments(content, HELM_SCHEMA).map((document) => {
        if (isAlias(document.contents)) {
            throw new UserError(`${name}: is not a YAML object.`);
        }
        return valueOf(document, name);
    });
}

/** Titles that `helm get values` prints without `-o yaml`. */
const TITLES = ["USER-SUPPLIED VALUES", "COMPUTED VALUES"];

function plainValues(name: string, document: unknown): ChartValues {
    if (document !== null && document !== undefined && !isRecord(document)) {
        throw new UserError(`${name}: contains no values. Write a YAML object, as for helm --values.`);
    }
    const kind = text(document?.kind);
    if (kind !== undefined && document?.apiVersion !== undefined) {
        throw new UserError(
            `${name}: is a ${kind}. Use values of the chart, an Argo CD Application or a Flux HelmRelease.`,
        );
    }
    return Object.fromEntries(
        Object.entries(document ?? {}).filter(([key, value]) => !(TITLES.includes(key) && value === null)),
    );
}

/** The release of Keep's chart in an object of Argo CD or Flux; empty for any other object. */
function releaseOf(name: string, document: Readonly<Record<string, unknown>>): Source[] {
    const group = text(document.apiVersion)?.split("/")[0];
    if (group === "argoproj.io") {
        const spec = document.kind === "ApplicationSet" ? at(document, "spec.template.spec") : document.spec;
        const sources = [...list(at(spec, "sources")), at(spec, "source")].filter(isRecord);
        return sources.filter((source) => isRecord(source.helm) || source.chart === "keep").map(argoSource(name));
    }
    return group === "helm.toolkit.fluxcd.io" && document.kind === "HelmRelease" ? [fluxSource(document)] : [];
}

/**
 * In Argo CD, `values` overrides `valueFiles`, `valuesObject` replaces `values`, and `parameters` overrides all
 * (docs/user-guide/helm.md).
 */
function argoSource(name: string): (source: Readonly<Record<string, unknown>>) => Source {
    return ({ helm, targetRevision }) => {
        const { values, valuesObject, valueFiles, parameters, fileParameters } = isRecord(helm) ? helm : {};
        const inline = text(values) === undefined ? {} : plainValues(name, yamlDocuments(name, String(values))[0]);
        return {
            values: isRecord(valuesObject) ? valuesObject : inline,
            ...version(targetRevision),
            left: [
                ...(isRecord(valuesObject) && text(values) !== undefined
                    ? [{ value: "spec.source.helm.values", because: "Argo CD reads valuesObject instead." }]
                    : []),
                ...named(
                    "spec.source.helm.valueFiles",
                    valueFiles,
                    "Add these files to the command, before this file.",
                ),
                ...named("spec.source.helm.parameters", parameters, "Write them into the values."),
                ...named("spec.source.helm.fileParameters", fileParameters, "Write them into the values."),
            ],
        };
    };
}

function fluxSource(document: Readonly<Record<string, unknown>>): Source {
    const values = at(document, "spec.values");
    return {
        values: isRecord(values) ? values : {},
        ...version(at(document, "spec.chart.spec.version")),
        left: [
            ...named(
                "spec.valuesFrom",
                at(document, "spec.valuesFrom"),
                "Write their values to a file, and add it before this file.",
            ),
            ...named(
                "spec.chart.spec.valuesFiles",
                at(document, "spec.chart.spec.valuesFiles"),
                "Add these files to the command, before this file.",
            ),
            ...named(
                "spec.postRenderers",
                at(document, "spec.postRenderers"),
                "They change the chart's manifests, not its values.",
            ),
        ],
    };
}

/** An exact version; empty for a range. */
function version(given: unknown): Pick<Source, "chartVersion"> {
    const exact = /^v?([0-9]+\.[0-9]+\.[0-9]+)$/.exec(text(given) ?? "")?.[1];
    return exact === undefined ? {} : { chartVersion: exact };
}

function named(path: string, given: unknown, because: string): Left[] {
    const shown = list(given).map((entry) => {
        // Without the value of a parameter, which may be a secret.
        return text(isRecord(entry) ? entry.name : entry) ?? "";
    });
    return shown.length === 0 ? [] : [{ value: path, because: `${shown.join(", ")}: ${because}` }];
}

/**
 * In an umbrella chart, Keep's values are below the name of the chart. `global` applies to all charts, and overrides
 * them.
 */
function fromUmbrella(source: Source): Source {
    const { keep, global, ...others } = source.values;
    if (!isRecord(keep) || Object.keys(others).some(isChartKey)) {
        return source;
    }
    return {
        ...source,
        values: isRecord(global)
            ? { ...keep, global: mergedValues(isRecord(keep.global) ? keep.global : {}, global) }
            : keep,
        left: [
            ...source.left,
            ...Object.keys(others).map((key) => ({
                value: key,
                because: "It is a value of the umbrella chart, not of Keep's chart.",
            })),
        ],
    };
}
