import { authVariables } from "../../auth/env";

/** Variables of the user interface, each with the setting that sets it. */
export const frontend: Readonly<Record<string, string>> = {
    ...authVariables("frontend"),
    API_URL: "keep:release",
    API_URL_CLIENT: "keep:ingress.backendPrefix",
    // Auth.js prefers these to the variables with NEXTAUTH (setEnvDefaults in @auth/core).
    AUTH_SECRET: "the program, which generates it",
    AUTH_URL: "keep:publicUrl",
    HOME: "the program",
    HOSTNAME: "the program",
    NEXTAUTH_SECRET: "the program, which generates it",
    NEXTAUTH_URL: "keep:publicUrl",
    NODE_ENV: "the image",
    NODE_EXTRA_CA_CERTS: "keep:extraCa",
    OPENAI_API_KEY: "keep:openaiApiKey",
    OPENAI_BASE_URL: "keep:openai.baseUrl",
    OPENAI_MODEL_NAME: "keep:openai.model",
    OPEN_AI_API_KEY: "keep:openaiApiKey",
    OPEN_AI_ORGANIZATION_ID: "keep:openai.organization",
    PORT: "the program",
    POSTHOG_DISABLED: "keep:telemetry",
    POSTHOG_KEY: "keep:telemetry",
    PUSHER_APP_KEY: "keep:websocket.appKey",
    PUSHER_DISABLED: "keep:websocket.kind",
    PUSHER_HOST: "keep:websocket.host",
    PUSHER_PORT: "keep:websocket.port",
    SENTRY_DISABLED: "keep:telemetry",
};
