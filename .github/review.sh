#!/bin/sh
# A review stack, for GitHub and GitLab alike: `up` deploys the pull request NUMBER at https://keep-NUMBER.DOMAIN, `down` removes it,
# `sweep` removes those that nobody has deployed for HOURS hours (72). State is on PULUMI_BACKEND_URL, encrypted with
# PULUMI_CONFIG_PASSPHRASE; the cluster is KUBECONFIG_CONTENT's, or KUBECONFIG's.
# A stack starts from Pulumi.review.yaml where the repository has one, otherwise from Pulumi.dev.yaml. Values that are encrypted in this
# file must be encrypted with the same passphrase.
set -eu

fail() {
    echo "::error::$1"
    exit 1
}

[ -n "${PULUMI_BACKEND_URL:-}" ] || fail "PULUMI_BACKEND_URL is not set. Name a backend for the state of review stacks, such as s3://bucket."
[ -n "${PULUMI_CONFIG_PASSPHRASE:-}" ] || fail "PULUMI_CONFIG_PASSPHRASE is not set. It encrypts the generated passwords in the state."
if [ -n "${KUBECONFIG_CONTENT:-}" ]; then
    KUBECONFIG=$(mktemp)
    trap 'rm -f "$KUBECONFIG"' EXIT
    printf '%s' "$KUBECONFIG_CONTENT" > "$KUBECONFIG"
    export KUBECONFIG
fi
[ -n "${KUBECONFIG:-}" ] || fail "KUBECONFIG is not set, so there is no cluster to reach."
pulumi login "$PULUMI_BACKEND_URL" > /dev/null

# stacks <hours>: names of the review stacks that nobody has deployed for so long.
stacks() {
    pulumi stack ls --json | node -e '
        const [hours] = process.argv.slice(1).map(Number);
        const stacks = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        for (const { name, lastUpdate } of stacks) {
            const short = name.split("/").at(-1);
            const age = (Date.now() - Date.parse(lastUpdate ?? "1970-01-01T00:00:00Z")) / 3_600_000;
            if (short.startsWith("review-") && age >= hours) console.log(short);
        }' "$1"
}

# remove <stack>: every object, then the stack itself.
remove() {
    pulumi destroy --stack "$1" --yes --skip-preview --remove
}

# setting <path>: its value in $settings, an object as JSON; nothing where the stack file has none. Below a list, it has the values of all
# entries. A setting can be JSON in text.
setting() {
    printf '%s' "$settings" | node -e '
        const [key, ...names] = process.argv[1].split(".");
        let { value, objectValue } = JSON.parse(require("node:fs").readFileSync(0, "utf8"))["keep:" + key] ?? {};
        try {
            value = objectValue ?? JSON.parse(value);
        } catch {
            // It is a text, or not set.
        }
        const values = names.reduce((all, name) => all.flat().flatMap((one) => one?.[name] ?? []), [value ?? []].flat());
        for (const one of values) console.log(typeof one === "object" ? JSON.stringify(one) : one);' "$1"
}

# tell <text>: one comment on the pull request, where GitHub's CLI can write one.
tell() {
    { [ -n "${GH_TOKEN:-}" ] && [ -n "${GH_REPO:-}" ]; } || return 0
    mark='<!-- review stack -->'
    old=$(gh api --paginate "repos/$GH_REPO/issues/$NUMBER/comments" \
        --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$mark\"))) | .id" | sed -n 1p)
    if [ -n "$old" ]; then
        gh api --method PATCH "repos/$GH_REPO/issues/comments/$old" --raw-field "body=$mark$1" --silent
    else
        gh api "repos/$GH_REPO/issues/$NUMBER/comments" --raw-field "body=$mark$1" --silent
    fi
}

# refuse <reason>: ends a deployment, and says so on the pull request.
refuse() {
    tell "The review stack could not be deployed. The run's log says why." || true
    fail "$1"
}

case "${1:-}" in
up)
    stack=review-$NUMBER
    [ -n "${DOMAIN:-}" ] || fail "REVIEW_DOMAIN is not set. Name the domain whose hosts *.domain reach the cluster's ingress."
    [ -e Pulumi.review.yaml ] && base=Pulumi.review.yaml || base=Pulumi.dev.yaml
    if grep -Eq "^([^#]*[[:space:]{,])?[\"']?secure[\"']?:" "$base"; then
        cp "$base" "Pulumi.$stack.yaml"
    else
        # The salt or key of dev would require dev's passphrase, although there is nothing to decrypt.
        sed -E '/^(encryptionsalt|secretsprovider|encryptedkey):/d' "$base" > "Pulumi.$stack.yaml"
    fi
    { pulumi stack select --create "$stack" && settings=$(pulumi config --stack "$stack" --json --show-secrets); } ||
        refuse "$stack cannot read $base. If it has encrypted values (secure:), commit a Pulumi.review.yaml without such values, or encrypt them with the PULUMI_CONFIG_PASSPHRASE of this job."
    # What two installations cannot share (docs/several-keeps.md). Who writes a Pulumi.review.yaml may choose it.
    for key in database.kind redis.kind websocket.kind secretStore.kind secretStore.namespace elasticsearch.indexSuffix \
        database.volume.persistentVolume providers existingSecrets.providers ingress.extraHosts ingress.tierHosts.backend \
        ingress.tierHosts.websocket \
        extraIngresses.hosts extraIngresses.ingress.extraHosts extraIngresses.ingress.tierHosts.backend \
        extraIngresses.ingress.tierHosts.websocket; do
        case $base:$key:$(setting "$key") in
        Pulumi.dev.yaml:*.kind:external | Pulumi.dev.yaml:*.kind:vault | Pulumi.dev.yaml:*.kind:aws | Pulumi.dev.yaml:*.kind:gcp | \
            Pulumi.dev.yaml:*.indexSuffix:?* | Pulumi.dev.yaml:*.persistentVolume:?* | Pulumi.dev.yaml:*providers:?* | \
            Pulumi.dev.yaml:secretStore.namespace:?* | Pulumi.dev.yaml:*.hosts:?* | Pulumi.dev.yaml:*.extraHosts:?* | \
            Pulumi.dev.yaml:*.tierHosts.*:?*)
            refuse "keep:$key of $base is not for $stack, which would share it with dev: a pull request could migrate or damage dev's database, take its alerts or its requests, or overwrite its credentials or its webhooks. Commit a Pulumi.review.yaml without it, or with one that pull requests may share."
            ;;
        esac
    done
    [ "$base:$(setting namespace.create)" != Pulumi.dev.yaml:false ] ||
        refuse "keep:namespace.create of $base is false, so nothing would create the namespace keep-$stack. Commit a Pulumi.review.yaml without it."
    for key in ingress namespace; do
        printf '%s' "$settings" | node -e '
            const { value, objectValue } = JSON.parse(require("node:fs").readFileSync(0, "utf8"))["keep:" + process.argv[1]] ?? {};
            process.exit(value === undefined || objectValue !== undefined ? 0 : 1);' "$key" ||
            refuse "keep:$key of $base is an object in text, which $stack would replace. Write it as YAML."
    done
    pulumi config set --stack "$stack" keep:publicUrl "https://keep-$NUMBER.$DOMAIN"
    pulumi config set --stack "$stack" --path keep:namespace.name "keep-$stack"
    # The kinds without objects have no tls, and a file that has a certificate keeps it.
    case $(setting ingress.kind) in
    external | none) ;;
    *) [ -n "$(setting ingress.tls)" ] || pulumi config set --stack "$stack" --path keep:ingress.tls.terminatedOutside true ;;
    esac
    pulumi up --stack "$stack" --yes --skip-preview || refuse "pulumi up of $stack failed. Its output is above."
    tell "Review stack: $(pulumi stack output --stack "$stack" frontendUrl). It is removed when this pull request loses its label or is closed."
    ;;
down)
    # One that is gone already is no mistake.
    if stacks 0 | grep -x "review-$NUMBER" > /dev/null; then remove "review-$NUMBER"; fi
    ;;
sweep)
    for stack in $(stacks "${HOURS:-72}"); do remove "$stack"; done
    ;;
*)
    fail "usage: review.sh up|down|sweep"
    ;;
esac
