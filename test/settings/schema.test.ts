import { accepts, refuses } from "../support/refusals";

describe("the settings of a stack", () => {
    refuses({
        "a missing public URL": [
            { publicUrl: undefined },
            "keep:publicUrl is missing. Set it to the address people will open, such as https://keep.example.com.",
        ],
        "a public URL with a path": [
            { publicUrl: "https://keep.example.com/keep" },
            'keep:publicUrl ("https://keep.example.com/keep") is not a plain origin. Write scheme, host and port alone, without a path or a trailing slash, such as https://keep.example.com; paths go to keep:ingress.',
        ],
        "a public URL that ends with a slash": [
            { publicUrl: "https://keep.example.com/" },
            'keep:publicUrl ("https://keep.example.com/") is not a plain origin. Write scheme, host and port alone, without a path or a trailing slash, such as https://keep.example.com; paths go to keep:ingress.',
        ],
        "a public URL without a scheme": [
            { publicUrl: "keep.example.com" },
            'keep:publicUrl ("keep.example.com") is not a plain origin. Write scheme, host and port alone, without a path or a trailing slash, such as https://keep.example.com; paths go to keep:ingress.',
        ],
        "a public URL with a user": [
            { publicUrl: "http://me@keep.example.com" },
            'keep:publicUrl ("http://…@keep.example.com") is not a plain origin. Write scheme, host and port alone, without a path or a trailing slash, such as https://keep.example.com; paths go to keep:ingress.',
        ],
        "a public URL that is none": [
            { publicUrl: "http://keep:port" },
            'keep:publicUrl ("http://keep:port") is not a URL. Write it like https://keep.example.com.',
        ],
        "a release that is no DNS label": [
            { release: "Keep" },
            'keep:release ("Keep") is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep.',
        ],
        "a release of digits": [
            { release: "123" },
            'keep:release ("123") is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep.',
        ],
        "a release that is too long": [
            { release: "k".repeat(41) },
            'keep:release ("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk") is longer than 40 characters. Shorten it.',
        ],
        "a release that is not text": [{ release: true }, "keep:release (true) is not text. Put it in quotes."],
        "a namespace that is no DNS label": [
            { namespace: { name: "my.keep" } },
            'keep:namespace.name ("my.keep") is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep.',
        ],
        "a namespace that is too long": [
            { namespace: { name: "n".repeat(64) } },
            'keep:namespace.name ("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn") is longer than 63 characters. Shorten it.',
        ],
        "an unknown Pod Security level": [
            { namespace: { podSecurity: "strict" } },
            'keep:namespace.podSecurity ("strict") is none of the known values. Use restricted, baseline, privileged, none.',
        ],
        "a namespace's create in quotes": [
            { namespace: { create: "yes" } },
            'keep:namespace.create ("yes") is not true or false. Write one of the two, without quotes.',
        ],
        "a namespace that is text": [
            { namespace: "keep" },
            'keep:namespace ("keep") is not an object. Write its fields, such as {name: value}.',
        ],
        "a label that is not text": [
            { labels: { team: ["a"] } },
            'keep:labels.team (["a"]) is not text. Write text, a number, true or false.',
        ],
        "labels that are a list": [
            { labels: ["team"] },
            'keep:labels (["team"]) is not an object of names and values. Write them as {name: value}.',
        ],
        "an unknown platform": [
            { platform: "nomad" },
            'keep:platform ("nomad") is none of the known values. Use kubernetes, openshift.',
        ],
        "a version with a v": [
            { version: "v0.54.2" },
            'keep:version ("v0.54.2") is not a version. Write it like 0.54.2, without a v.',
        ],
        "telemetry that is not true or false": [
            { telemetry: "on" },
            'keep:telemetry ("on") is not true or false. Write one of the two, without quotes.',
        ],
        "an unknown kind of auth": [
            { auth: { kind: "ldap" } },
            'keep:auth.kind ("ldap") has no known kind. Set kind to db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin or azuread.',
        ],
        "auth without a kind": [
            { auth: { username: "me" } },
            "keep:auth.kind is missing. Set it to db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin or azuread.",
        ],
        "auth that is text": [
            { auth: "db" },
            'keep:auth ("db") is not an object. Write its fields, such as {kind: db}.',
        ],
        "a first user with blanks": [
            { auth: { kind: "db", username: "the boss" } },
            'keep:auth.username ("the boss") is empty or contains whitespace. Name the first user, such as keep.',
        ],
        "an unknown kind of websocket": [
            { websocket: { kind: "pusher" } },
            'keep:websocket.kind ("pusher") has no known kind. Set kind to soketi, external or none.',
        ],
        "a websocket host with a scheme": [
            {
                websocket: { kind: "external", host: "wss://push.example.com", appId: "1", appKey: "k" },
                pusherSecret: "secret",
            },
            'keep:websocket.host ("wss://push.example.com") is not a host. Give a name or an address alone, such as db.example.com.',
        ],
        "a websocket port out of range": [
            {
                websocket: { kind: "external", host: "push.example.com", port: 65536, appId: "1", appKey: "k" },
                pusherSecret: "secret",
            },
            "keep:websocket.port (65536) is more than 65535. Use 65535 or less.",
        ],
        "a websocket application id of letters": [
            {
                websocket: { kind: "external", host: "push.example.com", appId: "app", appKey: "k" },
                pusherSecret: "secret",
            },
            'keep:websocket.appId ("app") is not a number. Keep\'s client takes digits only.',
        ],
        "a websocket application key with blanks": [
            {
                websocket: { kind: "external", host: "push.example.com", appId: "1", appKey: "a key" },
                pusherSecret: "secret",
            },
            'keep:websocket.appKey ("a key") is empty or has blanks. Give the key of the application.',
        ],
        "an external websocket without its fields": [
            { websocket: { kind: "external" }, pusherSecret: "secret" },
            "keep:websocket.host is missing. Give it text.",
            "keep:websocket.appId is missing. Give it text.",
            "keep:websocket.appKey is missing. Give it text.",
        ],
        "a setup that has too little time": [
            { setup: { timeoutSeconds: 59 } },
            "keep:setup.timeoutSeconds (59) is less than 60. Use 60 or more.",
        ],
        "a setup with a fraction of a retry": [
            { setup: { retries: 0.5 } },
            "keep:setup.retries (0.5) is not a whole number. Write digits alone, without quotes.",
        ],
        "a service account that is no name": [
            { serviceAccount: { name: "My Account" } },
            'keep:serviceAccount.name ("My Account") is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        ],
        "a backend without a process": [
            { backend: { processes: 0 } },
            "keep:backend.processes (0) is less than 1. Use 1 or more.",
        ],
        "a worker without a process": [
            { database: { kind: "postgres" }, redis: { kind: "bundled" }, worker: { processes: 0 } },
            "keep:worker.processes (0) is less than 1. Use 1 or more.",
        ],
        "a provisioning directory outside the repository": [
            { provision: { workflows: "/etc/workflows" } },
            'keep:provision.workflows ("/etc/workflows") is not a path inside this repository. Write it relative to Pulumi.yaml, such as provision/workflows.',
        ],
        "a setting of provision in text": [
            { provision: { installWebhooks: "no" } },
            'keep:provision.installWebhooks ("no") is not true or false. Write one of the two, without quotes.',
        ],
    });

    accepts({
        "a public URL with a port": { publicUrl: "http://keep.example.com:8080" },
        "the longest release": { release: "k".repeat(40) },
        "the longest namespace": { namespace: { name: "n".repeat(45) } },
        "a release called like a number's beginning": { release: "k8s-1" },
        "numbers and booleans where text is wanted": { labels: { tier: 1, critical: true } },
        "telemetry as text, as Pulumi hands it over": { telemetry: "true" },
        "a version with a suffix": { version: "0.54.2-rc.1" },
        "the shortest setup": { setup: { timeoutSeconds: 60, retries: 0 } },
        "the highest websocket port": {
            websocket: { kind: "external", host: "push.example.com", port: 65535, appId: "1", appKey: "k" },
            pusherSecret: "secret",
        },
    });
});
