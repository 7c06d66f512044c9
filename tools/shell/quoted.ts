/** Quotes text for a shell. */
export function quoted(value: string): string {
    return `'${value.replaceAll("'", `'\\''`)}'`;
}
