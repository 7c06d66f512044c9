import { kinds } from "../../components/ingress/kinds";
import { redactedText } from "../../components/settings/redaction";
import { sizes } from "../../components/size/sizes";
import { UserError } from "../preview/userError";

/** Answers, as the user types them, by the name of the question. */
export type Answers = Readonly<Record<string, string>>;

/** One question about a new stack. */
export interface Question {
    /** Key of the answer in a file for `--answers`. */
    readonly name: string;
    readonly message: string;
    /** Possible answers; undefined: any text. */
    readonly choices?: readonly string[];
    readonly initial: string;
    /** Whether to ask it, by the earlier answers; undefined: always. */
    readonly isAsked?: (answers: Answers) => boolean;
    /** Settings that the answer implies, without `keep:`. */
    readonly settings: (answer: string, answers: Answers) => Readonly<Record<string, unknown>>;
}

const isYes = (answer: string | undefined) => answer === "yes";
const yesOrNo = ["yes", "no"];

/** The questions in order. All other settings have safe defaults. */
export const QUESTIONS: readonly Question[] = [
    {
        name: "publicUrl",
        message: "URL in the browser",
        initial: "http://keep.localhost",
        settings: (publicUrl) => ({ publicUrl }),
    },
    {
        name: "ingress",
        message: "Ingress controller of the cluster (docs/ingress.md)",
        choices: [...Object.keys(kinds), "external", "none"],
        initial: "traefik",
        settings: (kind, { publicUrl = "", certificate, clusterIssuer }) => ({
            ingress: {
                kind,
                ...(publicUrl.startsWith("https:") && kind !== "external" && kind !== "none"
                    ? { tls: certificate === "cert-manager" ? { clusterIssuer } : { [certificate ?? ""]: true } }
                    : {}),
            },
        }),
    },
    {
        name: "certificate",
        message: "Certificate for https",
        choices: ["cert-manager", "defaultCertificate", "terminatedOutside"],
        initial: "cert-manager",
        isAsked: ({ publicUrl = "", ingress = "" }) =>
            publicUrl.startsWith("https:") && !["external", "none"].includes(ingress),
        settings: () => ({}),
    },
    {
        name: "clusterIssuer",
        message: "ClusterIssuer of cert-manager",
        initial: "letsencrypt",
        isAsked: ({ certificate }) => certificate === "cert-manager",
        settings: () => ({}),
    },
    {
        name: "database",
        message: "Database in the cluster (for an external database, see docs/database.md)",
        choices: ["sqlite", "postgres", "mysql"],
        initial: "postgres",
        settings: (kind, { databaseSize }) => ({
            database: { kind, volume: { size: databaseSize, ...(kind === "sqlite" ? {} : { retain: true }) } },
        }),
    },
    { name: "databaseSize", message: "Size of its volume", initial: "20Gi", settings: () => ({}) },
    {
        name: "size",
        message: "Load (docs/sizing.md)",
        choices: sizes,
        initial: "small",
        settings: (size, { database }) => ({
            size,
            ...(size === "small" || database === "sqlite"
                ? {}
                : { redis: { kind: "bundled", volume: { size: "4Gi" } } }),
        }),
    },
    {
        name: "backup",
        message: "Nightly dumps to a volume",
        choices: yesOrNo,
        initial: "yes",
        isAsked: ({ database }) => database !== "sqlite",
        settings: (answer) => (isYes(answer) ? { backup: { kind: "volume" } } : {}),
    },
    {
        name: "retentionDays",
        message: "Days that alerts are kept, or forever",
        initial: "forever",
        settings: (days) => (days === "forever" ? {} : { retention: { days: Number(days) } }),
    },
    {
        name: "edgeNamespace",
        message: "Namespace of the ingress controller, for network policies, or none",
        initial: "none",
        isAsked: ({ ingress }) => ingress !== "none",
        settings: (namespace) =>
            namespace === "none" ? {} : { networkPolicy: { enabled: true, edge: [{ namespace }] } },
    },
];

/**
 * Settings that the answers imply, without `keep:`. Unanswered questions take their default.
 * @throws UserError that lists all unknown names and all invalid answers
 */
export function settingsOf(given: Answers): Record<string, unknown> {
    const unknown = Object.keys(given).filter((name) => !QUESTIONS.some((question) => question.name === name));
    const wrong = QUESTIONS.flatMap(({ name, choices }) => {
        const answer = given[name];
        return answer === undefined || choices === undefined || choices.includes(answer)
            ? []
            : [`${name} (${redactedText(answer)}) is not one of its choices. Set it to one of ${choices.join(", ")}.`];
    });
    const problems = [
        ...unknown.map(
            (name) =>
                `${redactedText(name)} is not a question. The questions are ${QUESTIONS.map((one) => one.name).join(", ")}.`,
        ),
        ...wrong,
    ];
    if (problems.length > 0) throw new UserError(problems.join("\n"));
    const answers: Record<string, string> = {};
    for (const { name, initial, isAsked } of QUESTIONS) {
        if (isAsked?.(answers) ?? true) answers[name] = given[name] ?? initial;
    }
    const set = QUESTIONS.flatMap(({ name, settings }) => {
        const answer = answers[name];
        return answer === undefined ? [] : Object.entries(settings(answer, answers));
    });
    return Object.fromEntries(set);
}
