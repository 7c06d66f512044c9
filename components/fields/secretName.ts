/**
 * Last word of names with a credential, such as `SMTP_PASSWORD`; not of those with its file, address or id. A key is a
 * credential, unless the word before it says that it is public or only a name.
 */
const SECRET_NAME =
    /(^|[_.-])(PASS|PASSWORDS?|PASSWD|PWD|PASSPHRASE|SECRETS?|TOKEN|PAT|CREDENTIALS?|CONNECTION_STRING|(?<!(^|[_.-])(PUBLIC|PUBLISHABLE|SITE|KMS|CACHE|LABEL|OBJECT|PARTITION|PRIMARY|SORT)_)KEY|(API|ACCESS|SECRET|PRIVATE)_?KEYS?)$/i;

/** Keys of applications that Pusher's clients send in each URL, and variables that browsers get. */
const PUBLIC_NAME = /^(PUSHER|SOKETI_DEFAULT)_APP_KEY$|^NEXT_PUBLIC_/i;

/**
 * What such a variable contains if it is no credential: nothing, a switch, a path, a URL, a name in a cloud, a reference
 * that Kubernetes, a shell or a template expands, or a key that is public, as in frontends.
 */
const NO_SECRET = /^$|^(true|false|yes|no|on|off|[01])$|^[./~]|^[a-z][a-z\d+.-]*:\/\/|^arn:|\$[({]|\{\{|^p(hc|k)_/i;

/** Whether a variable with this value contains a credential, by its name. */
export function namesSecret(name: string, value: string): boolean {
    return SECRET_NAME.test(name) && !PUBLIC_NAME.test(name) && !NO_SECRET.test(value);
}

/** Whether a value after the name of a credential is none, such as a path. */
export function isNoSecret(value: string): boolean {
    return NO_SECRET.test(value);
}
