/** Words of credentials that are part of no other word, as in `PGPASSWORD`, `AUTHTOKEN` and `MYAPIKEY`. */
const GLUED =
    /(PASSWORDS?|PASSWD|PASSPHRASE|PASSCODE|PWD|SECRETS?|TOKEN|CREDENTIALS?|(API|APP|ACCESS|ACCOUNT|AUTH|ENCRYPTION|MASTER|PRIVATE|SECRET|SIGNING)[_.-]?KEYS?)$/i;

/**
 * Last word of other names with a credential, such as `SMTP_PASS`; not of those with its file, address or id. A key is a
 * credential, unless the word before it says that it is public or only a name.
 */
const SECRET_NAME =
    /(^|[_.-])((DB|PG|SMTP|SSH)?PASS|PW|PAT|CONNECTION_STRING|REDIS(CLI)?_AUTH|VAULT_SECRET_ID|DOCKER_AUTH_CONFIG|(?<!(^|[_.-])(PUBLIC|PUBLISHABLE|SITE|KMS|ALERT|CACHE|DEDUP|DEDUPLICATION|FOREIGN|GROUP|IDEMPOTENCY|INCIDENT|LABEL|OBJECT|PARTITION|PRIMARY|SORT|ISSUE|PROJECT|SPACE|TEAM)[_.-])KEY)$/i;

/** What may follow: a number, a version, or which of several it is, as in `OPENAI_API_KEY_2` and `DB_PASS_RO`. */
const WHICH =
    /([_.-]?V?\d+|[_.-](PROD(UCTION)?|STAGING|STAGE|DEV|TEST|RO|RW|OLD|NEW|CURRENT|PREVIOUS|PRIMARY|SECONDARY|VALUE|BASE64|B64))+$/i;

/** A user and a password in one, as in `BASIC_AUTH`. Its other values are kinds of sign-in. */
const AUTH_NAME = /(^|[_.-])AUTH$/i;
const PAIR = /^[^\s:/]+:[^\s:/]/;

/** Keep reads each such variable as a provider with its credentials (keep/parser/parser.py, _parse_providers_from_env). */
const PROVIDER_NAME = /^KEEP_PROVIDER_(?!DISTRIBUTION_ENABLED$)/;

/** Keys that Pusher's clients send in each URL, variables that browsers get, limits, names of Secrets, and of clusters of etcd. */
const PUBLIC_NAME =
    /^SOKETI_DEFAULT_APP_KEY$|(^|_)PUSHER_APP_KEY$|^NEXT_PUBLIC_|(^|[_.-])(MAX|MIN)_TOKEN$|(EXISTING|PULL)_SECRETS?$|INITIAL[_-]CLUSTER[_-]TOKEN$|PUBLIC_?KEY_?TOKEN$/i;

/**
 * What such a variable contains if it is no credential: nothing, a switch, a path, a URL, a name in a cloud, a reference
 * that Kubernetes, a shell, a program or a template expands, a placeholder, or a key that is public, as in frontends.
 * `ENC[…]` is a reference of Datadog's agent (https://docs.datadoghq.com/agent/configuration/secrets-management/).
 */
const NO_SECRET =
    /^$|^(true|false|yes|no|on|off|[01])$|^[./~](?!(?=.*[A-Z])(?=.*\d)[\w+/]{38,}={0,2}$)|^[a-z][a-z\d+.-]*:\/\/|^arn:|\$[({]|^(\$\w+)+$|\{\{|^\{\w+\}|^%([%[]|\w+%)|^@([./~]|Microsoft\.)|^(>>)?vault:|@azurekeyvault(\?|$)|^(env|fd|file):|^stdin$|^no-?check$|^fetch$|^ENC\[|^p(hc|k)_|^<|^YOUR[_-]|^(\*{3,}|x{3,})$/i;

/**
 * Names of Secrets in Kubernetes or of a cloud, such as `TLS_SECRET` and `--existing-secret`. The words that are excluded
 * are those before the content of a secret, which people choose.
 */
const OBJECT_NAME =
    /(?<!(^AUTH|ACCESS|API|APP|CLIENT|CONSUMER|COOKIE|CSRF|ENCRYPTION|HASH|HMAC|JWT|MASTER|NEXTAUTH|OAUTH2?|OIDC|SESSION|SHARED|SIGNING|SSO|STATE|TOKEN|USER|WEBHOOK)[_.-])(?<=[_.-])(SECRETS?|CREDENTIALS)$/i;

/**
 * A name or path of words, as of objects in Kubernetes and secrets in clouds, also with a random suffix. Tokens mix more
 * letters and digits.
 */
const OBJECT =
    /^(?=.*[-/_])(([a-z]{1,24}(\d{1,4}[a-z]{0,3})?|\d{1,12})([-./_](?!$)|$)){1,16}((?<=[a-z]-)[a-z\d]{5,10})?$/;

/** Whether a variable with this value contains a credential, by its name. */
export function namesSecret(name: string, value: string): boolean {
    const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2");
    const base = words.replace(WHICH, "");
    const isSecret =
        GLUED.test(base) ||
        SECRET_NAME.test(base) ||
        PROVIDER_NAME.test(name) ||
        (AUTH_NAME.test(words) && PAIR.test(value));
    return isSecret && !PUBLIC_NAME.test(words) && !NO_SECRET.test(value) && !namesObject(base, value);
}

/** Options with the name of a Secret. People choose the value of `--admin-secret` (Hasura) and `--static-auth-secret` (coturn). */
const OBJECT_OPTION = /^--(?!(.*-)?(admin|auth)-secret$)/i;

/**
 * Whether a name says that its value is the name of a Secret, and the value looks like one. Options
 * take a word alone too, such as `--tls-secret wildcard`.
 */
export function namesObject(name: string, value: string): boolean {
    return OBJECT_NAME.test(name) && (isObjectName(value) || (OBJECT_OPTION.test(name) && /^[A-Za-z_]+$/.test(value)));
}

/** Whether a value is a name or path of words. */
export function isObjectName(value: string): boolean {
    return OBJECT.test(value);
}

/** Whether a value after the name of a credential is none, such as a path. */
export function isNoSecret(value: string): boolean {
    return NO_SECRET.test(value);
}
