import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

/** A stack in which every tier is there. */
const base: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };

describe("gunicorn", () => {
    const shared = [
        "--preload",
        "-c",
        "python:keep.api.config",
        "--worker-tmp-dir",
        "/tmp",
        "--keep-alive",
        "75",
        "--graceful-timeout",
        "20",
    ];

    it("serves the API itself, so that it hears when it is to stop", async () => {
        const { resources } = await deployKeep({ ...base, backend: { processes: 4 } });

        const { command, args } = mainContainer(resources, "backend");
        assert.deepEqual(command, ["gunicorn"]);
        assert.deepEqual(args, [
            "keep.api.api:get_app",
            "--bind",
            "0.0.0.0:8080",
            "--workers",
            "4",
            "-k",
            "uvicorn.workers.UvicornWorker",
            ...shared,
        ]);
    });

    it("runs the workers", async () => {
        const { resources, all } = await deployKeep({ ...base, worker: { processes: 3 } });

        const { command, args } = mainContainer(resources, "worker");
        assert.deepEqual(command, ["gunicorn"]);
        assert.deepEqual(args, [
            "keep.api.arq_worker_gunicorn:create_app()",
            "--bind",
            "0.0.0.0:8001",
            "--workers",
            "3",
            "-k",
            "keep.api.arq_worker_gunicorn.ARQGunicornWorker",
            "--timeout",
            "120",
            ...shared,
        ]);
        assert.equal(
            all("Service").some(({ name }) => name === "keep-worker"),
            false,
        );
    });
});

describe("a worker", () => {
    it("runs the image that the stack gives the API, unless it has its own", async () => {
        const backend = { image: "registry.example.com/keep-api:mine" };
        const { resources } = await deployKeep({ ...base, backend });
        const own = await deployKeep({ ...base, backend, worker: { image: "registry.example.com/worker:1" } });

        assert.equal(mainContainer(resources, "worker").image, backend.image);
        assert.equal(mainContainer(own.resources, "worker").image, "registry.example.com/worker:1");
    });
});

describe("secret environment", () => {
    it("reaches its tier by a Secret, and stays out of the others", async () => {
        const { resources, one } = await deployKeep({
            ...base,
            secretEnv: '{"backend":{"TOKEN":"t-1"},"frontend":{"TOKEN":"t-2"}}',
        });

        assert.deepEqual(one("Secret", "keep.env").inputs.stringData, {
            "backend.TOKEN": "t-1",
            "frontend.TOKEN": "t-2",
        });
        assert.deepEqual(
            ["backend", "worker", "frontend", "websocket"].map((tier) => envOf(mainContainer(resources, tier)).TOKEN),
            ["Secret keep.env/backend.TOKEN", undefined, "Secret keep.env/frontend.TOKEN", undefined],
        );
    });
});
