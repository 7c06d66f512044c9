import { hasLater } from "../tokens";
import { isListed } from "./accessTable";
import { clientCertificatesOf, listenersOf } from "./albListeners";
import { ALB_PREFIX } from "./annotationNames/alb";
import { words } from "./annotationNames/words";
import type { Given, Member } from "./albMembers";

/** A property of a load balancer, as a setting or an annotation has it. */
export interface Property {
    readonly property: string;
    /** Its value, alike for all texts that the controller reads alike. */
    readonly text: string;
    readonly given: Given;
}

/** The properties of its load balancer that an Ingress sets. */
export function propertiesOf({ given, annotations }: Member): Property[] {
    const all = given.filter(({ value }) => !hasLater(value)).flatMap((one) => propertiesFrom(one, annotations));
    // The program writes its attributes after those of the user, and the last one counts.
    return [...new Map(all.map((one) => [one.property, one])).values()];
}

/** The properties that an annotation sets, each with its value. */
type Reading = (value: string, listeners: ReturnType<typeof listenersOf>) => Readonly<Record<string, string>>;

const whole: Reading = (value) => ({ "": value });

/** strconv.ParseBool of Go */
const flag: Reading = (value) => ({ "": String(/^(1|t|true)$/i.test(value)) });

const list: Reading = (value) => ({ "": entriesOf(value).join() });

const set: Reading = (value) => ({ "": setOf(value) });

const attributes: Reading = (value) =>
    Object.fromEntries(
        entriesOf(value).map((entry) => {
            const [key = "", ...rest] = entry.split("=");
            return [key.trim(), rest.join("=").trim()];
        }),
    );

const securely: Reading = (value, { secure }) => Object.fromEntries(secure.map((port) => [port, value]));

const atPorts: Reading = (value, { all }) => Object.fromEntries(all.map((port) => [port, setOf(value)]));

const clientCertificates: Reading = (value, { secure }) => {
    const found = clientCertificatesOf(value);
    return Object.fromEntries(secure.map((port) => [port, found.get(port) ?? ""]));
};

/** The entries of a list whose order does not matter. */
function setOf(text: string): string {
    return [...new Set(entriesOf(text))].sort().join();
}

function entriesOf(text: string): string[] {
    return text
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "");
}

/**
 * Annotations of a whole load balancer, as the controller compares them: pkg/ingress/model_build_load_balancer.go,
 * model_build_load_balancer_attributes.go, model_build_load_balancer_addons.go, model_build_frontend_nlb.go,
 * model_build_tags.go, model_build_listener.go, and mergeListenPortConfigs in model_builder.go.
 */
const READINGS: readonly (readonly [names: readonly string[], reading: Reading])[] = [
    [
        words(`customer-owned-ipv4-pool frontend-nlb-scheme ip-address-type ipam-ipv4-pool-id load-balancer-name scheme
            ssl-redirect waf-acl-id wafv2-acl-arn wafv2-acl-name`),
        whole,
    ],
    [words("enable-frontend-nlb manage-backend-security-group-rules shield-advanced-protection"), flag],
    [words("frontend-nlb-security-groups security-groups"), list],
    [words("frontend-nlb-attributes frontend-nlb-subnets frontend-nlb-tags subnets"), set],
    [words("listener-attributes.* load-balancer-attributes minimum-load-balancer-capacity tags"), attributes],
    [words("inbound-cidrs security-group-prefix-lists"), atPorts],
    [words("ssl-policy"), securely],
    [words("mutual-authentication"), clientCertificates],
];

/** The properties that an annotation sets. An empty value sets none. */
function propertiesFrom(given: Given, annotations: Member["annotations"]): Property[] {
    const { name, value } = given;
    const own = name.startsWith(`${ALB_PREFIX}/`) ? name.slice(ALB_PREFIX.length + 1) : "";
    const [, reading] = READINGS.find(([names]) => isListed(own, names)) ?? [];
    return Object.entries(reading?.(value, listenersOf(annotations)) ?? {})
        .filter(([, text]) => text !== "")
        .map(([part, text]) => ({ property: `${name} ${part}`, text, given }));
}
