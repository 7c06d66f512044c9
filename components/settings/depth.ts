/** Deepest object or list in a setting: those of Kubernetes are not half as deep. What is much deeper would exhaust the call stack. */
export const MOST_LEVELS = 50;

/** Whether objects and lists are nested deeper than in any setting. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)))
    );
}
