import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

/** A stack in which every tier is there. */
const base: Written = { database: { kind: "postgres" }, redis: { kind: "bundled" } };

describe("user interface and Soketi", () => {
    it("listen on IPv6 as well on such a cluster", async () => {
        const hosts = async (written: Written) => {
            const { resources } = await deployKeep({ ...base, ...written });
            const { HOSTNAME } = envOf(mainContainer(resources, "frontend"));
            return [HOSTNAME, envOf(mainContainer(resources, "websocket")).SOKETI_HOST];
        };

        assert.deepEqual(await hosts({}), ["0.0.0.0", undefined]);
        assert.deepEqual(await hosts({ pods: { ipv6: true } }), ["::", "::"]);
    });
});

describe("every container", () => {
    it("requests the storage of its node that it uses, since some platforms lower the limit to that", async () => {
        const { resources } = await deployKeep({ ...base, retention: { days: 30 } });
        const requested = (component: string) =>
            mainContainer(resources, component).resources?.requests?.["ephemeral-storage"];

        for (const process of ["backend", "worker", "setup", "retention"]) {
            assert.equal(requested(process), "512Mi", process);
        }
        assert.deepEqual(["frontend", "websocket", "redis", "database"].map(requested), [
            "256Mi",
            "128Mi",
            "128Mi",
            "1Gi",
        ]);
    });
});

describe("gunicorn", () => {
    const shared = [
        "--preload",
        "-c",
        "python:keep.api.config",
        "--worker-tmp-dir",
        "/tmp",
        "--keep-alive",
        "4010",
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

    it("listens on IPv6 as well on such a cluster, or where the tier's Service has both families", async () => {
        const bindOf = async (tier: string, written: Written) => {
            const { args = [] } = mainContainer((await deployKeep({ ...base, ...written })).resources, tier);
            return args[args.indexOf("--bind") + 1];
        };
        const both = { service: { ipFamilyPolicy: "PreferDualStack" } };

        assert.equal(await bindOf("backend", { pods: { ipv6: true } }), "[::]:8080");
        assert.equal(await bindOf("worker", { pods: { ipv6: true } }), "[::]:8001");
        assert.equal(await bindOf("backend", { backend: both }), "[::]:8080");
        assert.equal(await bindOf("worker", { backend: both }), "0.0.0.0:8001");
    });

    it("runs the workers", async () => {
        const { resources, all } = await deployKeep({ ...base, worker: { processes: 3 } });

        const { command = [], args } = mainContainer(resources, "worker");
        assert.deepEqual(command.slice(0, 2), ["python", "-c"]);
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
