import * as z from "zod";

import { input } from "./fields/input";
import { httpUrl } from "./fields/url";
import type { Env } from "./kubernetes/env";
import type { Secrets } from "./secrets/secrets";

/** Model behind Keep's AI features. */
export const openai = z.strictObject({
    model: input(z.string().regex(/\S/, { error: "is empty. Set it to a model, or remove it" }))
        .optional()
        .describe("name of the model; default: Keep's own"),
    baseUrl: input(
        httpUrl("address of the API", "https://llm.example.com/v1", {
            // https://platform.openai.com/docs/api-reference
            endpoints: /\/((chat\/)?completions|embeddings|models|responses)$/,
        }).refine((url) => !/^https?:\/\/api\.openai\.com\/*$/.test(url), {
            error: "has no version. Write https://api.openai.com/v1, or remove it, because it is the default",
        }),
    )
        .optional()
        .describe("address of the API; default: OpenAI's"),
    organization: input(z.string().regex(/\S/, { error: "is empty. Set it to an id, or remove it" }))
        .optional()
        .describe("organization id"),
});

/** Model behind Keep's AI features, validated. */
export type OpenaiConfig = z.infer<typeof openai>;

/** Environment of the AI features; empty without an API key. */
export function openaiEnvironment({ model, baseUrl }: OpenaiConfig, { refs }: Secrets): Env {
    const key = refs.openaiApiKey;
    return key === undefined ? {} : { OPENAI_API_KEY: key, OPENAI_MODEL_NAME: model, OPENAI_BASE_URL: baseUrl };
}
