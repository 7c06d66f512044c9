import { isNoSecret, isObjectName, namesObject, namesSecret } from "./secretName";
import { commandBefore } from "./shellCommand";

/**
 * A URL with a password, or an address of Go's MySQL driver, anywhere in a text. Excludes ports before a path, and
 * references that Kubernetes, a shell or a template expands. The lengths are limited, so that matching is fast for any
 * text.
 */
const ADDRESS =
    /:\/\/[^\s:@/[\]]{0,256}:(?!\d{1,5}[/?#])(?!\$|\{\{)[^\s@"'`]{1,1024}@|[^\s:@/]{1,256}:(?!\$)[^\s@"'`]{1,1024}@(tcp|unix)\(/;

/** A header with a credential, as in the variable `OTEL_EXPORTER_OTLP_HEADERS`. */
const AUTHORIZATION = /\bauthorization["']?\s*[:=]\s*["']?(bearer|basic)(\s|%20)+(?!\$)[\w+/=.~-]{8,}/i;

/** The same as the whole value of a variable or header. The digit or padding sets a token apart from words. */
const SCHEME = /^(bearer|basic|token)(\s|%20)+(?=\S*[\d=])(?!\$|\{\{)\S{8,}$/i;

/** Headers with a credential, beside those that `namesSecret` knows, such as `X-API-KEY`. */
const HEADER_NAME = /^((proxy-)?authorization|cookie|.*-auth|x-honeycomb-team)$/i;

/** Words before a reference that Kubernetes, a shell or a template expands, as in `Token token=$(KEY)`. */
const WORDS = String.raw`(?:[A-Za-z-]{1,20}(?:[ \t=]|%20){1,4}){0,2}["']?(?=\$|\{\{)`;
const BEFORE_REFERENCE = new RegExp(`^${WORDS}`);

/** A header in all forms: its name, the name of a scheme, and the credential. */
const HEADER = String.raw`(?<name>[A-Za-z][\w-]{0,63})["']?`;
const BEFORE = String.raw`\\?["']?(?:(?:basic|bearer|bot|splunk|ssws|token|\w{0,16}key)[ \t]{1,4})?`;
const TOKEN = String.raw`(?<value>(?!\w{0,16}key[ \t])(?!${WORDS})[^\s,;&"'\x60]{8,})`;

/** In other text, only some names are surely of headers, and only a digit or padding sets a token apart from words. */
const OTHER_HEADER = String.raw`(?<![\w.-])(?=[A-Za-z]+-|authorization|apikey|cookie)${HEADER}`;
const OTHER_TOKEN = String.raw`(?=[^\s,;&"'\x60]{0,100}[\d=])${TOKEN}`;

/**
 * A header of a command (`curl -H`), of a directive of HAProxy (`set-header`) or NGINX (`proxy_set_header`), in other
 * text, or as a whole line, as in annotations of ingress controllers.
 */
const HEADERS: readonly RegExp[] = [
    String.raw`(?:(?:^|\s)(?:-[A-Za-z]{0,8}H|--header)[= ]?["']?|(?:set|add|replace)[-_]header[ \t]{1,8})${HEADER}[ \t]{0,4}[:\s][ \t]{0,8}${BEFORE}${TOKEN}`,
    String.raw`${OTHER_HEADER}:[ \t]{0,8}${BEFORE}${OTHER_TOKEN}`,
].map((form) => new RegExp(form, "gim"));

/** The same as a line of a proxy's configuration. */
const HEADER_LINE = new RegExp(
    String.raw`^[ \t]{0,16}${OTHER_HEADER}[ \t]{1,8}(?!-)${BEFORE}${OTHER_TOKEN}["']?[ \t]{0,8}$`,
    "gim",
);

/** Variables with headers, such as `OTEL_EXPORTER_OTLP_HEADERS`, and the headers with a credential among their pairs. */
const HEADERS_VARIABLE = /(^|_)HEADERS$/i;
const SECRET_HEADER = new RegExp(
    String.raw`(^|,)\s*[\w-]*(auth|key|token|secret|honeycomb-team)[\w-]*\s*=\s*(?!\s|${WORDS})[^,]{8,}`,
    "i",
);

/**
 * Forms of tokens, webhooks, signed URLs and keys that show what they are, whatever the name of the variable
 * (config/gitleaks.toml of gitleaks/gitleaks).
 */
const TOKENS: readonly RegExp[] = [
    /\bgh[oprsu]_[0-9A-Za-z]{36}|\bgithub_pat_\w{22,}|\bglpat-[\w-]{20}/,
    /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-\w+-\d+-\w+/i,
    /\bsk-(?=[\w-]*\d)[\w-]{20,}|\b[rs]k_(test|live|prod)_[0-9A-Za-z]{10,}/,
    /\bAIza[\w-]{35}|\bgl(c|sa)_[\w+/]{32,}|\bdop_v1_[0-9a-f]{64}|\bSG\.[\w=.-]{66}|\bnpm_[0-9A-Za-z]{36}|\bpul-[0-9a-f]{40}/,
    /\bA[KS]IA[A-Z2-7]{16}\b[^A-Za-z0-9][^]{0,64}?(?<![\w/+])[\w/+]{40}(?![\w/+])/,
    /\bhooks\.slack\.com\/(services|workflows|triggers)\/(?!\$)[\w/+]{20,}/,
    /\bdiscord(app)?\.com\/api\/webhooks\/\d+\/(?!\$)[\w-]{20,}|\.webhook\.office\.com\/webhookb2\/(?!\$|\{\{)\S{20,}/,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|\bhv[bs]\.[\w-]{20,}|\bATATT3[\w=-]{20,}|\bhf_[A-Za-z]{30,}/,
    /(?:\b|\/bot)\d{8,10}:AA[\w-]{33}(?![\w-])|\bkey-[0-9a-z]{32}\b|\.atlasv1\.[\w=-]{60,}/,
    /[?&]sig=[\w%+/=-]{20,}/,
    // A header beside its value in conditions, functions and escapes of proxies. Only its digits set the value apart from words.
    /(?:authorization|x[-_][a-z_-]{0,24}(?:key|token|auth)|api[-_]?key)[\s"'()[\]:,!=~\\%]{1,12}(?:(?:basic|bearer|token|values|str)[\s"'()[\]:,\\]{1,8})?(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|(?=[a-z+/_]{0,60}\d)(?=[\d+/_]{0,60}[a-z])[\w+/]{16,}|(?<=basic[\s\\]{1,4})[\w+/]{8,}=)/i,
    /:\/\/(?=[\w-]*\d)[\w-]{12,100}@([\w-]{1,63}\.){0,5}(bitbucket|github|gitlab)\./,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bLS0tLS1CRUdJTi(BQUklWQVRF|BSU0EgUFJJ|BFQyBQUklW|BPUEVOU1NI|BFTkNSWVBU)/,
];

/** A name and its value in a connection string, URL or command, also inside the value of another, in JSON, and in a line of YAML or of a quoted text. */
const PAIRS: readonly RegExp[] = [
    String.raw`(?<![\w.-]|--from-file=)(?<name>-{0,2}[A-Za-z][\w.-]{0,63})\s{0,2}=(?!=)\s{0,2}["']?(?!(?<=authorization\W{1,8})${WORDS})(?=(?<value>[^\s,;&"'\x60]{1,256}))`,
    String.raw`["'](?<name>[A-Za-z][\w.-]{0,63})\\?["']\s{0,2}:\s{0,2}(?:\\?["'])?(?<value>(?<=["'])[^"'\\]+|\d{1,64})`,
    String.raw`(?:^[ \t]{0,64}(?:- {1,8})?|["']|\\n *)["']?(?<name>[A-Za-z][\w.-]{0,63})["']?:[ \t]{1,64}["']?(?<value>(?<=["'])[^"'\\\n]{1,1024}(?=["'])|[^\s"'|>&*![\]{}#,\\][^\s"'\\]{0,1023}(?<!,))["']?(?=[ \t]{0,64}(?:#.*)?\r?$|["']|\\n)`,
].map((form) => new RegExp(form, "gim"));

/**
 * No values, but words of schemas, patterns, paths in a store of secrets, or code that reads the environment, a file or
 * a call, such as that of a function of SQL with a literal (`CONVERT(X'…'`).
 */
const NO_VALUE =
    /^(null|none|string|required|optional|not \w+)$|^[a-z]+\*$|^\(\?|^\w{1,30}\.\w*(key|password|secret|token)$|^:\w+$|^[A-Za-z_]+\([A-Za-z]?$|^(os\.environ|process\.env)\b|^(ENV\[|open\(|getenv\()|^(args|config|self|settings)\.[a-z]|^[A-Za-z_]\w*(\.\w+){1,4}\(|^[a-z][a-z\d_-]*(\/[a-z][a-z\d_-]*)+$/;

/**
 * Annotations by the name of a credential with hashes, paths in Vault, or names of Secrets: of charts, Vault's agent
 * (https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations), Dapr
 * (https://docs.dapr.io/reference/arguments-annotations-overview/) and F5's NGINX.
 */
const NO_CREDENTIAL_ANNOTATION =
    /^(checksum\/.*|vault\.hashicorp\.com\/agent-inject-.*|dapr\.io\/a(pi|pp)-token-secret|ingress\.pomerium\.io\/\w+_secret|nginx\.com\/jwt-key)$/;

/** Names of keys that can be of tables or tickets, so that only a random value is a credential. */
const OTHER_KEY = /(?<!(api|access|auth|csrf|encryption|master|private|secret|signing)[_.-]?)key$/i;
/** Names of keys that can be names in objects of Kubernetes. */
const OBJECT_KEY = /(?<!(api|access|csrf|private|signing)[_.-]?)key$/i;
const RANDOM = /^(?=.{0,60}\d)(?=.{0,60}[a-z])[a-z\d+/=]{16,}$|^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/** Names of passwords, which may be short. Other credentials have at least eight characters. */
const PASSWORD_NAME = /(pass(word|wd|phrase|code)?s?|pwd|pw)$/i;

/** The option of a command `gcloud` with the name of a secret (https://cloud.google.com/sdk/gcloud/reference/secrets/versions/access). */
const NAME_OF_SECRET = /(?<=\s)--secret(?=[=\s])/g;

/**
 * Options with a credential, such as `--client-secret`, `curl -u user:password`, `sshpass -p` and `redis-cli -a`, each
 * with the command that has it; without one, any command has it.
 */
const OPTIONS: readonly { readonly form: RegExp; readonly command?: RegExp }[] = [
    {
        form: /(?:^|\s)--?(?<option>(?!-?initial-cluster-token)[\w-]*(?:password|passwd|passphrase|pass|pwd|requirepass|secret|token|(?:access|account|api|app|encryption|license|master|private|secret|signing)-?key))[= ]["']?(?<value>[^\s"'-][^\s"']*)/gi,
    },
    {
        form: /(?<=\s)(?:-[A-Za-z]{0,8}u|--user)[= ]?["']?[^\s:"'$+][^\s:"'$]*:(?<value>[^\s"']+)/g,
        command: /\bcurl\s/,
    },
    { form: /\bsshpass\s+-p\s*["']?(?<value>[^\s"']+)/g },
    { form: /(?<=\s)(?:-a|--pass)[= ]["']?(?<value>[^\s"']+)/g, command: /\b(?:redis|valkey)-cli\s/ },
];

/** Whether a text contains a password, key or token, by its form. */
export function containsCredential(content: string): boolean {
    const text = withoutNames(content);
    return (
        // Both forms of an address contain @. Without it, most texts need no search for the longest form.
        (text.includes("@") && ADDRESS.test(text)) ||
        [AUTHORIZATION, ...TOKENS].some((form) => form.test(text)) ||
        [...PAIRS, ...HEADERS, HEADER_LINE].some((form) =>
            [...text.matchAll(form)].some(({ groups }) => isSecretPair(groups?.name, groups?.value)),
        )
    );
}

/** A text in which the names of Google's secrets follow an option of the same length that says nothing of secrets. */
function withoutNames(text: string): string {
    const isName = (at: number) => /\bgcloud\s/.test(commandBefore(text, at));
    return text.includes("gcloud")
        ? text.replace(NAME_OF_SECRET, (option, at: number) => (isName(at) ? "--object" : option))
        : text;
}

/** Whether a name and its value in other content are a credential. Short values are names, but for passwords. */
export function isSecretPair(name = "", value = ""): boolean {
    return (
        isNamedSecret(name, value) ||
        (value.length >= 8 &&
            HEADER_NAME.test(name) &&
            !(name.startsWith("-") && isMethod(value)) &&
            !isNoSecret(credentialOf(value)) &&
            (value.includes("=") || !/^cookie$/i.test(name)))
    );
}

/**
 * Whether the value of an option such as `--default-auth` is a method of sign-in: words, also with a number, such as
 * `mysql_native_password` and `SCRAM-SHA-256` (https://dev.mysql.com/doc/refman/8.4/en/pluggable-authentication.html).
 */
function isMethod(value: string): boolean {
    const words = /[a-z]/.test(value) ? value : value.toLowerCase();
    return !/[\d=]/.test(value) || isObjectName(`method/${words}`);
}

/** Keys are random, so that words are names, as in `topologyKey` and `secretKey` of objects of Kubernetes. */
function isNamedSecret(name: string, value: string): boolean {
    const isLong = value.length >= 8 && !/^-{0,2}key$/i.test(name);
    return (
        (isLong || PASSWORD_NAME.test(name)) &&
        namesSecret(name.replace(/^-(?!-)/, "--").replace(/^(secret|credentials)$/, "_$1"), value) &&
        !NO_VALUE.test(value) &&
        !(OBJECT_KEY.test(name) && isObjectName(value)) &&
        (RANDOM.test(value) || !OTHER_KEY.test(name))
    );
}

/** The value of a header without the words before its credential. */
function credentialOf(value: string): string {
    return value.replace(BEFORE_REFERENCE, "").replace(/^\w+\s+/, "");
}

/** Whether an annotation or label is a credential, by its name. */
export function isSecretAnnotation(name: string, value: string): boolean {
    const words = name.replaceAll("/", ".");
    return (
        !NO_CREDENTIAL_ANNOTATION.test(name) &&
        !namesObject(words, `secret/${value}`) &&
        (isNamedSecret(words, value) || SCHEME.test(value))
    );
}

/** Whether the value of a variable or header is a credential, by both. */
export function isCredential(name: string, value: string): boolean {
    return (
        namesSecret(name, value) ||
        isSecretPair(name, value) ||
        SCHEME.test(value) ||
        (HEADERS_VARIABLE.test(name) && SECRET_HEADER.test(value)) ||
        containsCredential(value)
    );
}

/** Whether the last word of a command is, or contains, a credential of an option. */
export function endsInCredential(words: readonly string[]): boolean {
    const line = withoutNames(words.join(" "));
    const start = line.length - (words.at(-1)?.length ?? 0);
    return (
        containsCredential(line.slice(start)) ||
        [...OPTIONS, ...HEADERS.map((form) => ({ form, command: undefined }))].some(({ form, command }) =>
            [...line.matchAll(form)].some(
                ({ 0: found, index, groups: { name, option = "", value = "" } = {} }) =>
                    index + found.length > start &&
                    command?.test(commandBefore(line, index)) !== false &&
                    (name === undefined
                        ? !isNoSecret(value) &&
                          !namesObject(`--${option}`, value) &&
                          (/api-?key$/i.test(option) || !/key$/i.test(option) || RANDOM.test(value))
                        : isSecretPair(name, value)),
            ),
        )
    );
}
