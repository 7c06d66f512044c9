import assert from "node:assert/strict";

import { optionalSettings } from "../../components/ingress/kind";
import { kinds } from "../../components/ingress/kinds";
import { extraIngress } from "../../components/ingress/settings";
import { deployIngress } from "../support/deployIngress";
import { controllerKinds, encryptedIngress } from "../support/ingressConfigs";
import { controllerObjects } from "./controllerObjects";

const OPTIONAL = {
    hsts: { includeSubdomains: true, preload: true },
    maxBodyMegabytes: 20,
    tierAnnotations: { backend: { team: "a" } },
};

describe("the names of the objects of every kind of ingress", () => {
    for (const kind of controllerKinds) {
        it(`are not those of another ingress of kind ${kind}, whatever its name is`, async () => {
            const supported = optionalSettings.filter((name) => kinds[kind].supports[name] === true);
            const settings = encryptedIngress(kind, {
                tierHosts: { backend: "api.example.com", websocket: "live.example.com" },
                ...Object.fromEntries(supported.map((name) => [name, OPTIONAL[name]])),
            });
            const { objects } = controllerObjects(kind, await deployIngress(settings));
            const prefix = `keep-${kind}-`;
            const parts = objects
                .map(({ inputs }) => (inputs as { metadata?: { name?: string } }).metadata?.name ?? "")
                .filter((name) => name.startsWith(prefix))
                .map((name) => name.slice(prefix.length));

            const allowed = parts.filter((name) => extraIngress.shape.name.safeParse(name).success);
            assert.deepEqual(allowed, []);
        });
    }
});
