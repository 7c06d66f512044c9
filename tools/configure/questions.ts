import { kinds } from "../../components/ingress/kinds";
import { sizes } from "../../components/size/sizes";
import { UserError } from "../preview/userError";

/** Answers by question; text as a user types it. */
export type Answers = Readonly<Record<string, string>>;

/** One question about a new stack. */
export interface Question {
    /** Name of its answer in a file for `--answers`. */
    readonly name: string;
    readonly message: string;
    /** What can be chosen; any text where it is absent. */
    readonly choices?: readonly string[];
    readonly initial: string;
    /** Whether it is asked, given the answers before; it is unless said otherwise. */
    readonly isAsked?: (answers: Answers) => boolean;
    /** Settings that the answer sets, without `keep:`. */
    readonly settings: (answer: string, answers: Answers) => Readonly<Record<string, unknown>>;
}

const isYes = (answer: string | undefined) => answer === "yes";
const yesOrNo = ["yes", "no"];

/** The questions in their order. Every other setting has a default that is safe, or is in docs/configuration.md. */
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
        message: "Database in the cluster (docs/database.md has external ones)",
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
 * Settings that follow from answers, without `keep:`. A question that is not answered takes its first proposal.
 * @throws UserError naming every answer to no question, and every answer that is no choice
 */
export function settingsOf(given: Answers): Record<string, unknown> {
    const unknown = Object.keys(given).filter((name) => !QUESTIONS.some((question) => question.name === name));
    const wrong = QUESTIONS.flatMap(({ name, choices }) => {
        const answer = given[name];
        return answer === undefined || choices === undefined || choices.includes(answer)
            ? []
            : [`${name} (${answer}) is not a choice. Write one of ${choices.join(", ")}.`];
    });
    const problems = [
        ...unknown.map(
            (name) => `${name} is not a question. Known are ${QUESTIONS.map((one) => one.name).join(", ")}.`,
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
