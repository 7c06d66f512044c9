import * as z from "zod";

import { input } from "./fields/input";
import { httpUrl } from "./fields/url";
import type { Env } from "./kubernetes/env";
import type { Secrets } from "./secrets/secrets";

/** Model behind Keep's AI features. */
export const openai = z.strictObject({
    model: input(z.string()).optional().describe("name of the model; default: Keep's own"),
    baseUrl: input(httpUrl("address of the API", "https://llm.example.com/v1"))
        .optional()
        .describe("address of the API; default: OpenAI's"),
    organization: input(z.string()).optional().describe("organization id"),
});

/** Model behind Keep's AI features, validated. */
export type OpenaiConfig = z.infer<typeof openai>;

/** Environment of the AI features; empty without an API key. */
export function openaiEnvironment({ model, baseUrl }: OpenaiConfig, { refs }: Secrets): Env {
    const key = refs.openaiApiKey;
    return key === undefined ? {} : { OPENAI_API_KEY: key, OPENAI_MODEL_NAME: model, OPENAI_BASE_URL: baseUrl };
}
