import { isAlias, parseAllDocuments } from "yaml";

import { valueOf } from "../preview/expanded";
import { UserError } from "../preview/userError";
import { at, type ChartValues, isRecord, type Left, list, text } from "./row";
import { isChartKey } from "./rows";

/** Values of the chart as somebody wrote them, and what is known of the release that they are for. */
export interface Source {
    readonly values: ChartValues;
    /** Version of the chart; undefined where nothing names it. */
    readonly chartVersion?: string;
    /** What the file holds beside values, and why it is not carried over. */
    readonly left: readonly Left[];
}

/** One file, or standard input. */
export interface ValuesFile {
    /** As the user named it. */
    readonly name: string;
    readonly text: string;
}

/**
 * The values of several files, merged as helm merges `--values`: objects by key, anything else replaced, null removes a key.
 * A file may also be an Argo CD Application, a Flux HelmRelease, or values of an umbrella chart.
 * @throws UserError when a file cannot be read as YAML, or holds values and none of the chart's.
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

/** Later values on top of earlier ones, as helm does it. */
export function mergedValues(earlier: ChartValues, later: ChartValues): ChartValues {
    const merged = new Map(Object.entries(earlier));
    for (const [key, value] of Object.entries(later)) {
        const before = merged.get(key);
        if (value === null) {
            merged.delete(key);
        } else {
            merged.set(key, isRecord(value) ? mergedValues(isRecord(before) ? before : {}, value) : value);
        }
    }
    return Object.fromEntries(merged);
}

function readSource({ name, text: content }: ValuesFile): Source {
    const documents = yamlDocuments(name, content);
    const releases = documents.filter(isRecord).flatMap((document) => releaseOf(name, document));
    const [first, ...more] = releases;
    if (more.length > 0) {
        throw new UserError(`${name}: holds ${releases.length} releases of the chart. Give each a file of its own.`);
    }
    const [only, ...others] = documents;
    if (first === undefined && others.length > 0) {
        throw new UserError(`${name}: holds ${documents.length} YAML documents. Values of a chart are one document.`);
    }
    const source = first ?? { values: plainValues(name, only), left: [] };
    const unwrapped = fromUmbrella(source);
    const keys = Object.keys(unwrapped.values);
    if (keys.length > 0 && !keys.some(isChartKey)) {
        throw new UserError(
            `${name}: none of its keys is one of Keep's chart: ${keys.join(", ")}. ` +
                "Give the values themselves, an Argo CD Application, a Flux HelmRelease, or an umbrella chart's values with the key keep.",
        );
    }
    return unwrapped;
}

function yamlDocuments(name: string, content: string): unknown[] {
    if (content.trim() === "") {
        throw new UserError(`${name}: is empty. Write {} for a release without values of its own.`);
    }
    return parseAllDocuments(content).map((document) => {
        if (isAlias(document.contents)) {
            throw new UserError(`${name}: is not a YAML object.`);
        }
        return valueOf(document, name);
    });
}

/** `helm get values` without `-o yaml` begins with a title. */
const TITLES = ["USER-SUPPLIED VALUES", "COMPUTED VALUES"];

function plainValues(name: string, document: unknown): ChartValues {
    if (document !== null && document !== undefined && !isRecord(document)) {
        throw new UserError(`${name}: holds no values. Write a YAML object, as helm takes it with --values.`);
    }
    const kind = text(document?.kind);
    if (kind !== undefined && document?.apiVersion !== undefined) {
        throw new UserError(
            `${name}: is a ${kind}. Give values of the chart, an Argo CD Application or a Flux HelmRelease.`,
        );
    }
    return Object.fromEntries(
        Object.entries(document ?? {}).filter(([key, value]) => !(TITLES.includes(key) && value === null)),
    );
}

/** The release of Keep's chart that an object of Argo CD or Flux describes; none for any other object. */
function releaseOf(name: string, document: Readonly<Record<string, unknown>>): Source[] {
    const group = text(document.apiVersion)?.split("/")[0];
    if (group === "argoproj.io") {
        const spec = document.kind === "ApplicationSet" ? at(document, "spec.template.spec") : document.spec;
        const sources = [...list(at(spec, "sources")), at(spec, "source")].filter(isRecord);
        return sources.filter((source) => isRecord(source.helm) || source.chart === "keep").map(argoSource(name));
    }
    return group === "helm.toolkit.fluxcd.io" && document.kind === "HelmRelease" ? [fluxSource(document)] : [];
}

/** Argo CD puts values over valueFiles, valuesObject over values, and parameters over all (docs/user-guide/helm.md). */
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
                ...named("spec.source.helm.valueFiles", valueFiles, "Give these files before this one."),
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
            ...named("spec.valuesFrom", at(document, "spec.valuesFrom"), "Give what they hold as a file before this."),
            ...named("spec.chart.spec.valuesFiles", at(document, "spec.chart.spec.valuesFiles"), "Give them first."),
            ...named("spec.postRenderers", at(document, "spec.postRenderers"), "They change the chart's manifests."),
        ],
    };
}

/** A version, and no range of versions. */
function version(given: unknown): Pick<Source, "chartVersion"> {
    const exact = /^v?([0-9]+\.[0-9]+\.[0-9]+)$/.exec(text(given) ?? "")?.[1];
    return exact === undefined ? {} : { chartVersion: exact };
}

function named(path: string, given: unknown, because: string): Left[] {
    const shown = list(given).map((entry) => {
        const name = isRecord(entry) ? (text(entry.name) ?? "") : String(entry);
        return isRecord(entry) && entry.value !== undefined ? `${name}=${JSON.stringify(entry.value)}` : name;
    });
    return shown.length === 0 ? [] : [{ value: path, because: `${shown.join(", ")}: ${because}` }];
}

/** An umbrella chart has the values of Keep's below the name of the chart; `global` is for all charts, and wins there. */
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
            ...Object.keys(others).map((key) => ({ value: key, because: "A value of the umbrella, not of Keep." })),
        ],
    };
}
