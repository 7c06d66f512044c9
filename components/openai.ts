import * as z from "zod";

import { input } from "./fields/input";
import { type Destinations, type Egress, hostOf, peersFor, portOf } from "./fields/traffic";
import { httpUrl } from "./fields/url";
import type { Env } from "./kubernetes/env";
import type { ExistingSecrets } from "./secrets/existing";
import type { Secrets } from "./secrets/secrets";
import type { ConfiguredSecrets } from "./secrets/settings";

/** Addresses of services that speak OpenAI's protocol below another path, and the right form. */
const BELOW_A_PATH: readonly (readonly [address: RegExp, right: string])[] = [
    // https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
    [
        /^https?:\/\/[^/]+\.(openai|cognitiveservices|services\.ai)\.azure\.com(?!(\/api\/projects\/[^/]+)?\/openai\/v1$)/,
        "https://example.openai.azure.com/openai/v1",
    ],
    // https://ai.google.dev/gemini-api/docs/openai
    [
        /^https?:\/\/generativelanguage\.googleapis\.com(?!\/v1(beta)?\/openai$)/,
        "https://generativelanguage.googleapis.com/v1beta/openai",
    ],
    // https://platform.openai.com/docs/guides/your-data#data-residency
    [/^https?:\/\/(eu|us)\.api\.openai\.com(?!\/v1$)/, "https://eu.api.openai.com/v1"],
    // https://console.groq.com/docs/openai
    [/^https?:\/\/api\.groq\.com(?!\/openai\/v1$)/, "https://api.groq.com/openai/v1"],
    // https://openrouter.ai/docs/quickstart
    [/^https?:\/\/openrouter\.ai(?!\/api\/v1$)/, "https://openrouter.ai/api/v1"],
    // https://docs.mistral.ai/api
    [/^https?:\/\/api\.mistral\.ai\/*$/, "https://api.mistral.ai/v1"],
    // https://platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk
    [/^https?:\/\/api\.anthropic\.com\/*$/, "https://api.anthropic.com/v1"],
    // https://docs.x.ai
    [/^https?:\/\/api\.x\.ai\/*$/, "https://api.x.ai/v1"],
    // https://docs.together.ai/docs/openai-api-compatibility
    [/^https?:\/\/api\.together\.(ai|xyz)\/*$/, "https://api.together.xyz/v1"],
    // https://docs.fireworks.ai/tools-sdks/openai-compatibility
    [/^https?:\/\/api\.fireworks\.ai(?!\/inference\/v1$)/, "https://api.fireworks.ai/inference/v1"],
    // https://docs.ollama.com/api/openai-compatibility
    [/^https?:\/\/[^/]+:11434(\/api)?$/, "http://ollama.example.com:11434/v1"],
];

function rightForm(url: string): string | undefined {
    return BELOW_A_PATH.find(([address]) => address.test(url))?.[1];
}

/** Model behind Keep's AI features. */
export const openai = z.strictObject({
    model: input(z.string().regex(/\S/, { error: "is empty. Set it to a model, or remove it" }))
        .optional()
        .describe(
            "name of the model; default: Keep's own. For one that rejects a temperature, such as gpt-5, set KEEP_AI_DISABLE_TEMPERATURE to true in `env` of backend and worker",
        ),
    baseUrl: input(
        httpUrl("address of the API", "https://llm.example.com/v1", {
            // https://platform.openai.com/docs/api-reference
            endpoints: /\/((chat\/)?completions|embeddings|models|responses)$/,
        })
            .refine((url) => !/^https?:\/\/api\.openai\.com\/*$/.test(url), {
                error: "has no version. Write https://api.openai.com/v1, or remove it, because it is the default",
            })
            .refine((url) => rightForm(url) === undefined, {
                error: ({ input }) =>
                    `is not the address of an API that is compatible with OpenAI's. Write it like ${rightForm(String(input)) ?? ""}`,
            }),
    )
        .optional()
        .describe("address of the API; default: OpenAI's"),
    // Sent as a header.
    organization: input(
        z.string().regex(/^[!-~]+$/, {
            error: "is empty, or contains whitespace or characters outside ASCII. Set it to an id, or remove it",
        }),
    )
        .optional()
        .describe("organization id"),
});

/** Model behind Keep's AI features, validated. */
export type OpenaiConfig = z.infer<typeof openai>;

interface ModelSettings {
    readonly existingSecrets: ExistingSecrets;
    readonly openai: OpenaiConfig;
    readonly secrets: ConfiguredSecrets;
}

/** The URL of the model; undefined without an API key. */
export function modelUrl({ existingSecrets, openai, secrets }: ModelSettings): string | undefined {
    return secrets.openaiApiKey === undefined && existingSecrets.openaiApiKey === undefined
        ? undefined
        : (openai.baseUrl ?? "https://api.openai.com");
}

/**
 * Connections to the model: of the API, for suggestions and reports (keep/api/bl/ai_suggestion_bl.py, incident_reports.py),
 * and of the assistant in the user interface.
 */
export function openaiEgress(
    settings: ModelSettings & { readonly networkPolicy: { readonly destinations: Destinations } },
): Egress[] {
    const url = modelUrl(settings);
    const { openai } = settings.networkPolicy.destinations;
    return url === undefined
        ? []
        : [{ from: ["backend", "frontend"], to: peersFor(openai, [portOf(url)], hostOf(url)) }];
}

/** Environment of the AI features; empty without an API key. */
export function openaiEnvironment({ model, baseUrl }: OpenaiConfig, { refs }: Secrets): Env {
    const key = refs.openaiApiKey;
    return key === undefined ? {} : { OPENAI_API_KEY: key, OPENAI_MODEL_NAME: model, OPENAI_BASE_URL: baseUrl };
}
