import assert from "node:assert/strict";

import { disguisedMetricsPaths, metricsPaths, showsMetrics } from "../ingress/metrics";
import type { Answer } from "../ingress/models/model";
import { websocket } from "../ingress/routes";
import { ask, type Door, headerOf, listen } from "./client";

/** HSTS that every kind which has it can say. */
export const HSTS = { maxAgeSeconds: 63072000, includeSubdomains: true, preload: true };

/** The same as it arrives, but for spaces. */
export const HSTS_HEADER = "max-age=63072000;includeSubDomains;preload";

/** What a stack promises of its way in. */
export interface Promised {
    readonly hosts: readonly [string, ...string[]];
    /** Who answers each path, and what it sees. */
    readonly routes: Readonly<Record<string, Answer>>;
    /** Path where Soketi's own paths begin. */
    readonly live: string;
    /** Paths under which the API is found. */
    readonly api: readonly string[];
    /** Whether no spelling of a path gets around the edge. */
    readonly hidesMetrics: boolean;
    /** Whether plain http is sent to https. */
    readonly redirects: boolean;
    /** Strict-Transport-Security of encrypted answers; undefined where it is not the stack's. */
    readonly hsts?: string | undefined;
}

/** A real edge in front of stand-ins. `public` is where browsers come, `plain` where they come without TLS: the same if there is none. */
export interface Edge {
    readonly public: Door;
    readonly plain: Door;
}

/** Asks a real edge, which is there when the tests run, for all that is promised. */
export function provesPromises(promised: Promised, edge: () => Edge): void {
    const { hosts, routes, live, api, hidesMetrics, redirects, hsts } = promised;
    const [host, ...others] = hosts;
    const answers = async (name: string, targets: readonly string[]) =>
        Object.fromEntries(
            await Promise.all(targets.map(async (target) => [target, await ask(edge().public, name, target)] as const)),
        );
    const shown = async (targets: readonly string[]) =>
        Object.entries(await answers(host, targets)).filter(([, answer]) => showsMetrics(answer));

    for (const [target, expected] of Object.entries(routes)) {
        it(`answers ${target}`, async () => {
            assert.deepEqual(await ask(edge().public, host, target), expected);
        });
    }

    it("opens a websocket", async () => {
        assert.deepEqual(await listen(edge().public, host, `${live}/KEY?protocol=7`), websocket("/app/KEY?protocol=7"));
    });

    for (const other of others) {
        it(`answers the same on ${other}`, async () => {
            assert.deepEqual(await answers(other, Object.keys(routes)), routes);
        });
    }

    it("answers nobody else's host", async () => {
        assert.deepEqual(await ask(edge().plain, "other.example.net", `${api[0] ?? ""}/alerts`), { nobody: true });
    });

    if (redirects) {
        it("sends plain http to https", async () => {
            const answer = await ask(edge().plain, host, "/alerts?x=1");
            // Some controllers name the port that https has anyway.
            assert.ok("redirect" in answer, JSON.stringify(answer));
            assert.equal(new URL(answer.redirect).href, `https://${host}/alerts?x=1`);
        });
    }

    if (hsts !== undefined) {
        it("tells browsers to come by https only, whatever they asked for", async () => {
            for (const target of ["/alerts", `${api[0] ?? ""}/alerts`]) {
                const header = await headerOf(edge().public, host, target, "strict-transport-security");
                assert.equal(header?.replaceAll(" ", ""), hsts, target);
            }
        });
    }

    it("shows metrics to nobody, as their path is written", async () => {
        assert.deepEqual(await shown(api.flatMap(metricsPaths)), []);
    });

    if (hidesMetrics) {
        it("shows metrics to nobody, however their path is spelled", async () => {
            assert.deepEqual(await shown(api.flatMap(disguisedMetricsPaths)), []);
        });
    }
}
