import { isLater } from "../tokens";

/** A text in settings, and the path to it. */
interface TextLeaf {
    readonly path: readonly string[];
    readonly text: string;
}

/** Every text in a value, in order. Outputs are left out. */
export function textLeaves(value: unknown, path: readonly string[] = []): TextLeaf[] {
    if (typeof value === "string") {
        return [{ path, text: value }];
    }
    return typeof value !== "object" || value === null || isLater(value)
        ? []
        : Object.entries(value).flatMap(([name, inner]) => textLeaves(inner, [...path, name]));
}
