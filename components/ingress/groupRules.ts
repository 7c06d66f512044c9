import { issue, type Issue } from "../fields/issue";
import { repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import { isListed } from "./accessTable";
import { balancerAnnotations } from "./alb";
import { clientCertificatesOf, listenersOf } from "./albListeners";
import { ALB_PREFIX } from "./annotationNames/alb";
import { words } from "./annotationNames/words";
import { readingKind } from "./annotationReaders";
import { GROUP } from "./genericRules";
import { type AllIngresses, type ExposedConfig, exposedIngresses } from "./settings";

/**
 * Conditions on ingresses of one group, which have a load balancer of AWS in common. Its controller rejects the whole
 * group if two of its Ingresses have another value for the same property ("Exclusive Annotations" in
 * docs/guide/ingress/annotations.md of kubernetes-sigs/aws-load-balancer-controller).
 */
export const groupRules: readonly Rule<AllIngresses>[] = [
    (settings) => {
        const found = repeated(exposedIngresses(settings).flatMap(propertiesOf), ({ group, property }) =>
            JSON.stringify([group, property]),
        ).filter(([one, first]) => one.text !== first.text);
        // An annotation can be in several Ingresses, and decide about several ports.
        return firstOfEach(found.map(([one, first]) => conflict(one, first)));
    },
];

/** A property of a load balancer, as a setting or an annotation has it. */
interface Property {
    readonly group: string;
    readonly property: string;
    /** Its value, alike for all texts that the controller reads alike. */
    readonly text: string;
    readonly path: readonly string[];
    /** The value in the stack file. */
    readonly value: string;
}

function conflict({ group, path, value }: Property, first: Property): Issue {
    return issue(
        path,
        `is not the value of keep:${first.path.join(".")} (${first.value}), but both are in the group ${group}. AWS's controller then changes nothing of its load balancer. Set the same value in both, or another ${GROUP} in one of them`,
        { value },
    );
}

/** Issues without those whose setting an earlier one has. */
function firstOfEach(issues: readonly Issue[]): Issue[] {
    const again = repeated(issues, ({ path }) => JSON.stringify(path)).map(([one]) => one);
    return issues.filter((one) => !again.includes(one));
}

/** An annotation of an Ingress: its path, or that of the setting that it is from. */
interface Given {
    readonly path: readonly string[];
    readonly name: string;
    readonly value: string;
}

/** The properties of the load balancer of an ingress, if it is in a group. */
function propertiesOf({ config, path, tiers }: ReturnType<typeof exposedIngresses>[number]): Property[] {
    return readingKind(config.kind, GROUP) === "alb"
        ? membersOf(config, path.split("."), tiers).flatMap((given) => {
              const annotations = Object.fromEntries(given.map(({ name, value }) => [name, value]));
              const { [GROUP]: group } = annotations;
              const all =
                  group === undefined || hasLater(group)
                      ? []
                      : given
                            .filter(({ value }) => !hasLater(value))
                            .flatMap((one) => propertiesFrom(one, group, annotations));
              // The program writes its attributes after those of the user, and the last one counts.
              return [...new Map(all.map((one) => [one.property, one])).values()];
          })
        : [];
}

/** The annotations of each Ingress that the program creates for an ingress: of all tiers, and of those with their own. */
function membersOf(config: ExposedConfig, at: readonly string[], tiers: readonly string[]): Given[][] {
    const { annotations, tierAnnotations, tls } = config;
    const given = (key: readonly string[], values: Readonly<Record<string, string>>) =>
        Object.entries(values).map(([name, value]): Given => ({ path: [...at, ...key, name], name, value }));
    const common = given(["annotations"], annotations);
    if (config.kind === "alb") {
        const written = balancerAnnotations(config, tls !== undefined && !tls.terminatedOutside);
        return [[...common, ...written.map(({ setting, ...one }) => ({ ...one, path: [...at, setting] }))]];
    }
    const own = Object.entries(tierAnnotations).filter(
        ([tier, values]) => tiers.includes(tier) && Object.keys(values).length > 0,
    );
    return [
        ...(own.length < tiers.length ? [common] : []),
        ...own.map(([tier, values]) => [
            ...common.filter(({ name }) => !Object.hasOwn(values, name)),
            ...given(["tierAnnotations", tier], values),
        ]),
    ];
}

/** The properties that an annotation sets, each with its value. */
type Reading = (value: string, listeners: ReturnType<typeof listenersOf>) => Readonly<Record<string, string>>;

const whole: Reading = (value) => ({ "": value });

/** strconv.ParseBool of Go */
const flag: Reading = (value) => ({ "": String(/^(1|t|true)$/i.test(value)) });

const list: Reading = (value) => ({ "": entriesOf(value).join() });

const set: Reading = (value) => ({ "": [...new Set(entriesOf(value))].sort().join() });

const attributes: Reading = (value) =>
    Object.fromEntries(
        entriesOf(value).map((entry) => {
            const [key = "", ...rest] = entry.split("=");
            return [key.trim(), rest.join("=").trim()];
        }),
    );

const securely: Reading = (value, { secure }) => Object.fromEntries(secure.map((port) => [port, value]));

const atPorts: Reading = (value, { all }) =>
    Object.fromEntries(all.map((port) => [port, [...new Set(entriesOf(value))].sort().join()]));

const clientCertificates: Reading = (value, { secure }) => {
    const found = clientCertificatesOf(value);
    return Object.fromEntries(secure.map((port) => [port, found.get(port) ?? ""]));
};

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
    [words("frontend-nlb-subnets frontend-nlb-tags subnets"), set],
    [words("listener-attributes.* load-balancer-attributes minimum-load-balancer-capacity tags"), attributes],
    [words("inbound-cidrs security-group-prefix-lists"), atPorts],
    [words("ssl-policy"), securely],
    [words("mutual-authentication"), clientCertificates],
];

/** The properties that an annotation sets. An empty value sets none. */
function propertiesFrom(
    { name, path, value }: Given,
    group: string,
    annotations: Readonly<Record<string, string>>,
): Property[] {
    const own = name.startsWith(`${ALB_PREFIX}/`) ? name.slice(ALB_PREFIX.length + 1) : "";
    const [, reading] = READINGS.find(([names]) => isListed(own, names)) ?? [];
    return Object.entries(reading?.(value, listenersOf(annotations)) ?? {})
        .filter(([, text]) => text !== "")
        .map(([part, text]) => ({
            group,
            property: `${name} ${part}`,
            text,
            path,
            value: path.includes(name) ? value : text,
        }));
}
