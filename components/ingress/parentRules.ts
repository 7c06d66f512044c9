import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { releaseOf, type ReleaseSettings } from "../naming";
import type { ParentRef } from "./gatewayFields";
import type { ExtraIngressConfig, IngressConfig } from "./settings";

interface Settings extends ReleaseSettings {
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}

/**
 * Conditions on the parents of routes: each of several references to one Gateway has a `sectionName`, by which the
 * standard channel distinguishes them (https://gateway-api.sigs.k8s.io/reference/spec/#parentreference).
 */
export const parentRules: readonly Rule<Settings>[] = [
    (settings) => parentIssues("ingress", settings.ingress, settings),
    (settings) =>
        settings.extraIngresses.flatMap(({ ingress }, index) =>
            parentIssues(`extraIngresses.${index}.ingress`, ingress, settings),
        ),
];

function parentIssues(path: string, ingress: IngressConfig, settings: ReleaseSettings): Issue[] {
    if (ingress.kind !== "gateway" || ingress.parentRef === undefined) {
        return [];
    }
    const parents = [ingress.parentRef, ...ingress.extraParentRefs];
    return parents.flatMap((parent, index) => {
        const others = parents.slice(0, index).filter((other) => isSameParent(other, parent, settings));
        const isAlike = ({ sectionName }: ParentRef) =>
            sectionName === parent.sectionName || sectionName === undefined || parent.sectionName === undefined;
        return others.some(isAlike)
            ? [
                  issue(
                      `${path}.extraParentRefs.${index - 1}.name`,
                      "is the Gateway of another entry. Set a different sectionName for each, or remove it",
                      { value: parent.name },
                  ),
              ]
            : [];
    });
}

function isSameParent(one: ParentRef, other: ParentRef, settings: ReleaseSettings): boolean {
    const { group = "gateway.networking.k8s.io", kind = "Gateway" } = one;
    const { group: otherGroup = "gateway.networking.k8s.io", kind: otherKind = "Gateway" } = other;
    return (
        one.name === other.name &&
        group === otherGroup &&
        kind === otherKind &&
        (one.namespace === other.namespace || namespaceOf(one, settings) === namespaceOf(other, settings))
    );
}

function namespaceOf({ namespace }: ParentRef, settings: ReleaseSettings): string {
    return namespace ?? releaseOf(settings).namespace;
}
