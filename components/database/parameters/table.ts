/** The cells of a table: lines of values that are separated by tabs, and comments that begin with #. */
export function rowsOf(table: string): string[][] {
    return table
        .split("\n")
        .filter((row) => row !== "" && !row.startsWith("#"))
        .map((row) => row.split("\t"));
}
