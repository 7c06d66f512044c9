import assert from "node:assert/strict";

import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import { architecture } from "../../tools/docs/architecture";
import { prodResources } from "../../tools/docs/prodStack";

describe("the picture of the architecture", () => {
    let resources: readonly RecordedResource[];
    before(async () => {
        resources = await prodResources();
    });

    it("shows every Deployment and Job once", () => {
        const parts = resources.filter(({ type }) => /:(Deployment|Job)$/.test(type));
        const titles = [...architecture(resources).matchAll(/font-weight="600"[^>]*>([^<]*)</g)].map(
            ([, title]) => title,
        );

        assert.equal(parts.length, 7);
        assert.deepEqual(titles.sort(), [
            "Backend",
            "Browsers",
            "Credentials",
            "Database",
            "Frontend",
            "Identity provider",
            "Ingress",
            "Monitoring tools",
            "Providers",
            "Redis",
            "Setup",
            "Websocket server",
            "Worker",
        ]);
    });

    it("shows the prefixes of the stack", () => {
        for (const prefix of ["/", "/v2", "/websocket"]) {
            assert.ok(architecture(resources).includes(`>${prefix}</text>`), prefix);
        }
    });

    it("fails for a part that has no place in it", () => {
        const unknown = JSON.parse(
            JSON.stringify(resources.find(({ type }) => type.endsWith(":Deployment"))?.inputs).replaceAll(
                /"app.kubernetes.io\/component":"\w+"/g,
                '"app.kubernetes.io/component":"novelty"',
            ),
        ) as Record<string, unknown>;
        const changed = resources.map((it) => (it.type.endsWith(":Deployment") ? { ...it, inputs: unknown } : it));

        assert.throws(() => architecture(changed), /has no place for the component novelty/);
    });
});
