/** The words of a text, such as names of annotations. A name that ends with * is a prefix. */
export function words(text: string): readonly string[] {
    return text.trim().split(/\s+/);
}
