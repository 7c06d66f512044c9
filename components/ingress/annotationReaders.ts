import { entryOf, isListed } from "./accessTable";
import { type KindName, kinds } from "./kinds";
import { accessWords, unlistedFault } from "./unlistedNames";

/** A kind whose controller reads annotations with a prefix, and their names without it, if all are known. */
export interface Reader {
    readonly kind: KindName;
    readonly prefix: string;
    readonly names: readonly string[] | undefined;
}

/** The readers of all kinds. */
export const READERS: readonly Reader[] = (Object.keys(kinds) as KindName[]).flatMap((kind) =>
    Object.entries(kinds[kind].reads ?? {}).map(([prefix, names]) => ({ kind, prefix, names })),
);

/** The kinds whose controllers read annotations with the prefix of a name. */
export function readersOf(name: string): Reader[] {
    return READERS.filter(({ prefix }) => name.startsWith(prefix));
}

/** Whether a name has a prefix that only controllers of other kinds read. */
export function isForeign(kind: KindName, name: string): boolean {
    const readers = readersOf(name);
    return !kinds[kind].isAnyController && readers.length > 0 && !readers.some((reader) => reader.kind === kind);
}

/** The kind as whose an ingress's controller reads an annotation; undefined if only those of other kinds read it. */
export function readingKind(kind: KindName, name: string): KindName | undefined {
    if (isForeign(kind, name)) {
        return undefined;
    }
    const [only, ...others] = new Set(readersOf(name).map((reader) => reader.kind));
    return kinds[kind].isAnyController && only !== undefined && others.length === 0 ? only : kind;
}

/** An annotation's name as a controller reads it. */
export function readName(kind: KindName, name: string): string {
    return kinds[kind].readAs?.(name) ?? name;
}

/** Whether the controller of an ingress reads an annotation from Services. */
export function isReadFromServices(kind: KindName, name: string): boolean {
    const reader = readingKind(kind, name);
    return reader !== undefined && kinds[reader].readsServices?.test(readName(reader, name)) === true;
}

/** Whether an annotation of a Service is about access, and the controller of an ingress does not read it there. */
export function isIgnoredOnServices(kind: KindName, name: string): boolean {
    const reader = readingKind(kind, name);
    const isKnown = readersOf(name).some((one) => {
        const own = nameAfter(one, name);
        return one.kind === reader && isListed(own, one.names ?? []) && isAboutAccess(one.kind, name, own);
    });
    return kinds[kind].ignoresOnServices?.names.test(name) === true || (isKnown && !isReadFromServices(kind, name));
}

/** Whether a kind's annotation decides about access, by its name with and without the prefix. */
export function isAboutAccess(kind: KindName, name: string, own: string): boolean {
    const { access = {} } = kinds[kind];
    return entryOf(access, readName(kind, name)) !== undefined || accessWords(own) !== undefined;
}

/** The name without the prefix, as the controller reads it. */
function nameAfter({ kind, prefix }: Reader, name: string): string {
    const read = readName(kind, name);
    return (read.startsWith(prefix) ? read : name).slice(prefix.length);
}

/**
 * The message for an annotation that its controller ignores, because the name is a typo or none of its own. Other
 * unknown names are accepted: a later version of the controller may read them.
 */
export function unknownFault(kind: KindName, name: string): string | undefined {
    const readers = readersOf(name).filter((reader) => kinds[kind].isAnyController ?? reader.kind === kind);
    const [reader] = readers;
    if (reader === undefined) {
        return undefined;
    }
    const { prefix } = reader;
    const own = nameAfter(reader, name);
    const known = [...new Set(readers.flatMap(({ names = ["*"] }) => names))];
    const controller = kinds[kind].isAnyController ? "a controller known to the program" : undefined;
    return isListed(own, known) ? undefined : unlistedFault(prefix, own, known, accessWords(own), controller);
}
