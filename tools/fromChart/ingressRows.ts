import { at, type Change, converted, isRecord, list, moved, type Row, text } from "./row";

/** Kinds by the class or class type that the chart went by; its HAProxy dialect is that of haproxy-ingress. */
const KINDS: Readonly<Record<string, string>> = { nginx: "nginx", haproxy: "haproxy-ingress", traefik: "traefik" };

/** The rows of `global.ingress`. */
export const ingressRows: readonly Row[] = [
    converted("global.ingress.enabled", "keep:ingress.kind (none)", false, (value) =>
        value === false ? [{ set: "ingress", value: { kind: "none" } }] : [],
    ),
    converted(
        "global.ingress.className",
        "keep:ingress.kind, keep:ingress.className",
        "traefik",
        (value, values) => {
            if (at(values, "global.ingress.enabled") === false) {
                return [];
            }
            const kind = KINDS[text(at(values, "global.ingress.classType")) ?? text(value) ?? "nginx"];
            const name: Change[] =
                text(value) === undefined || text(value) === kind ? [] : [{ set: "ingress.className", value }];
            return kind === undefined
                ? [
                      ...name,
                      {
                          note: `global.ingress.className ${String(value)}: the chart made no Ingress for it; choose keep:ingress.kind.`,
                      },
                  ]
                : [{ set: "ingress.kind", value: kind }, ...name];
        },
        "nginx",
    ),
    converted("global.ingress.classType", "keep:ingress.kind", "nginx", () => []),
    moved("global.ingress.annotations", "ingress.annotations", { "example.com/owner": "ops" }),
    moved("global.ingress.websocketPrefix", "ingress.websocketPrefix", "/live"),
    moved("global.ingress.backendPrefix", "ingress.backendPrefix", "/keep-api"),
    moved("global.ingress.frontendPrefix", "ingress.frontendPrefix", "/"),
    converted(
        "global.ingress.hosts",
        "keep:publicUrl, keep:ingress.extraHosts",
        [{ host: "keep.example.com" }],
        (value, values) => {
            const scheme = list(at(values, "global.ingress.tls")).length > 0 ? "https" : "http";
            const [first, ...others] = list(value).flatMap((entry) =>
                isRecord(entry) ? (text(entry.host) ?? []) : [],
            );
            return [
                ...(first === undefined ? [] : [{ set: "publicUrl", value: `${scheme}://${first}` }]),
                ...(others.length === 0 ? [] : [{ set: "ingress.extraHosts", value: others }]),
            ];
        },
    ),
    converted(
        "global.ingress.tls",
        "keep:ingress.tls",
        [{ hosts: ["keep.example.com"], secretName: "keep-tls" }],
        (value) => {
            const [first] = list(value);
            const secretName = isRecord(first) ? text(first.secretName) : undefined;
            return first === undefined
                ? []
                : [
                      {
                          set: "ingress.tls",
                          value: secretName === undefined ? { defaultCertificate: true } : { secretName },
                      },
                  ];
        },
    ),
];
