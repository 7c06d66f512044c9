import { issue, type Issue } from "../fields/issue";
import { repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import { LISTEN_PORTS, listenersOf, SSL_REDIRECT } from "./albListeners";
import { type Balancer, balancersOf, type Given, type Member } from "./albMembers";
import { propertiesOf } from "./albProperties";
import { ALB_PREFIX, GROUP } from "./annotationNames/alb";
import type { AllIngresses } from "./settings";

/** Conditions on the Ingresses of one load balancer of AWS: of one ingress, or of several in one group. */
export const groupRules: readonly Rule<AllIngresses>[] = [
    (settings) => firstOfEach(balancersOf(settings).flatMap(conflicts)),
    (settings) => ignoredListIssues(balancersOf(settings)),
    (settings) => firstOfEach(balancersOf(settings).flatMap(redirectIssues)),
];

/** Issues without those whose setting an earlier one has: an annotation can be in several Ingresses. */
function firstOfEach(issues: readonly Issue[]): Issue[] {
    const again = repeated(issues, ({ path }) => JSON.stringify(path)).map(([one]) => one);
    return issues.filter((one) => !again.includes(one));
}

/**
 * Issues of two values for one property. The controller then rejects the whole group ("Exclusive Annotations" in
 * docs/guide/ingress/annotations.md of kubernetes-sigs/aws-load-balancer-controller).
 */
function conflicts({ group, members }: Balancer): Issue[] {
    return repeated(members.flatMap(propertiesOf), ({ property }) => property)
        .filter(([one, first]) => one.text !== first.text)
        .map(([{ given }, first]) =>
            issue(
                given.path,
                `is not the value of ${keyOf(first.given)} ({other}), but both are in the group ${group}. AWS's controller then changes nothing of its load balancer. Set the same value in both, or another ${GROUP} in one of them`,
                { value: given.setting, other: { path: first.given.path, value: first.given.setting } },
            ),
        );
}

/** The annotations with lists of who can reach a load balancer. */
const LISTS = [`${ALB_PREFIX}/inbound-cidrs`, `${ALB_PREFIX}/security-group-prefix-lists`];

/** An annotation with a list, and the groups beside which it has no effect. */
interface AccessList {
    readonly list: Given;
    readonly groups: Given | undefined;
    readonly isOther: boolean;
}

/**
 * Issues of access lists that the controller would put into a security group of its own, which it does not create
 * beside groups of any Ingress (buildLoadBalancerSecurityGroups in pkg/ingress/model_build_load_balancer.go). A list of
 * all tiers may apply at one load balancer and not at another.
 */
function ignoredListIssues(balancers: readonly Balancer[]): Issue[] {
    const all = balancers.flatMap(({ members }) =>
        members.flatMap(({ given }): AccessList[] => {
            const own = given.find(isGroups);
            const groups = own ?? members.flatMap((member) => member.given).find(isGroups);
            return given
                .filter(({ name, value }) => LISTS.includes(name) && value.trim() !== "")
                .map((list) => ({ list, groups, isOther: own === undefined }));
        }),
    );
    const applied = all.filter(({ groups }) => groups === undefined).map(({ list }) => keyOf(list));
    return firstOfEach(
        all.flatMap(({ list, groups, isOther }) =>
            groups === undefined || applied.includes(keyOf(list))
                ? []
                : [
                      issue(
                          list.path,
                          `has no effect beside ${keyOf(groups)}, whose groups alone decide who can reach the load balancer. Remove it, and add the addresses to a rule of these groups; or remove the groups${isOther ? `, or set another ${GROUP} in one of them` : ""}`,
                          { value: list.setting },
                      ),
                  ],
        ),
    );
}

function isGroups({ name, value }: Given): boolean {
    return name === `${ALB_PREFIX}/security-groups` && value.trim() !== "";
}

/**
 * Issues of Ingresses without https beside one that redirects: the controller creates no rules at all for http in their
 * group (buildListenerRules in pkg/ingress/model_build_listener_rules.go).
 */
function redirectIssues({ group, members }: Balancer): Issue[] {
    const redirect = members
        .flatMap(({ given }) => given)
        .find(({ name, value }) => name === SSL_REDIRECT && value !== "" && !hasLater(value));
    return redirect === undefined
        ? []
        : members.filter(isPlain).map(({ at, given, kind }) => {
              const ports = given.find(({ name }) => name === LISTEN_PORTS);
              return issue(
                  ports?.path ?? [...at, "annotations", LISTEN_PORTS],
                  `opens no port for https, but ${keyOf(redirect)} redirects all http requests of the group ${group} to https. AWS's controller then ignores the paths of this ingress. ${kind === "alb" ? `Set keep:${[...at, "tls", "defaultCertificate"].join(".")} to true` : 'Set it to [{"HTTPS":443}]'}, or set another ${GROUP} in one of them`,
                  kind === "alb" || ports === undefined ? {} : { value: ports.setting },
              );
          });
}

/** Whether an Ingress is known to listen by http alone. A redirect of its own means that its IngressClass has a certificate. */
function isPlain({ annotations }: Member): boolean {
    return (
        !hasLater(annotations) &&
        annotations[SSL_REDIRECT] === undefined &&
        listenersOf(annotations).secure.length === 0
    );
}

function keyOf({ path }: Given): string {
    return `keep:${path.join(".")}`;
}
