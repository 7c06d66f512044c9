/** Marks up text for a terminal, or leaves it as it is. */
export interface Colors {
    readonly bold: (text: string) => string;
    readonly dim: (text: string) => string;
    readonly red: (text: string) => string;
    readonly green: (text: string) => string;
    readonly yellow: (text: string) => string;
    readonly cyan: (text: string) => string;
}

/** Colours of ANSI terminals when `enabled`, plain text otherwise. */
export function colors(enabled: boolean): Colors {
    const paint = (open: number, close: number) => (text: string) =>
        enabled ? `\u001B[${open}m${text}\u001B[${close}m` : text;
    return {
        bold: paint(1, 22),
        dim: paint(2, 22),
        red: paint(31, 39),
        green: paint(32, 39),
        yellow: paint(33, 39),
        cyan: paint(36, 39),
    };
}
