import { type KindName, kinds } from "../../components/ingress/kinds";
import { AWS_CLASS } from "../../components/ingress/gatewayCertificates";
import { dnsName } from "../../components/fields/vocabulary";
import { sendsFromSubnets } from "../../components/network/rules";
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
    /** Possible answers after the earlier ones; undefined: any text. */
    readonly choices?: (answers: Answers) => readonly string[];
    /** Why the earlier answers rule out some choices, as the end of a sentence; undefined: they do not. */
    readonly because?: (answers: Answers) => string | undefined;
    readonly initial: string;
    /** Whether to ask it, by the earlier answers; undefined: always. */
    readonly isAsked?: (answers: Answers) => boolean;
    /** Settings that the answer implies, without `keep:`. */
    readonly settings: (answer: string, answers: Answers) => Readonly<Record<string, unknown>>;
}

const isYes = (answer: string | undefined) => answer === "yes";
const yesOrNo = () => ["yes", "no"];
const isHttps = ({ publicUrl = "" }: Answers) => publicUrl.startsWith("https:");

/** The kind of ingress that an answer names; undefined for those without objects. */
function kindOf({ ingress = "" }: Answers): (typeof kinds)[KindName] | undefined {
    return Object.hasOwn(kinds, ingress) ? kinds[ingress as KindName] : undefined;
}

/** Whether AWS Load Balancer Controller serves the new ingress or Gateway. */
function isAws({ ingress = "", gatewayClass = "" }: Answers): boolean {
    return ingress === "alb" || AWS_CLASS.test(gatewayClass);
}

/** Whether a cloud's load balancer sends requests directly to the pods, from addresses. */
function isBalanced({ ingress = "", gatewayClass = "" }: Answers): boolean {
    return ["alb", "gce"].includes(ingress) || gatewayClass.startsWith("gke-") || sendsFromSubnets(gatewayClass);
}

/** Whether a controller can route by the host of the public URL, which no controller does by an address. */
function hasDnsName({ publicUrl = "" }: Answers): boolean {
    return dnsName().safeParse(URL.parse(publicUrl)?.hostname ?? "").success;
}

/** Kinds that can serve a public URL: none for https. */
function ingressChoices(answers: Answers): string[] {
    return [...(hasDnsName(answers) ? Object.keys(kinds) : []), "external", ...(isHttps(answers) ? [] : ["none"])];
}

/** Load balancers of AWS read no Secrets, and a new Gateway of another class has no certificate of its own. */
function certificateChoices(answers: Answers): string[] {
    return [
        ...(isAws(answers) ? [] : ["cert-manager"]),
        ...(answers.ingress === "gateway" && !isAws(answers) ? [] : ["defaultCertificate"]),
        "terminatedOutside",
    ];
}

function policies(edge: readonly object[]) {
    return { networkPolicy: { enabled: true, edge } };
}

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
        choices: ingressChoices,
        because: (answers) => (hasDnsName(answers) ? undefined : "the host of publicUrl is no DNS name"),
        initial: "traefik",
        settings: (kind, answers) => {
            const { certificate, clusterIssuer, gatewayClass } = answers;
            const platform = kindOf(answers)?.platform;
            return {
                ...(platform === undefined ? {} : { platform }),
                ingress: {
                    kind,
                    ...(gatewayClass === undefined ? {} : { className: gatewayClass }),
                    ...(gatewayClass?.startsWith("gke-") === true ? { implementation: "gke" } : {}),
                    ...(certificate === undefined
                        ? {}
                        : { tls: certificate === "cert-manager" ? { clusterIssuer } : { [certificate]: true } }),
                },
            };
        },
    },
    {
        name: "gatewayClass",
        message: "GatewayClass of the new Gateway (for an existing Gateway, see docs/ingress.md)",
        // Not Traefik's, whose entry points do not have the ports of the new Gateway (docs/ingress.md).
        initial: "envoy",
        isAsked: ({ ingress }) => ingress === "gateway",
        settings: () => ({}),
    },
    {
        name: "certificate",
        message: "Certificate for https",
        choices: certificateChoices,
        initial: "cert-manager",
        isAsked: (answers) => isHttps(answers) && kindOf(answers) !== undefined,
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
        choices: () => ["sqlite", "postgres", "mysql"],
        initial: "postgres",
        settings: (kind, { databaseSize }) => ({
            database: { kind, volume: { size: databaseSize, ...(kind === "sqlite" ? {} : { retain: true }) } },
        }),
    },
    { name: "databaseSize", message: "Size of its volume", initial: "20Gi", settings: () => ({}) },
    {
        name: "size",
        message: "Load (docs/sizing.md)",
        // SQLite supports one API pod.
        choices: ({ database }) => (database === "sqlite" ? ["small"] : sizes),
        initial: "small",
        settings: (size) => ({
            size,
            ...(size === "small" ? {} : { redis: { kind: "bundled", volume: { size: "4Gi" } } }),
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
        settings: (days) =>
            days === "forever" ? {} : { retention: { days: /^\d+$/.test(days) ? Number(days) : days } },
    },
    {
        name: "edgeNamespace",
        message: "Namespace of the ingress controller, for network policies, or none",
        initial: "none",
        isAsked: (answers) => answers.ingress !== "none" && !isBalanced(answers),
        settings: (namespace) => (namespace === "none" ? {} : policies([{ namespace }])),
    },
    {
        name: "edgeRanges",
        message: "Ranges of the load balancer, such as 10.0.0.0/16,10.1.0.0/16, for network policies, or none",
        initial: "none",
        isAsked: isBalanced,
        settings: (ranges) =>
            ranges === "none" ? {} : policies(ranges.split(",").map((cidr) => ({ cidr: cidr.trim() }))),
    },
];

/** The default of a question: its initial answer, or the first one that the earlier answers leave. */
export function defaultOf({ choices, initial }: Question, answers: Answers): string {
    const left = choices?.(answers) ?? [initial];
    return left.includes(initial) ? initial : (left[0] ?? initial);
}

/**
 * Settings that the answers imply, without `keep:`. Unanswered questions take their default.
 * @throws UserError that lists all unknown names and all invalid answers
 */
export function settingsOf(given: Answers): Record<string, unknown> {
    const problems = Object.keys(given)
        .filter((name) => !QUESTIONS.some((question) => question.name === name))
        .map(
            (name) =>
                `${redactedText(name)} is not a question. The questions are ${QUESTIONS.map((one) => one.name).join(", ")}.`,
        );
    const answers: Record<string, string> = {};
    for (const question of QUESTIONS) {
        const { name, choices, because, isAsked } = question;
        const answer = given[name];
        if (!(isAsked?.(answers) ?? true)) {
            if (answer !== undefined) problems.push(`${name} does not apply to the other answers. Remove it.`);
            continue;
        }
        const left = choices?.(answers);
        if (answer !== undefined && left?.includes(answer) === false) {
            const reason = because?.(answers);
            problems.push(
                `${name} (${redactedText(answer)}) is not one of its choices${reason === undefined ? "" : `, because ${reason}`}. Set it to one of ${left.join(", ")}.`,
            );
        }
        answers[name] = answer ?? defaultOf(question, answers);
    }
    if (problems.length > 0) throw new UserError(problems.join("\n"));
    const set = QUESTIONS.flatMap(({ name, settings }) => {
        const answer = answers[name];
        return answer === undefined ? [] : Object.entries(settings(answer, answers));
    });
    return Object.fromEntries(set);
}
