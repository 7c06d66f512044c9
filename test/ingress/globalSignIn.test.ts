import { accepts } from "../support/refusals";
import { noauth, REWRITES_HEADERS, SIGN_IN, trusting } from "./signIns";

const global = (value: string) => ({ "nginx.ingress.kubernetes.io/enable-global-auth": value });

describe("the sign-in in the ConfigMap of ingress-nginx", () => {
    accepts({
        "turned off for all tiers, as another one is in front": {
            ...trusting,
            ingress: { kind: "nginx", annotations: global("false") },
        },
        "turned off for the API beside what overwrites the headers": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { backend: { ...global("false"), ...REWRITES_HEADERS } } },
        },
        ...Object.fromEntries(
            [trusting, { auth: noauth }].map((stack) => [
                `turned off for webhooks, with ${stack.auth.kind}`,
                {
                    ...stack,
                    ingress: { kind: "nginx" },
                    extraIngresses: [
                        {
                            name: "hooks",
                            hosts: ["hooks.example.com"],
                            tiers: ["backend"],
                            edgeSetsHeaders: true,
                            ingress: { kind: "nginx", annotations: global("false") },
                        },
                    ],
                },
            ]),
        ),
        "turned off for an API without a user interface": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { backend: global("false") } },
            frontend: { enabled: false },
        },
        "turned off for an API that has another one": {
            auth: noauth,
            ingress: { kind: "nginx", annotations: SIGN_IN, tierAnnotations: { backend: global("false") } },
        },
        "turned off for a user interface that has another one": {
            auth: noauth,
            ingress: { kind: "nginx", annotations: SIGN_IN, tierAnnotations: { frontend: global("false") } },
        },
        "turned off for the user interface beside what overwrites the headers": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { frontend: { ...global("false"), ...REWRITES_HEADERS } } },
        },
        "turned off for a user interface with sign-in in Keep": {
            ingress: { kind: "nginx", tierAnnotations: { frontend: global("false") } },
        },
        "turned off for live updates": {
            ...trusting,
            ingress: { kind: "nginx", tierAnnotations: { websocket: global("false") } },
        },
        "turned off for a user interface alone": {
            auth: noauth,
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    name: "ui",
                    hosts: ["ui.example.com"],
                    tiers: ["frontend"],
                    ingress: { kind: "nginx", annotations: global("false") },
                },
            ],
        },
        "with a value that the controller reads as true": {
            auth: noauth,
            ingress: { kind: "nginx", tierAnnotations: { backend: global("off") } },
        },
        "turned off for an API with API keys": {
            ingress: { kind: "nginx", tierAnnotations: { backend: global("false") } },
        },
    });
});
