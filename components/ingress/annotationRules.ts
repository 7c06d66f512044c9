import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";
import { hasLater } from "../tokens";
import { certManagerFault } from "./certManagerAnnotations";
import { givenAnnotations } from "./givenAnnotations";
import type { IngressKind } from "./kind";
import { type KindName, kinds } from "./kinds";
import type { ExposedConfig } from "./settings";

const INGRESS_CLASS = "keep:ingress.className";
const ISSUER = "keep:ingress.tls";

/** Annotations of Kubernetes, cert-manager and Pulumi, each with the setting that sets it. */
const MANAGED_ANNOTATIONS: Readonly<Record<string, string>> = {
    "kubernetes.io/ingress.class": INGRESS_CLASS,
    "cert-manager.io/issuer": ISSUER,
    "cert-manager.io/cluster-issuer": ISSUER,
    "cert-manager.io/issuer-kind": ISSUER,
    "cert-manager.io/issuer-group": ISSUER,
    "kubernetes.io/tls-acme": ISSUER,
    "pulumi.com/skipAwait": "keep:ingress.await",
};

/** The setting that an annotation would override, as a kind's controller reads its name. */
function overridden(name: string, managed: Readonly<Record<string, string>>, kind: KindName): string | undefined {
    const { readAs = (own: string) => own } = kinds[kind];
    const [, setting] =
        Object.entries(managed).find(([pattern]) =>
            [name, readAs(name)].some((spelling) =>
                pattern.endsWith("*") ? spelling.startsWith(pattern.slice(0, -1)) : spelling === pattern,
            ),
        ) ?? [];
    return setting;
}

/** Issues of annotations that would override a setting. */
export function annotationIssues(config: ExposedConfig): (Issue | false)[] {
    const { kind } = config;
    const managed = { ...MANAGED_ANNOTATIONS, ...kinds[kind].managedAnnotations };
    return givenAnnotations(config).flatMap(({ path, values }) =>
        Object.entries(values).map(([name, value]) => {
            const setting = overridden(name, managed, kind);
            const message =
                setting === undefined
                    ? (foreignFault(kind, name) ?? certManagerFault(name, value) ?? faultOf(config, name, value))
                    : `is set by ${setting}. Remove it`;
            return message !== undefined && issue([...path, name], message, { value });
        }),
    );
}

/** The message for an annotation that only controllers of other kinds read, such as an allow-list without effect. */
function foreignFault(kind: KindName, name: string): string | undefined {
    const isRead = ({ annotationPrefixes = [] }: Pick<IngressKind<never>, "annotationPrefixes">) =>
        annotationPrefixes.some((prefix) => name.startsWith(prefix));
    const readers = Object.entries(kinds).flatMap(([other, spec]) => (isRead(spec) ? [other] : []));
    return kinds[kind].annotationPrefixes === undefined || readers.length === 0 || isRead(kinds[kind])
        ? undefined
        : `is only read by the controllers of kind ${oneOf(readers)}, so it has no effect here. Remove it, and use what the controller of kind ${kind} reads`;
}

/** Issues of annotations of Services that would override a setting of an ingress, at `place` in the configuration. */
export function serviceIssues(
    config: ExposedConfig,
    place: string,
    services: Readonly<Record<string, Service>>,
): (Issue | false)[] {
    const { managedAnnotations, readsServices } = kinds[config.kind];
    return Object.entries(services).flatMap(([tier, { annotations, type }]) =>
        Object.entries(annotations)
            .filter(([name]) => readsServices?.test(name))
            .map(([name, value]) => {
                const setting = overridden(name, managedAnnotations, config.kind);
                const message =
                    setting === undefined
                        ? faultOf(config, name, value, type)
                        : `is set by ${setting.replaceAll("keep:ingress", place)}, and the ingress controller also reads Services. Remove it`;
                return message !== undefined && issue([tier, "service", "annotations", name], message, { value });
            }),
    );
}

/** What the rules read of a tier's Service. */
export interface Service {
    readonly annotations: Readonly<Record<string, string>>;
    readonly type: string;
}

function faultOf({ kind, tls }: ExposedConfig, name: string, value: string, serviceType?: string): string | undefined {
    const { annotationFault, readAs = (own: string) => own } = kinds[kind];
    const encrypted = tls !== undefined && !tls.terminatedOutside;
    return hasLater(value) ? undefined : annotationFault?.(readAs(name), value, { encrypted, serviceType });
}
