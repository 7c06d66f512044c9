/**
 * Maximum nesting of objects and lists in a setting, more than twice that of Kubernetes' objects. Much deeper values
 * would exhaust the call stack.
 */
export const MOST_LEVELS = 50;

/** Whether objects and lists are nested deeper than MOST_LEVELS. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)))
    );
}
