import type { Endpoints } from "./paths";
import type { Release } from "../naming";
import * as z from "zod";

/** No ingress: users reach Keep with kubectl port-forward. */
export const none = {
    schema: z.strictObject({
        kind: z.literal("none").describe("no ingress: reach Keep by kubectl port-forward"),
    }),
    documentation: {
        objects: "none",
        recipe: {},
        notes: "`pulumi up` prints two `kubectl port-forward` commands: one for the user interface, and one for live updates on port 6001. Run both.",
    },
};

/** A note with the commands that make `publicUrl` reachable. */
export function portForwards(publicUrl: string, release: Release, { backend, frontend, websocket }: Endpoints): string {
    const { port } = new URL(publicUrl);
    const forward = (service: string, ports: string) =>
        `  kubectl --namespace ${release.namespace} port-forward service/${service} ${ports}`;
    const opened = frontend ?? backend;
    return [
        `Keep has no ingress (keep:ingress.kind is none). To open ${publicUrl}, run:`,
        ...(opened === undefined ? [] : [forward(opened.service, `${port === "" ? "80" : port}:${opened.port}`)]),
        ...(websocket === undefined ? [] : [forward(websocket.service, `${websocket.port}:${websocket.port}`)]),
    ].join("\n");
}
