import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { become, listOf } from "./variableCases";

describe("from-chart's variables of the workers", () => {
    become({
        "the processes of the workers": [
            {
                DATABASE_CONNECTION_STRING: "mysql+pymysql://keep:pw@db.example.com/keep",
                REDIS: "true",
                REDIS_HOST: "redis",
                KEEP_WORKERS: 4,
                ARQ_WORKER_TIMEOUT: "600",
                LOG_LEVEL: "DEBUG",
            },
            {},
            {
                settings: {
                    backend: { env: { LOG_LEVEL: "DEBUG" } },
                    worker: { processes: 4, env: { LOG_LEVEL: "DEBUG" } },
                },
                left: { "backend.env ARQ_WORKER_TIMEOUT": /^Set by the program, unless keep:worker\.args/ },
            },
        ],
        "workers that are off": [
            { KEEP_WORKERS: 4 },
            {},
            { settings: { worker: undefined }, left: { "backend.env KEEP_WORKERS": /REDIS is not true/ } },
        ],
    });

    it("name the origin of the number of processes", () => {
        const env = listOf({ REDIS: "true", REDIS_HOST: "redis" });
        const notesOf = (...others: unknown[]) => convert({ backend: { env: [...env, ...others] } }).notes.join("\n");

        assert.match(notesOf({ name: "KEEP_WORKERS", value: "4" }), /keep:worker\.processes is KEEP_WORKERS/);
        assert.doesNotMatch(notesOf(), /KEEP_WORKERS/);
    });
});
