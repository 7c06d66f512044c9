import { isRecord, list, own, text } from "./row";

/** A label selector, and whether its term selects pods in other namespaces. */
export interface Selected {
    readonly selector: unknown;
    readonly isElsewhere: boolean;
}

/** A value in which each label selector of pods is changed, and each name of a label outside of selectors. */
export function withSelectors(
    value: unknown,
    change: (selected: Selected) => unknown,
    keyOf: (key: unknown) => unknown = (key) => key,
): unknown {
    if (Array.isArray(value)) {
        return (value as unknown[]).map((inner) => withSelectors(inner, change, keyOf));
    }
    if (!isRecord(value)) {
        return value;
    }
    const isElsewhere = value.namespaces !== undefined || value.namespaceSelector !== undefined;
    return Object.fromEntries(
        Object.entries(value).map(([field, inner]) => {
            switch (field) {
                case "labelSelector":
                    return [field, change({ selector: inner, isElsewhere })];
                case "matchLabelKeys":
                case "mismatchLabelKeys":
                    return [field, Array.isArray(inner) ? (inner as unknown[]).map(keyOf) : inner];
                default:
                    return [field, withSelectors(inner, change, keyOf)];
            }
        }),
    );
}

/** The values of a label that a selector requires, not those that it excludes. */
export function required(selector: unknown, label: string): string[] {
    const { matchLabels, matchExpressions } = isRecord(selector) ? selector : {};
    const listed = list(matchExpressions).filter((one) => own(one, "key") === label && own(one, "operator") === "In");
    return [own(matchLabels, label), ...listed.flatMap((one) => list(own(one, "values")))].flatMap(
        (value) => text(value) ?? [],
    );
}

/** A selector with other keys and values, without the labels whose key becomes undefined. */
export function mapped(
    selector: unknown,
    keyOf: (key: string) => string | undefined,
    valueOf: (key: string, value: unknown) => unknown,
): unknown {
    if (!isRecord(selector)) {
        return selector;
    }
    const { matchLabels, matchExpressions } = selector;
    const labels = Object.entries(isRecord(matchLabels) ? matchLabels : {}).flatMap(([name, value]) => {
        const key = keyOf(name);
        return key === undefined ? [] : [[key, valueOf(name, value)] as const];
    });
    const expressions = list(matchExpressions).flatMap((expression) => {
        const [name, values] = [text(own(expression, "key")) ?? "", own(expression, "values")];
        const key = keyOf(name);
        return !isRecord(expression) || name === ""
            ? [expression]
            : key === undefined
              ? []
              : [
                    {
                        ...expression,
                        key,
                        ...(Array.isArray(values)
                            ? { values: [...new Set((values as unknown[]).map((value) => valueOf(name, value)))] }
                            : {}),
                    },
                ];
    });
    return {
        ...selector,
        ...(isRecord(matchLabels) ? { matchLabels: Object.fromEntries(labels) } : {}),
        ...(Array.isArray(matchExpressions) ? { matchExpressions: expressions } : {}),
    };
}
