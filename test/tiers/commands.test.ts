import { accepts } from "../support/refusals";

describe("the command of a tier", () => {
    accepts({
        "gunicorn's configuration by its module or by its path in the image": {
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            backend: { args: ["keep.api.api:get_app", "-c", "python:keep.api.config"] },
            worker: { args: ["-c", "/venv/lib/python3.13/site-packages/keep/api/config.py"] },
        },
        "a path of another Python in a build of your own or another version": {
            backend: {
                image: "registry.example.com/keep-api:1",
                args: ["-c", "/venv/lib/python3.11/site-packages/keep/api/config.py"],
            },
        },
    });
});
