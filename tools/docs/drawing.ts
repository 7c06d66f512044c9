/** A box of the picture. */
export interface Box {
    readonly id: string;
    readonly title: string;
    /** Small text below the title, at most two lines. */
    readonly lines: readonly string[];
    readonly column: number;
    readonly row: number;
    readonly kind: Kind;
}

/** A dashed frame around boxes: a namespace, or components with the same connections. */
export interface Frame {
    readonly id: string;
    readonly title: string;
    readonly members: readonly string[];
    /** Space between the frame and its boxes, in pixels. */
    readonly padding: number;
}

/** A point of the picture, in pixels. */
export type Point = readonly [x: number, y: number];

/** A line from the first point to the last, where it has an arrowhead. */
export interface Arrow {
    readonly points: readonly Point[];
    readonly label?: string;
    /** Whether to draw a dashed line, because the connection exists only if the stack configures it. */
    readonly isOptional?: boolean;
}

/** The content of a picture. */
export interface Picture {
    readonly boxes: readonly Box[];
    readonly frames: readonly Frame[];
    readonly arrows: readonly Arrow[];
}

/** The area of a box or frame, in pixels. */
export interface Area {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
    readonly middle: Point;
}

const LEGEND = {
    tier: ["Deployment", "#ffedd5", "#f97316"],
    job: ["Job", "#fef9c3", "#ca8a04"],
    data: ["Data", "#dcfce7", "#16a34a"],
    edge: ["Ingress", "#e0e7ff", "#6366f1"],
    outside: ["Outside the cluster", "#ffffff", "#94a3b8"],
} as const;

type Kind = keyof typeof LEGEND;

const WIDTH = 170;
const HEIGHT = 64;
const COLUMNS = [24, 258, 536, 800, 1050];
const ROW = 140;
const SIZE: Point = [1250, 690];

/** The area of a box. */
export function areaOf({ column, row }: Pick<Box, "column" | "row">): Area {
    return area(COLUMNS[column] ?? 0, 86 + row * ROW, WIDTH, HEIGHT);
}

/** The area of a frame: around its boxes, with space for its title. */
export function frameArea({ members, padding }: Frame, boxes: readonly Box[]): Area {
    const inner = boxes.filter(({ id }) => members.includes(id)).map(areaOf);
    const left = Math.min(...inner.map((box) => box.left)) - padding;
    const top = Math.min(...inner.map((box) => box.top)) - padding - 18;
    const right = Math.max(...inner.map((box) => box.right)) + padding;
    return area(left, top, right - left, Math.max(...inner.map((box) => box.bottom)) + padding - top);
}

/** An SVG. Its background is white, so that it is readable on light and dark pages. */
export function drawing({ boxes, frames, arrows }: Picture): string {
    const [width, height] = SIZE;
    return `${[
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" role="img" aria-label="Components of Keep and their connections">`,
        `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>`,
        `<rect width="${width}" height="${height}" rx="12" fill="#ffffff"/>`,
        ...frames.map((frame) => rectangle(frame, frameArea(frame, boxes))),
        ...arrows.map(line),
        ...boxes.map(box),
        ...legend(height - 36),
        "</svg>",
    ].join("\n")}\n`;
}

function rectangle({ title }: Frame, { left, right, top, bottom }: Area): string {
    return [
        `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="10" fill="#f8fafc" stroke="#94a3b8" stroke-dasharray="6 4"/>`,
        `<text x="${left + 12}" y="${top + 19}" font-size="13" fill="#475569">${title}</text>`,
    ].join("\n");
}

function box({ kind, title, lines, ...place }: Box): string {
    const { left, top, middle } = areaOf(place);
    const [, fill, stroke] = LEGEND[kind];
    const [x] = middle;
    const first = top + HEIGHT / 2 + 5 - lines.length * 8;
    return [
        `<rect x="${left}" y="${top}" width="${WIDTH}" height="${HEIGHT}" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`,
        `<text x="${x}" y="${first}" font-size="15" font-weight="600" fill="#0f172a" text-anchor="middle">${title}</text>`,
        ...lines.map(
            (text, index) =>
                `<text x="${x}" y="${first + 17 * (index + 1)}" font-size="12" fill="#475569" text-anchor="middle">${text}</text>`,
        ),
    ].join("\n");
}

/** A line with right angles. Its label is above the last segment, which is horizontal. */
function line({ points, label, isOptional = false }: Arrow): string {
    const path = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join(" ");
    const dash = isOptional ? ' stroke-dasharray="5 4"' : "";
    const [x] = points.at(1) ?? [0, 0];
    const [, y] = points.at(-1) ?? [0, 0];
    return [
        `<path d="${path}" fill="none" stroke="#64748b" stroke-width="1.5" stroke-linejoin="round"${dash} marker-end="url(#tip)"/>`,
        ...(label === undefined
            ? []
            : [
                  `<text x="${x + 8}" y="${y - 7}" font-size="13" font-family="ui-monospace, monospace" fill="#4338ca">${label}</text>`,
              ]),
    ].join("\n");
}

function legend(y: number): string[] {
    const swatches = Object.values(LEGEND).map(
        ([title, fill, stroke], index) =>
            `<rect x="${24 + index * 160}" y="${y - 11}" width="18" height="14" rx="3" fill="${fill}" stroke="${stroke}"/>` +
            `<text x="${50 + index * 160}" y="${y}" font-size="13" fill="#475569">${title}</text>`,
    );
    const x = 44 + swatches.length * 160;
    return [
        ...swatches,
        `<path d="M${x} ${y - 4} h34" stroke="#64748b" stroke-width="1.5" marker-end="url(#tip)"/>`,
        `<text x="${x + 44}" y="${y}" font-size="13" fill="#475569">opens a connection</text>`,
        `<path d="M${x + 184} ${y - 4} h34" stroke="#64748b" stroke-width="1.5" stroke-dasharray="5 4" marker-end="url(#tip)"/>`,
        `<text x="${x + 228}" y="${y}" font-size="13" fill="#475569">if configured</text>`,
    ];
}

function area(left: number, top: number, width: number, height: number): Area {
    return { left, right: left + width, top, bottom: top + height, middle: [left + width / 2, top + height / 2] };
}
