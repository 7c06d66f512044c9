/** What makes a workflow valid. */
export const step = "steps:\n- name: say\n  provider:\n    type: console\n    with:\n      message: hi\n";
/** A workflow as Keep lists it. */
export const workflow = (name: string, raw: string, disabled = false) => ({
    id: `id-of-${name}`,
    name,
    workflow_raw: raw,
    disabled,
});
const mapping = (id: number, name: string, more: object = {}) => ({
    id,
    name,
    created_at: "2026-01-01T00:00:00",
    matchers: [["service"]],
    type: "csv",
    priority: 0,
    description: null,
    ...more,
});

/** Answers of Keep's API by path. */
export const ANSWERS: Readonly<Record<string, unknown>> = {
    "/workflows/query": {
        count: 3,
        results: [
            workflow("Say it!", `id: say\nname: Say it!\nat: '12:30'\n${step}`, true),
            workflow("say-it", `workflow:\n  id: say-it\n  disabled: true\n  ${step.replaceAll("\n", "\n  ")}`),
            workflow("other", `name: other\n${step}`),
        ],
    },
    "/mapping": [mapping(2, "teams"), mapping(1, "Équipes/2")],
    "/mapping/1": mapping(1, "Équipes/2", { rows: [{ service: "a", b: "1", a: "2" }] }),
    "/mapping/2": mapping(2, "teams", { rows: [{ service: "a" }] }),
    "/dashboard": [
        {
            id: "x",
            dashboard_name: "first",
            dashboard_config: {
                widget_data: [
                    { i: "w-1", preset: { name: "Team", id: "3", tags: [{ id: "a" }], countOfLastAlerts: 5 } },
                    { i: "w-2", preset: { id: "1" } },
                    { i: "w-3", preset: { name: "of another user", id: "9" } },
                    { i: "w-4" },
                ],
                layout: [{ y: 1, x: 0 }],
            },
            created_at: "2026",
        },
    ],
    "/maintenance": [
        { id: 1, name: "upgrade", cel_query: "x == 1", start_time: "2026-12-24T22:00:00.123", duration_seconds: 60 },
    ],
    "/preset": [
        { id: "1", name: "feed", options: [], is_private: false, static: true, tags: [] },
        { id: "2", name: "mine", options: [], is_private: true, tags: [] },
        {
            id: "3",
            name: "team",
            options: [{ label: "CEL", value: "x == 1" }],
            is_private: false,
            tags: [
                { id: "b", name: "b" },
                { id: "a", name: "a" },
            ],
        },
    ],
    "/deduplications": [
        { id: "1", name: "of Keep", default: true, provider_type: "grafana" },
        { id: "2", name: "of a file", default: false, is_provisioned: true, provider_type: "grafana" },
        {
            id: "3",
            name: "connected",
            default: false,
            provider_id: "p",
            provider_type: "grafana",
            fingerprint_fields: ["name"],
        },
        {
            id: "5",
            name: "linked by an id",
            default: false,
            provider_id: "eu",
            provider_type: "grafana",
            fingerprint_fields: ["name"],
        },
        {
            id: "4",
            name: "linked",
            default: false,
            provider_id: null,
            provider_type: "grafana",
            fingerprint_fields: ["name"],
        },
    ],
    "/providers": {
        installed_providers: [{ id: "p", type: "grafana", provisioned: true, details: { name: "my-grafana" } }],
    },
};

/** Answers of a Keep without anything, where they are no empty list. */
export const NOTHING: Readonly<Record<string, unknown>> = { "/providers": { installed_providers: [] } };
