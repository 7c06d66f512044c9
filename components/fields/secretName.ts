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

/** Keys that Pusher's clients send in each URL, variables that browsers get, limits, and names of Secrets. */
const PUBLIC_NAME =
    /^(PUSHER|SOKETI_DEFAULT)_APP_KEY$|^NEXT_PUBLIC_|(^|[_.-])(MAX|MIN)_TOKEN$|(EXISTING|PULL)_SECRETS?$|PUBLIC_?KEY_?TOKEN$/i;

/**
 * What such a variable contains if it is no credential: nothing, a switch, a path, a URL, a name in a cloud, a reference
 * that Kubernetes, a shell, a program or a template expands, a placeholder, or a key that is public, as in frontends.
 */
const NO_SECRET =
    /^$|^(true|false|yes|no|on|off|[01])$|^[./~]|^[a-z][a-z\d+.-]*:\/\/|^arn:|\$[({]|^\$\w+$|\{\{|^\{\w+\}|^%|^@|^p(hc|k)_|^<|^YOUR[_-]|^(\*{3,}|x{3,})$/i;

/** Whether a variable with this value contains a credential, by its name. */
export function namesSecret(name: string, value: string): boolean {
    const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2");
    const base = words.replace(WHICH, "");
    const isSecret =
        GLUED.test(base) ||
        SECRET_NAME.test(base) ||
        PROVIDER_NAME.test(name) ||
        (AUTH_NAME.test(words) && PAIR.test(value));
    return isSecret && !PUBLIC_NAME.test(words) && !NO_SECRET.test(value);
}

/** Whether a value after the name of a credential is none, such as a path. */
export function isNoSecret(value: string): boolean {
    return NO_SECRET.test(value);
}
