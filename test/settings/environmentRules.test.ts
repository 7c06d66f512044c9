import { accepts } from "../support/refusals";

describe("what processes find in their environment", () => {
    accepts({
        "a model and its key": { openai: { model: "gpt-5" }, openaiApiKey: "k" },
        "a key with the usual model": { openaiApiKey: "k" },
        "a proxy that is told who asks, but no password": { proxy: { http: "http://me@proxy:3128" } },
    });
});
