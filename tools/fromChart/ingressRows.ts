import { isCertificate, isIssuer, issuerChanges } from "./issuer";
import {
    at,
    type Change,
    type ChartValues,
    converted,
    inVersions,
    isEmpty,
    isRecord,
    list,
    own,
    type Row,
    SAME,
    text,
    unread,
} from "./row";
import { valueOf } from "./variables";

/** Kinds by class or class type of the chart. Its annotations for HAProxy are those of haproxy-ingress. */
const KINDS: Readonly<Record<string, string>> = { nginx: "nginx", haproxy: "haproxy-ingress", traefik: "traefik" };

/** Switches of what makes an Ingress unnecessary. */
const EXPOSED_OTHERWISE = ["global.httpRoute.enabled", "frontend.route.enabled"];

const OFF = "global.ingress.enabled is false.";

/** A value of the Ingress, which has no effect without one. */
function ofIngress(name: string, key: string, example: unknown, changes: Row["changes"], initially?: unknown): Row {
    const value = `global.ingress.${name}`;
    return converted(
        value,
        key,
        example,
        (given, values) =>
            isEmpty(given)
                ? SAME
                : at(values, "global.ingress.enabled") === false && at(values, "global.httpRoute.enabled") !== true
                  ? [{ value, because: OFF }]
                  : changes(given, values),
        initially,
    );
}

function prefix(name: string, example: string): Row {
    const path = `ingress.${name}`;
    return ofIngress(name, `keep:${path}`, example, (value) => [{ set: path, value, from: `global.ingress.${name}` }]);
}

/** The rows of `global.ingress` and `global.httpRoute`. */
export const ingressRows: readonly Row[] = [
    converted("global.ingress.enabled", "keep:ingress.kind (none)", false, (value) =>
        value === false ? [{ set: "ingress.kind", value: "none" }] : SAME,
    ),
    converted(
        "global.ingress.className",
        "keep:ingress.kind, keep:ingress.className",
        "traefik",
        classChanges,
        "nginx",
    ),
    ofIngress("classType", "keep:ingress.kind", "nginx", (value) =>
        own(KINDS, String(value)) === undefined
            ? [{ value: "global.ingress.classType", because: `The chart has no templates for ${String(value)}.` }]
            : SAME,
    ),
    ofIngress(
        "annotations",
        "keep:ingress.annotations, keep:ingress.tls",
        { "example.com/owner": "ops" },
        annotationChanges,
    ),
    prefix("websocketPrefix", "/live"),
    prefix("backendPrefix", "/keep-api"),
    prefix("frontendPrefix", "/"),
    ofIngress("hosts", "keep:publicUrl, keep:ingress.extraHosts", [{ host: "keep.example.com" }], hostChanges),
    ofIngress("tls", "keep:ingress.tls", [{ hosts: ["keep.example.com"], secretName: "keep-tls" }], certificateChanges),
    ...inVersions({ since: "0.1.97" }, [
        converted("global.httpRoute.enabled", "keep:ingress.kind (gateway)", true, (value) =>
            value === true ? [{ set: "ingress.kind", value: "gateway", from: "global.httpRoute.enabled" }] : SAME,
        ),
        ofRoute("parentRefs", "keep:ingress.parentRef", [{ name: "public" }], parentChanges),
        ofRoute("hostnames", "keep:publicUrl, keep:ingress.extraHosts", ["keep.example.com"], (value, values) =>
            namesChanges(list(value), values, "global.httpRoute.hostnames"),
        ),
        ofRoute("annotations", "keep:ingress.annotations", { "example.com/owner": "ops" }, (value) => [
            { set: "ingress.annotations", value, from: "global.httpRoute.annotations" },
        ]),
    ]),
];

/** A value of the HTTPRoute, which has no effect without one. */
function ofRoute(name: string, key: string, example: unknown, changes: Row["changes"]): Row {
    const value = `global.httpRoute.${name}`;
    return converted(value, key, example, (given, values) =>
        isEmpty(given)
            ? SAME
            : at(values, "global.httpRoute.enabled") === true
              ? changes(given, values)
              : [{ value, because: "global.httpRoute.enabled is not true." }],
    );
}

/** The kind of the controller that the class type or the class names; undefined if the chart has no Ingress for it. */
export function kindOfClass(values: ChartValues): string | undefined {
    const name = text(at(values, "global.ingress.classType")) ?? text(at(values, "global.ingress.className"));
    return text(own(KINDS, name ?? ""));
}

function classChanges(value: unknown, values: ChartValues): readonly Change[] {
    const path = "global.ingress.className";
    if (at(values, "global.ingress.enabled") === false) {
        return isEmpty(value) || value === "nginx" ? SAME : [{ value: path, because: OFF }];
    }
    const kind = kindOfClass(values);
    if (kind === undefined && isEmpty(value) && EXPOSED_OTHERWISE.some((path) => at(values, path) === true)) {
        return SAME;
    }
    const name: Change[] =
        text(value) === undefined || text(value) === kind ? [] : [{ set: "ingress.className", value, from: path }];
    return kind === undefined
        ? [
              ...name,
              {
                  note: `${path} ${text(value) ?? "(empty)"}: the chart creates no Ingress for this class. ${at(values, "isGKE") === true ? "keep:ingress.kind is gce, because isGKE is true" : "Set keep:ingress.kind"}.`,
              },
          ]
        : [{ set: "ingress.kind", value: kind }, ...name];
}

/** Without snippets: only the chart needs them, and ingress-nginx rejects them by default. */
function annotationChanges(value: unknown, values: ChartValues): readonly Change[] {
    const entries = Object.entries(isRecord(value) ? value : {});
    const isSnippet = ([name]: [string, unknown]) => name.endsWith("-snippet") || name.endsWith("-snippets");
    const others = entries.filter((entry) => !isSnippet(entry) && !isIssuer(entry[0]) && !isCertificate(entry[0]));
    return [
        ...issuerChanges(value, values),
        ...entries.filter(isSnippet).map(([name]) => ({
            value: `global.ingress.annotations.${name}`,
            because:
                "Routing needs no snippet here, and ingress-nginx rejects snippets by default (allow-snippet-annotations). " +
                "If it does anything else, add it to keep:ingress.annotations.",
        })),
        ...entries
            .filter(([name]) => isCertificate(name))
            .map(([name]) => ({
                value: `global.ingress.annotations.${name}`,
                because:
                    "The program creates the Certificate itself. " +
                    "If you need this property, create a Certificate, and name its Secret in keep:ingress.tls.secretName.",
            })),
        ...(others.length === 0
            ? []
            : [
                  {
                      set: "ingress.annotations",
                      value: Object.fromEntries(others),
                      from: "global.ingress.annotations",
                  },
              ]),
    ];
}

function hostChanges(value: unknown, values: ChartValues): readonly Change[] {
    const path = "global.ingress.hosts";
    const hosts = list(value).map((entry) => text(own(entry, "host")));
    return [
        ...namesChanges(hosts, values, path),
        ...list(value).flatMap((entry, index) => unread(`${path}[${index}]`, entry, ["host"])),
    ];
}

/**
 * The first host is that of the public URL, as in the chart (charts/keep/templates/_helpers.tpl, keep.fullUrl), unless
 * NEXTAUTH_URL has another host.
 */
function namesChanges(names: readonly unknown[], values: ChartValues, from: string): readonly Change[] {
    const page = valueOf(values, "frontend", "NEXTAUTH_URL") ?? "";
    const hosts = names.flatMap((name) => text(name) ?? []);
    const [first, ...others] = URL.canParse(page)
        ? [undefined, ...hosts.filter((host) => host !== new URL(page).hostname)]
        : hosts;
    const changes: Change[] = [
        ...(first === undefined ? [] : [{ set: "publicUrl", value: `${scheme(values)}://${first}`, from }]),
        ...(others.length === 0 ? [] : [{ set: "ingress.extraHosts", value: others, from }]),
        ...names.flatMap((name, index) =>
            text(name) === undefined ? [{ value: `${from}[${index}]`, because: "It has no host." }] : [],
        ),
    ];
    return changes.length === 0 ? SAME : changes;
}

/** The scheme of the public URL: https with a certificate, or with a listener whose name suggests it. */
function scheme(values: ChartValues): "http" | "https" {
    const listeners = list(at(values, "global.httpRoute.parentRefs"));
    const isSecure = listeners.some((parent) => /https|tls/i.test(text(own(parent, "sectionName")) ?? ""));
    return list(at(values, "global.ingress.tls")).length > 0 ||
        (at(values, "global.httpRoute.enabled") === true && isSecure)
        ? "https"
        : "http";
}

function certificateChanges(value: unknown, values: ChartValues): readonly Change[] {
    const path = "global.ingress.tls";
    const [first, ...others] = list(value);
    const hosts = list(at(values, "global.ingress.hosts")).map((entry) => own(entry, "host"));
    const secretName = text(own(first, "secretName"));
    return [
        {
            set: "ingress.tls",
            value: secretName === undefined ? { defaultCertificate: true } : { secretName },
            from: path,
        },
        ...unread(`${path}[0]`, first, ["hosts", "secretName"]),
        // Without hosts, those of the certificate are the only ones in the values.
        ...(hosts.length === 0 ? namesChanges(list(own(first, "hosts")), values, `${path}[0].hosts`) : []),
        ...list(own(first, "hosts"))
            .filter((host) => hosts.length > 0 && !hosts.includes(host))
            .map((host) => ({
                value: `${path}[0].hosts`,
                because: `${JSON.stringify(host)} is not in global.ingress.hosts, so no rule serves it.`,
            })),
        ...others.map((other, index) => ({
            value: `${path}[${index + 1}]`,
            because: `keep:ingress.tls has one certificate for all hosts. It does not include ${text(own(other, "secretName")) ?? "this one"}.`,
        })),
    ];
}

function parentChanges(value: unknown): readonly Change[] {
    const path = "global.httpRoute.parentRefs";
    const [first, ...others] = list(value);
    const known = ["name", "namespace", "sectionName"];
    const parentRef = Object.fromEntries(
        Object.entries(isRecord(first) ? first : {}).filter(([field]) => known.includes(field)),
    );
    return [
        { set: "ingress.parentRef", value: parentRef, from: path },
        ...Object.keys(isRecord(first) ? first : {})
            .filter((field) => !known.includes(field))
            .map((field) => ({ value: `${path}[0].${field}`, because: "keep:ingress.parentRef has no such field." })),
        ...others.map((_other, index) => ({
            value: `${path}[${index + 1}]`,
            because: "An installation is attached to one Gateway.",
        })),
    ];
}
