import assert from "node:assert/strict";

import { kinds } from "../../components/ingress/kinds";
import { controllerKinds, encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { metricsPaths, showsMetrics } from "./metrics";
import { models } from "./models/models";
import { byLetters } from "./models/plain";
import { backend, frontend, routesWithoutRewrite, routesWithRewrite, websocket } from "./routes";

const HOST = "keep.example.com";

for (const kind of controllerKinds) {
    const { answer, certificate, idleSeconds } = models[kind];
    const isRewriting = kinds[kind].rewritesPaths;

    describe(`the ingress "${kind}"`, () => {
        it("sends every path to its tier, without the prefix", async () => {
            const keep = await deployIngress(plainIngress(kind));
            const expected = isRewriting ? routesWithRewrite("/v2", "/websocket") : routesWithoutRewrite;
            const seen = Object.keys(expected).map((target) => [
                target,
                answer(keep, { host: HOST, target, encrypted: false }),
            ]);
            assert.deepEqual(Object.fromEntries(seen), expected);
        });

        it("shows metrics to nobody", async () => {
            const keep = await deployIngress(plainIngress(kind));
            const targets = [...(isRewriting ? metricsPaths("/v2") : []), ...metricsPaths("/backend")];
            const shown = targets.filter((target) =>
                showsMetrics(answer(keep, { host: HOST, target, encrypted: false })),
            );
            assert.deepEqual(shown, []);
        });

        it("answers on its own host only", async () => {
            const keep = await deployIngress(plainIngress(kind));
            const stranger = { host: "other.example.com", target: "/v2/alerts", encrypted: false };
            assert.deepEqual(answer(keep, stranger), { nobody: true });
        });

        it("has the addresses that it exports", async () => {
            const keep = await deployIngress(plainIngress(kind));
            const { backend: api, websocket: live, pusher } = keep.result;
            const at = (url: string) => answer(keep, { host: HOST, target: new URL(url).pathname, encrypted: false });
            assert.deepEqual(
                at(`${api}/alerts/event`),
                isRewriting ? backend("/alerts/event") : frontend("/backend/alerts/event"),
            );
            // pusher-js puts Soketi's own path behind a relative host, and behind a host name.
            const address = isRewriting ? `${live ?? ""}/app/KEY` : `${live ?? ""}/KEY`;
            assert.deepEqual(at(address), websocket("/app/KEY"));
            assert.deepEqual(pusher, isRewriting ? { host: "/websocket" } : { host: HOST, port: 80 });
        });

        it("serves https on every host by the certificate that the stack names, for the same paths", async () => {
            const hosts = [HOST, "alerts.example.org"];
            const keep = await deployIngress(encryptedIngress(kind, { extraHosts: ["alerts.example.org"] }));
            const expected = isRewriting ? routesWithRewrite("/v2", "/websocket") : routesWithoutRewrite;
            for (const host of hosts) {
                assert.equal(certificate(keep, host), kind === "alb" ? "own" : "keep-certificate");
                const seen = Object.keys(expected).map((target) => [
                    target,
                    answer(keep, { host, target, encrypted: true }),
                ]);
                assert.deepEqual(Object.fromEntries(seen), expected);
            }
        });

        it("leaves TLS to an outer load balancer when told so", async () => {
            const keep = await deployIngress({
                publicUrl: `https://${HOST}`,
                ingress: { ...plainIngress(kind).ingress, tls: { terminatedOutside: true } },
            });
            assert.equal(certificate(keep, HOST), undefined);
            assert.deepEqual(
                answer(keep, { host: HOST, target: "/alerts?x=1", encrypted: false }),
                frontend("/alerts?x=1"),
            );
            assert.equal(keep.result.origin, `https://${HOST}`);
        });

        it("keeps an idle websocket for two minutes and more", async () => {
            const least = await deployIngress(encryptedIngress(kind, { timeoutSeconds: 120 }));
            assert.ok(idleSeconds(least) >= 120);
            assert.ok(idleSeconds(await deployIngress(encryptedIngress(kind))) >= 3600);
        });

        it("names its objects so that another kind can stand beside it", async () => {
            const keep = await deployIngress(encryptedIngress(kind));
            const owned = keep.resources.filter(({ type }) =>
                /:(Ingress|HTTPRoute|Gateway|Route|Middleware)$/.test(type),
            );
            assert.ok(owned.length > 0);
            for (const { physicalName } of owned) assert.ok(physicalName?.startsWith(`keep-${kind}`), physicalName);
            const names = owned.map(({ type, physicalName }) => `${type} ${physicalName ?? ""}`);
            assert.equal(new Set(names).size, names.length);
        });

        if (kind !== "generic") {
            it("sends plain http to https", async () => {
                const keep = await deployIngress(encryptedIngress(kind));
                assert.deepEqual(answer(keep, { host: HOST, target: "/alerts?x=1", encrypted: false }), {
                    redirect: `https://${HOST}/alerts?x=1`,
                });
            });
        }

        if (isRewriting) {
            it("takes any prefixes, with dots, dashes and several segments", async () => {
                for (const [backendPrefix, websocketPrefix] of [
                    ["/keep-api.v2/a", "/live.ws-1"],
                    ["/x", "/y.z"],
                ] as const) {
                    const keep = await deployIngress(plainIngress(kind, { backendPrefix, websocketPrefix }));
                    const expected = {
                        ...routesWithRewrite(backendPrefix, websocketPrefix),
                        "/keep-apiXv2/a/alerts": frontend("/keep-apiXv2/a/alerts"),
                        "/liveXws-1/app/KEY": frontend("/liveXws-1/app/KEY"),
                    };
                    const seen = Object.keys(expected).map((target) => [
                        target,
                        answer(keep, { host: HOST, target, encrypted: false }),
                    ]);
                    assert.deepEqual(Object.fromEntries(seen), expected);
                }
            });
        }
    });
}

describe('the ingress "generic"', () => {
    it("also serves controllers that compare prefixes letter by letter", async () => {
        const keep = await deployIngress(plainIngress("generic"));
        const seen = Object.keys(routesWithoutRewrite).map((target) => [
            target,
            byLetters.answer(keep, { host: HOST, target, encrypted: false }),
        ]);
        assert.deepEqual(Object.fromEntries(seen), routesWithoutRewrite);
    });
});
