import { styleText } from "node:util";

/** Functions that format text for a terminal. */
export type Colors = Readonly<Record<(typeof FORMATS)[number], (text: string) => string>>;

const FORMATS = ["bold", "dim", "red", "green", "yellow", "cyan"] as const;

/** Formats text with ANSI codes if `enabled`, otherwise returns it unchanged. */
export function colors(enabled: boolean): Colors {
    const paint = (format: (typeof FORMATS)[number]) => (text: string) =>
        // The caller has checked its stream; Node would check stdout.
        enabled ? styleText(format, text, { validateStream: false }) : text;
    return Object.fromEntries(FORMATS.map((format) => [format, paint(format)])) as Colors;
}
