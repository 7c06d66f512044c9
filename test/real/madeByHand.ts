/** What somebody makes in Keep by hand, with what files have to keep: an order of keys, YAML 1.1, characters, a switch. */
export const WORKFLOW = `workflow:
  id: say-hello
  name: Say "hello" – ümlaut
  description: Multi
  triggers:
    - type: interval
      value: 3600
  actions:
    - name: say
      provider:
        type: console
        with:
          at: "12:30"
          text: "yes"
          message: |
            {{ alert.name }}
            # no comment
`;
const RULE = {
    sqlQuery: { sql: "(name = :name_1)", params: { name_1: "x" } },
    celQuery: '(name == "x") || (severity == "critical" && source == "yes")',
    timeframeInSeconds: 600,
    timeUnit: "minutes",
    groupingCriteria: ["labels.queue"],
    groupDescription: "",
    resolveOn: "all_resolved",
    createOn: "all",
    incidentNameTemplate: "{{ alert.name }}: #1",
    threshold: 2,
};
/** Bodies by the path that creates them (keep/api/routes). */
export const MADE: Readonly<Record<string, object>> = {
    "/mapping": {
        name: "Teams / EU",
        description: "Who is on call",
        priority: 3,
        matchers: [["service", "region"]],
        rows: [{ service: "api", region: "eu", team: "012" }],
    },
    "/extraction": {
        name: "12:30",
        priority: 2,
        attribute: "{{ host }}",
        condition: 'source[0] == "x"',
        regex: '^(?P<service>[a-z]+)-\\d+: "(?P<no>.*)"$',
        pre: true,
    },
    "/rules": { ...RULE, ruleName: "Warteschlange – voll" },
    "/deduplications": {
        name: "by instance",
        description: "",
        provider_type: "prometheus",
        fingerprint_fields: ["name", "labels.instance"],
        full_deduplication: true,
        ignore_fields: ["lastReceived"],
    },
    "/maintenance": {
        name: "upgrade",
        description: "yes",
        cel_query: 'severity in ["low", "info"] && service == "db"',
        start_time: "2036-12-24T22:00:00.000Z",
        duration_seconds: 5400,
        suppress: true,
        ignore_statuses: [],
    },
    "/preset": {
        name: "Critical: EU",
        options: [{ label: "CEL", value: 'severity == "critical"' }],
        is_noisy: true,
        counter_shows_firing_only: false,
        tags: [{ name: "z" }, { name: "a" }],
    },
};
/** Providers of both Keeps, which a deduplication rule needs. */
export const PROVIDERS = { "my-prometheus": { type: "prometheus", authentication: { url: "http://127.0.0.1:9" } } };
