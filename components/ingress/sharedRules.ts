import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { entryOf, OFF } from "./accessTable";
import { isReadFromServices, readingKind, readName } from "./annotationReaders";
import { servedBy } from "./hostRules";
import { kinds } from "./kinds";
import { TIERS, type TierName } from "./paths";
import { type ExposedConfig, exposedIngresses, type ExtraIngressConfig, type IngressConfig } from "./settings";

interface Settings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}

/** Conditions on annotations of one ingress that also decide about another: by a common host, or a common Service. */
export const sharedRules: readonly Rule<Settings>[] = [
    (settings) =>
        others(servedBy(settings)).flatMap(([one, other]) => {
            const host = one.hosts.find((own) => other.hosts.some((their) => their.host === own.host))?.host;
            return host === undefined
                ? []
                : Object.entries(one.ingress.annotations)
                      .filter(([name, value]) => decidesAboutHost(one.ingress, name) && !OFF.test(value))
                      .filter(([name]) => readingKind(other.ingress.kind, name) !== undefined)
                      .map(
                          ([name, value]) =>
                              valueOf(other.ingress, name) !== value &&
                              issue(
                                  [...one.at.split("."), "annotations", name],
                                  `is not the same in keep:${other.at}.annotations. If one controller reads both, it may check nobody at ${host}. Set the same value in both`,
                                  { value },
                              ),
                      );
        }),
    (settings) => {
        return others(exposedIngresses(settings)).flatMap(([one, other]) =>
            kinds[one.config.kind].tierAnnotationsOnServices === true
                ? TIERS.filter((tier) => one.tiers.includes(tier) && other.tiers.includes(tier)).flatMap((tier) =>
                      sharedServiceIssues(one, other, tier),
                  )
                : [],
        );
    },
];

/** An ingress and its key. */
interface Placed {
    readonly path: string;
    readonly config: ExposedConfig;
}

/**
 * Issues of annotations that an ingress writes to the Service of a tier, where they take precedence over those of
 * another ingress (MergeStringMap in pkg/ingress/enhanced_backend_builder.go of AWS's controller).
 */
function sharedServiceIssues({ path, config }: Placed, other: Placed, tier: TierName): (Issue | false)[] {
    return Object.entries(config.tierAnnotations[tier]).map(([name, value]) => {
        const given = valueOf(other.config, name, tier);
        const isAccess = decidesAboutAccess(config, name) && !OFF.test(value);
        return (
            isReadFromServices(other.config.kind, name) &&
            (given === undefined ? isAccess : given !== value) &&
            issue(
                [...path.split("."), "tierAnnotations", tier, name],
                `is written to the Service, where it also applies to keep:${other.path}, which ${given === undefined ? "does not set it" : "has another value"}. Set the same value in both, or move it to keep:${path}.annotations`,
                { value },
            )
        );
    });
}

function entryFor({ kind }: ExposedConfig, name: string) {
    const reader = readingKind(kind, name);
    return reader && entryOf(kinds[reader].access ?? {}, readName(reader, name));
}

function decidesAboutAccess(config: ExposedConfig, name: string): boolean {
    return entryFor(config, name) !== undefined;
}

function decidesAboutHost(config: ExposedConfig, name: string): boolean {
    return entryFor(config, name)?.scope === "host";
}

/** The value of an annotation in an ingress, as its controller reads the name. */
function valueOf(config: ExposedConfig, name: string, tier?: TierName): string | undefined {
    const { annotations, kind, tierAnnotations } = config;
    const reader = readingKind(kind, name) ?? kind;
    return [tier && tierAnnotations[tier], annotations]
        .flatMap((values) => Object.entries(values ?? {}))
        .find(([own]) => readName(reader, own) === readName(reader, name))?.[1];
}

/** All pairs of different items, in both orders. */
function others<T>(all: readonly T[]): [T, T][] {
    return all.flatMap((one) => all.filter((other) => other !== one).map((other): [T, T] => [one, other]));
}
