import type { Area, Frame, Point } from "./drawing";

/** Both run the code of Keep's API, so both have the same connections. */
export const PROCESSES: Frame = {
    id: "processes",
    title: "API and workers",
    members: ["backend", "worker"],
    padding: 22,
};

/** The path of each connection, by its two ends. A connection that is missing here makes the drawing fail. */
export const ROUTES: Readonly<Record<string, (from: Area, to: Area) => readonly Point[]>> = {
    "browser>ingress": elbow,
    "tools>ingress": elbow,
    "ingress>frontend": elbow,
    "ingress>backend": elbow,
    "ingress>websocket": elbow,
    // Avoids the title of the frame.
    "frontend>backend": (from, to) => down(from, to, 56),
    "frontend>identity": elbow,
    "processes>identity": (from, to) => [
        [from.right, from.top + 6],
        [to.middle[0], from.top + 6],
        [to.middle[0], to.bottom + 1],
    ],
    "processes>redis": level,
    "processes>database": level,
    "processes>websocket": down,
    "processes>store": (from, to) => lane(from, to, -11),
    "processes>providers": (from, to) => lane(from, to, 11),
    "websocket>redis": (from, to) => [
        [from.right, from.middle[1]],
        [to.left - 30, from.middle[1]],
        [to.left - 30, to.bottom - 14],
        [to.left - 1, to.bottom - 14],
    ],
    "setup>database": (from, to) => [
        [from.middle[0], from.top],
        [from.middle[0], to.bottom + 1],
    ],
};

/** Horizontal, with a vertical segment near its start. */
function elbow(from: Area, to: Area): Point[] {
    const turn = from.right + 16;
    const [start, end] = [from.middle[1], to.middle[1]];
    return [
        [from.right, start],
        [turn, start],
        [turn, end],
        [to.left - 1, end],
    ];
}

/** A horizontal line from the edge of a frame, at the height of its target. */
function level(from: Area, to: Area): Point[] {
    return [
        [from.right, to.middle[1]],
        [to.left - 1, to.middle[1]],
    ];
}

/** A vertical line down, `offset` pixels right of the center. */
function down(from: Area, to: Area, offset = 0): Point[] {
    const x = from.middle[0] + offset;
    return [
        [x, from.bottom],
        [x, to.top - 1],
    ];
}

/** A horizontal line between two rows of boxes, then a vertical one to the target. */
function lane(from: Area, to: Area, offset: number): Point[] {
    const y = from.middle[1] + 8 + offset;
    return [
        [from.right, y],
        [to.left - 36, y],
        [to.left - 36, to.middle[1]],
        [to.left - 1, to.middle[1]],
    ];
}
