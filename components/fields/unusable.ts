/** The message about a value in place of text. Kubernetes and charts often have an object with a name instead. */
export function notText(value: unknown): string {
    if (typeof value !== "object" || value === null) {
        return "is not text. Put it in quotes";
    }
    const what = Array.isArray(value) ? "a list" : "an object";
    return `is ${what}, not text. Write ${"name" in value ? "only its name" : "one text value"}`;
}

/**
 * The message for text that Kubernetes and containers reject: with a NUL character, or with half of a surrogate pair,
 * which UTF-8 cannot encode. Undefined for any other text.
 */
export function unusableTextFault(text: string): string | undefined {
    return /[\0\p{Cs}]/u.test(text) ? "contains a NUL character or half of a Unicode character. Remove it" : undefined;
}
