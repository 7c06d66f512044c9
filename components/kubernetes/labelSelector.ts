/** The parts of a selector of Kubernetes, which `kubernetesObject` has checked. */
export interface LabelSelector {
    readonly matchLabels?: Readonly<Record<string, unknown>> | null;
    readonly matchExpressions?: readonly Expression[] | null;
}

interface Expression {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly unknown[] | null;
}

/** Whether a selector without Outputs selects objects with these labels. */
export function selects(
    { matchLabels, matchExpressions }: LabelSelector,
    labels: Readonly<Record<string, unknown>>,
): boolean {
    return (
        Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
        (matchExpressions ?? []).every(({ key, operator, values }) => {
            const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
            const isListed = value !== undefined && (values ?? []).includes(value);
            switch (operator) {
                case "In":
                    return isListed;
                case "NotIn":
                    return !isListed;
                case "DoesNotExist":
                    return value === undefined;
                default:
                    return value !== undefined;
            }
        })
    );
}
