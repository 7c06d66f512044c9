import { images as schema, type ImagesConfig, tagOf } from "./images";
import type { Rule } from "./rule";
import { issue } from "./issue";

interface ImagedSettings {
    readonly database: { readonly kind: string };
    readonly version: string;
    readonly images: ImagesConfig;
    readonly backend: { readonly image?: string };
    readonly frontend: { readonly image?: string };
}

const HARDENED = String.raw`dhi\.io/[^/]+`;

/**
 * Names of published images whose servers do not start by Docker's entrypoint. Their clients can make dumps.
 * - Red Hat: CMD run-postgresql and run-mysqld (Dockerfile.rhel9 of sclorg/postgresql-container and sclorg/mysql-container)
 * - Oracle: /entrypoint.sh, which writes to a directory that is read-only here (mysql-server/ of mysql/mysql-docker)
 * - images for the operators of CloudNativePG (its docs/src/container_images.md), Crunchy Data and Zalando (postgres-appliance/Dockerfile
 *   of zalando/spilo)
 * - Docker's Hardened Images, whose user is another one, and which create no database of MySQL (docker-hardened-images/catalog)
 */
const OTHER_ENTRYPOINTS = {
    postgres: published(
        `${HARDENED}|${redHats("postgresql")}|cloudnative-pg/postg[^/]*|crunchy-postgres[^/]*|spilo-[^/]*`,
    ),
    mysql: published(`${HARDENED}|${redHats("mysql")}|mysql/(mysql|community|enterprise)-(operator|server)[^/]*`),
} as const;

function published(names: string): RegExp {
    return new RegExp(`(^|/)(${names})$`);
}

function redHats(server: string): string {
    const project = String.raw`(rhel\d+|rhscl|sclorg|centos\d*|fedora|openshift)`;
    return String.raw`${project}/${server}[^/]*|${server}-\d+-(c\d+s|centos\d+|el\d+|rhel\d+)([:@].*)?`;
}

/** Conditions on images: servers start by Docker's entrypoint, and the API and the user interface have the same version. */
export const imageRules: readonly Rule<ImagedSettings>[] = [
    ({ database: { kind }, images }) => {
        const engine = kind === "postgres" || kind === "mysql" ? kind : undefined;
        return [
            engine !== undefined &&
                OTHER_ENTRYPOINTS[engine].test(images[engine]) &&
                issue(
                    `images.${engine}`,
                    `has another entrypoint than Docker's image, so the server would not start. Use an image such as ${schema.shape[engine].parse(undefined)}`,
                    { value: images[engine] },
                ),
        ];
    },
    ({ version, images, backend, frontend }) => {
        const [api, ui] = [images.backend, images.frontend].map((image) => tagOf(image) ?? version);
        return [
            backend.image === undefined &&
                frontend.image === undefined &&
                api !== ui &&
                issue(
                    "images",
                    `gives API and user interface different versions (${api} and ${ui}), which Keep does not support. Use keep:version for both. For a build of your own with a tag of its own, set keep:backend.image or keep:frontend.image`,
                ),
        ];
    },
];
