import { join } from "node:path";

import { colors } from "../preview/colors";
import { preview } from "../preview/project";
import { report } from "../preview/report";

const LINE = 19;
const CHARACTER = 7.6;
const PADDING = 20;
const BAR = 34;

/** SVG attributes of the text after an ANSI code. Codes without an entry, such as 22, reset them. */
const STYLES: Readonly<Record<string, string>> = {
    1: 'font-weight="bold"',
    2: 'fill="#8b98a9"',
    31: 'fill="#ff7b72"',
    32: 'fill="#7ee787"',
    33: 'fill="#e3b341"',
    36: 'fill="#79c0ff"',
};

/** docs/preview.svg: a terminal with the output of `npm start` for Pulumi.dev.yaml. */
export async function terminalPicture(): Promise<string> {
    const made = await preview(join(__dirname, "../.."), "dev", { overrides: [], showSecrets: false, debug: false });
    return terminal(`$ npm start\n\n${report(made, colors(true)).trimEnd()}`);
}

/** An SVG of a terminal with text that has ANSI colors. */
export function terminal(text: string): string {
    const lines = text.split("\n");
    const columns = Math.max(...lines.map((line) => line.replace(/\u001B\[\d+m/g, "").length));
    const [width, height] = [Math.ceil(columns * CHARACTER) + 2 * PADDING, BAR + lines.length * LINE + PADDING];
    const buttons = ["#ff5f56", "#ffbd2e", "#27c93f"].map(
        (fill, index) => `<circle cx="${PADDING + index * 20}" cy="18" r="6" fill="${fill}"/>`,
    );
    return `${[
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of npm start">`,
        `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
        ...buttons,
        `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12.6" fill="#e6edf3">`,
        ...lines.map((line, index) => lineOf(line, BAR + (index + 1) * LINE)),
        "</g>",
        "</svg>",
    ].join("\n")}\n`;
}

function lineOf(line: string, y: number): string {
    const [plain = "", ...styled] = line.split(/\u001B\[(\d+)m/);
    const spans = styled.flatMap((code, index) =>
        index % 2 === 0 ? [`<tspan ${STYLES[code] ?? ""}>${escaped(styled[index + 1] ?? "")}</tspan>`] : [],
    );
    return `<text x="${PADDING}" y="${y}" xml:space="preserve">${escaped(plain)}${spans.join("")}</text>`;
}

function escaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
