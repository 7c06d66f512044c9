import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";
import { listOf, type Variables } from "./variableCases";

const withoutSoketi = (variables: Variables) =>
    convert({ websocket: { enabled: false }, backend: { env: listOf(variables) } });

describe("from-chart without the chart's websocket server", () => {
    it("sets the external server of the variables, also if they have the chart's defaults", async () => {
        const converted = withoutSoketi({
            PUSHER_APP_ID: "1",
            PUSHER_APP_KEY: "keepappkey",
            PUSHER_APP_SECRET: "s3cret",
            PUSHER_HOST: "soketi.example.com",
            PUSHER_PORT: "6001",
        });
        assert.deepEqual(converted.settings.websocket, {
            kind: "external",
            host: "soketi.example.com",
            port: 6001,
            appId: "1",
            appKey: "keepappkey",
        });
        assert.deepEqual(converted.secrets, { pusherSecret: "s3cret" });
        assert.deepEqual(converted.left, []);
        assert.deepEqual(await problems(stackOf(converted)), []);
    });

    for (const host of ["keep-websocket", "dev-keep-websocket.dev.svc.cluster.local", "/websocket"]) {
        it(`has no live updates with a host that browsers cannot reach: ${host}`, async () => {
            const converted = withoutSoketi({ PUSHER_APP_ID: "1", PUSHER_HOST: host });
            assert.deepEqual(converted.settings.websocket, { kind: "none" });
            assert.deepEqual(await problems(stackOf(converted)), []);
        });
    }
});
