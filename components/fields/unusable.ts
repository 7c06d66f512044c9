/**
 * The message for text that Kubernetes and containers reject: with a NUL character, or with half of a surrogate pair,
 * which UTF-8 cannot encode. Undefined for any other text.
 */
export function unusableTextFault(text: string): string | undefined {
    return /[\0\p{Cs}]/u.test(text) ? "contains a NUL character or half of a Unicode character. Remove it" : undefined;
}
