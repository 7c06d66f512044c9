/** A box of the picture. */
export interface Box {
    readonly id: string;
    readonly title: string;
    /** Small print below the title, at most two lines. */
    readonly lines: readonly string[];
    readonly column: number;
    readonly row: number;
    /** `elsewhere`: in another namespace. */
    readonly kind: "outside" | "edge" | "tier" | "job" | "data" | "elsewhere";
}

/** Who calls whom. */
export interface Arrow {
    readonly from: string;
    readonly to: string;
    readonly label?: string;
}

/** Everything that the picture shows. */
export interface Picture {
    readonly namespace: string;
    readonly boxes: readonly Box[];
    readonly arrows: readonly Arrow[];
}

const WIDTH = 170;
const HEIGHT = 64;
const COLUMNS = [24, 250, 500, 730, 980];
const TOP = 64;
const ROW = 112;
const FRAME = { x: 226, y: 24, width: 948, height: 452 };

const COLOURS: Readonly<Record<Box["kind"], readonly [fill: string, line: string]>> = {
    outside: ["#ffffff", "#94a3b8"],
    edge: ["#e0e7ff", "#6366f1"],
    tier: ["#ffedd5", "#f97316"],
    job: ["#fef9c3", "#ca8a04"],
    data: ["#dcfce7", "#16a34a"],
    elsewhere: ["#ffffff", "#16a34a"],
};

/** An SVG with a white ground, so that it reads the same on light and dark pages. */
export function drawing({ namespace, boxes, arrows }: Picture): string {
    const find = (id: string) => boxes.find((box) => box.id === id);
    const lines = arrows.flatMap(({ from, to, label }) => {
        const [start, end] = [find(from), find(to)];
        return start === undefined || end === undefined ? [] : [arrow(start, end, label)];
    });
    return `${[
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 500" font-family="system-ui, sans-serif" role="img" aria-label="Parts of Keep and who calls whom">`,
        `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>`,
        `<rect width="1200" height="500" rx="12" fill="#ffffff"/>`,
        `<rect x="${FRAME.x}" y="${FRAME.y}" width="${FRAME.width}" height="${FRAME.height}" rx="12" fill="#f8fafc" stroke="#cbd5e1" stroke-dasharray="6 4"/>`,
        `<text x="${FRAME.x + 16}" y="${FRAME.y + 24}" font-size="13" fill="#475569">namespace ${namespace}</text>`,
        ...lines,
        ...boxes.map(rectangle),
        "</svg>",
    ].join("\n")}\n`;
}

function rectangle(box: Box): string {
    const [fill, line] = COLOURS[box.kind];
    const { x, y } = corner(box);
    const middle = x + WIDTH / 2;
    const first = y + HEIGHT / 2 + 5 - box.lines.length * 8;
    const text = box.lines.map(
        (content, index) =>
            `<text x="${middle}" y="${first + 17 * (index + 1)}" font-size="12" fill="#475569" text-anchor="middle">${content}</text>`,
    );
    return [
        `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="8" fill="${fill}" stroke="${line}" stroke-width="1.5"${box.kind === "elsewhere" ? ' stroke-dasharray="6 4"' : ""}/>`,
        `<text x="${middle}" y="${first}" font-size="15" font-weight="600" fill="#0f172a" text-anchor="middle">${box.title}</text>`,
        ...text,
    ].join("\n");
}

function arrow(from: Box, to: Box, label = ""): string {
    const path = from.column === to.column ? vertical(from, to) : horizontal(from, to);
    const { x, y } = corner(to);
    const text = `<text x="${x - 12}" y="${y + HEIGHT / 2 - 8}" font-size="13" font-family="ui-monospace, monospace" fill="#4338ca" stroke="#f8fafc" stroke-width="5" paint-order="stroke" text-anchor="end">${label}</text>`;
    return [
        `<path d="${path}" fill="none" stroke="#64748b" stroke-width="1.5" marker-end="url(#tip)"/>`,
        ...(label === "" ? [] : [text]),
    ].join("\n");
}

function vertical(from: Box, to: Box): string {
    const [a, b] = [corner(from), corner(to)];
    const x = a.x + WIDTH / 2;
    return to.row > from.row ? `M${x} ${a.y + HEIGHT} V${b.y - 1}` : `M${x} ${a.y} V${b.y + HEIGHT + 1}`;
}

/** Runs level for as long as it can, and bends right before its end, so that it passes between the boxes on its way. */
function horizontal(from: Box, to: Box): string {
    const [a, b] = [corner(from), corner(to)];
    const isRightward = to.column > from.column;
    const [x1, y1] = [isRightward ? a.x + WIDTH : a.x, a.y + HEIGHT / 2];
    const [x2, y2] = [isRightward ? b.x - 1 : b.x + WIDTH + 1, b.y + HEIGHT / 2];
    const bend = isRightward ? x2 - 56 : x2 + 40;
    const middle = (bend + x2) / 2;
    return `M${x1} ${y1} H${bend} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function corner({ column, row }: Box): { x: number; y: number } {
    return { x: COLUMNS[column] ?? 0, y: TOP + row * ROW };
}
