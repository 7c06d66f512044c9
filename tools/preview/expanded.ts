import { type Document, isCollection, isPair, visit } from "yaml";

import { UserError } from "./userError";
import { yamlReason } from "./yamlReason";

/** Maximum number of values in a YAML file, with all aliases expanded. No stack file comes close to it. */
const MOST_VALUES = 20_000;

const CYCLE = "has an alias inside its own anchor. Remove the alias";

/**
 * An error about a document's YAML aliases, without the file's name: a cycle, or too many values. undefined: none. The
 * parser represents an alias as a reference to the same object, so that a short file can contain billions of values.
 */
export function aliasFault(document: unknown): string | undefined {
    const sizes = new Map<object, number>();
    const open = new Set<object>();
    const sizeOf = (value: unknown): number => {
        if (typeof value !== "object" || value === null) {
            return 1;
        }
        if (open.has(value)) {
            return Number.POSITIVE_INFINITY;
        }
        open.add(value);
        const size = sizes.get(value) ?? Object.values(value).reduce<number>((sum, inner) => sum + sizeOf(inner), 1);
        open.delete(value);
        sizes.set(value, size);
        return size;
    };
    const size = sizeOf(document);
    if (size === Number.POSITIVE_INFINITY) {
        return CYCLE;
    }
    return size > MOST_VALUES
        ? `has more than ${MOST_VALUES} values, with all aliases expanded. Remove some values or aliases`
        : undefined;
}

/** Name of a key that is a map, such as that of a template without quotes (storeMappingPair in lib/loader.js of js-yaml). */
const MAP_KEY = "[object Object]";

/** Path to an object with a key that is a map, in the value of a document without cycles; undefined: there is none. */
export function pathToMapKey(value: unknown): readonly string[] | undefined {
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    if (Object.hasOwn(value, MAP_KEY)) {
        return [];
    }
    return Object.entries(value)
        .map(([key, inner]) => {
            const below = pathToMapKey(inner);
            return below === undefined ? undefined : [key, ...below];
        })
        .find((path) => path !== undefined);
}

/**
 * The value of a YAML document.
 * @param name its name in messages, such as the file
 * @throws UserError if it is not valid YAML, if a key is a map or a list, or if its aliases have a cycle or too many
 *   values
 */
export function valueOf(document: Document, name: string): unknown {
    const [error] = document.errors;
    if (error !== undefined) {
        throw new UserError(`${name}: is not valid YAML: ${yamlReason(error.message)}`);
    }
    rejectCollectionKeys(document, name);
    // aliasFault() replaces the parser's limit.
    const value = expanded(document, name);
    const fault = aliasFault(value);
    if (fault !== undefined) {
        throw new UserError(`${name}: ${fault}`);
    }
    return value;
}

/** @throws UserError if an alias has no anchor, or if a merge key has no map */
function expanded(document: Document, name: string): unknown {
    try {
        return document.toJS({ maxAliasCount: -1 });
    } catch (error) {
        if (error instanceof RangeError) {
            // A merge key with the anchor around it.
            throw new UserError(`${name}: ${CYCLE}`);
        }
        throw error instanceof Error
            ? new UserError(`${name}: is not valid YAML: ${yamlReason(error.message)}`)
            : error;
    }
}

/** Helm and Argo CD reject such keys, too. They come from templates that have not been rendered. */
function rejectCollectionKeys(document: Document, name: string): void {
    visit(document, {
        Pair: (_, { key }, ancestors) => {
            if (isCollection(key)) {
                const path = ancestors.filter(isPair).map((pair) => String(pair.key));
                const where = path.length === 0 ? "a key" : `a key in ${path.join(".")}`;
                throw new UserError(
                    `${name}: ${where} is a map or a list. Templates such as {{ .Values.host }} are not rendered: write the value itself, or put the text into quotes`,
                );
            }
        },
    });
}
