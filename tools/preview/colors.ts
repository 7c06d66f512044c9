import { styleText } from "node:util";

/** Marks up text for a terminal, or leaves it as it is. */
export type Colors = Readonly<Record<(typeof FORMATS)[number], (text: string) => string>>;

const FORMATS = ["bold", "dim", "red", "green", "yellow", "cyan"] as const;

/** Colors of ANSI terminals when `enabled`, plain text otherwise. */
export function colors(enabled: boolean): Colors {
    const paint = (format: (typeof FORMATS)[number]) => (text: string) =>
        // The caller knows the stream; Node would ask stdout.
        enabled ? styleText(format, text, { validateStream: false }) : text;
    return Object.fromEntries(FORMATS.map((format) => [format, paint(format)])) as Colors;
}
