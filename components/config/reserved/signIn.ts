/** What a way of signing in sets, each with the setting that decides it. */
export function signIn(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(names.map((name) => [name, "keep:auth"]));
}
