import type { KeepArgs } from "../../components/keep";
import { isInputAt } from "../../components/settings/knownKeys";

/** Arguments with something in the place of each of their inputs, or of some. */
export function withInputs(args: KeepArgs, isChosen: () => boolean, give: (value: unknown) => unknown): KeepArgs {
    const replaced = (value: unknown, path: readonly string[]): unknown => {
        if (typeof value !== "object" || value === null) {
            return isInputAt(path, args) && isChosen() ? give(value) : value;
        }
        const inner = Object.entries(value).map(([key, one]) => [key, replaced(one, [...path, key])] as const);
        return Array.isArray(value) ? inner.map(([, one]) => one) : Object.fromEntries(inner);
    };
    return replaced(args, []) as KeepArgs;
}
