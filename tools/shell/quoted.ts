/** Text as one word of a shell. */
export function quoted(value: string): string {
    return `'${value.replaceAll("'", `'\\''`)}'`;
}
