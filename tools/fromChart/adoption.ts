import { type AdoptConfig, chartClaim, chartFullname } from "../../components/adoption/settings";
import { UserError } from "../preview/userError";
import { databaseUrl, EXPANDED } from "./databaseUrl";
import { readSecret } from "./readSecret";
import { at, type Change, type ChartValues, list, own, type SecretReference, text } from "./row";
import { parseSqlalchemyUrl } from "./sqlalchemyUrl";

/** A running release whose data the stack adopts. */
export type Adoption = Pick<AdoptConfig, "helmRelease" | "namespace">;

/** Credentials with which Keep logs in to the chart's database server. */
interface SignIn {
    readonly make: "mysql" | "postgres";
    readonly user: string;
    /** Undefined: no password, as with the chart's default user root of MySQL. */
    readonly password: SecretReference | string | undefined;
    readonly database: string;
    /** Whether the server's pod has the password of root in MYSQL_ROOT_PASSWORD. */
    readonly hasRootPassword: boolean;
}

/** Default URLs of the chart (charts/keep/values.yaml, `backend.env` and its comment). */
const DEFAULT_URLS: Readonly<Record<SignIn["make"], string>> = {
    mysql: "mysql+pymysql://root@keep-database:3306/keep",
    postgres: "postgresql+psycopg2://postgres:mysecretpassword@keep-database:5432/keep",
};

/** Replaces a user without a password. */
const NEW_USER = "keep";

/** MySQL's image sets the password when it creates the data, and ignores the variable later. */
const ROOT_PASSWORD =
    "The steps below log in with MYSQL_ROOT_PASSWORD, but Keep without a password. If the server denies access, leave MYSQL_PWD out.";

/** Settings that adopt the data of a release. They are applied after those of the values. */
export function adoptionChanges(values: ChartValues, adoption: Adoption): Change[] {
    const adopt = adoptConfig(values, adoption);
    const settings: Change[] = [
        { set: "adopt", value: adopt },
        { set: "release", value: chartFullname(adopt) },
        // Both follow from keep:adopt.
        { set: "namespace", value: undefined },
        {
            note: "Next, follow docs/from-the-chart.md, Move the data: run a preview, make a backup, then run the steps below.",
        },
    ];
    const signIn = signInOf(values);
    return signIn === undefined ? settings : [...settings, ...serverChanges(values, adopt, signIn)];
}

function serverChanges(values: ChartValues, adopt: AdoptConfig, signIn: SignIn): Change[] {
    const { make, password } = signIn;
    return [
        { set: "database.kind", value: make },
        { set: "database.user", value: password === undefined ? NEW_USER : signIn.user },
        { set: "database.name", value: signIn.database },
        { set: "database.volume", value: undefined },
        ...(typeof password === "string" ? [{ secret: "databasePassword", value: password } as const] : []),
        ...(typeof password === "object"
            ? [
                  { set: "database.passwordSecret", value: password },
                  { unset: "databasePassword", because: "keep:database.passwordSecret has Keep's password." } as const,
              ]
            : []),
        ...(signIn.hasRootPassword && password === undefined && signIn.user === "root"
            ? [{ note: ROOT_PASSWORD }]
            : []),
        {
            note: `keep:images.${make} must be the version that wrote the data; the first step below prints it. Upgrade the server after the migration.`,
        },
        ...(at(values, "database.pv.enabled") === false
            ? []
            : [
                  {
                      note: `If ${chartClaim(adopt)} is bound to the chart's hostPath volume, the data is on one node. Set keep:database.nodeSelector to the name of the node (kubernetes.io/hostname).`,
                  },
              ]),
    ];
}

/** The commands of the migration, with the names of the release. */
export function adoptionSteps(values: ChartValues, adoption: Adoption): string[] {
    const adopt = adoptConfig(values, adoption);
    const { helmRelease, namespace } = adopt;
    const kubectl = `kubectl -n ${namespace}`;
    const database = signInOf(values);
    const server = database === undefined ? undefined : serverSteps(namespace, chartFullname(adopt), database);
    return [
        ...(server?.before ?? []),
        "pulumi preview",
        `${kubectl} scale deploy/${chartFullname(adopt)}-backend --replicas=0`,
        ...(server === undefined ? [] : [server.dump]),
        `${kubectl} delete ${STATELESS} --cascade=foreground -l app.kubernetes.io/instance=${helmRelease},app.kubernetes.io/managed-by=Helm`,
        "pulumi up",
        `${kubectl} get secret -l owner=helm,name=${helmRelease} -o yaml > helm-release.yaml`,
        `${kubectl} delete secret -l owner=helm,name=${helmRelease}`,
    ];
}

/** Kinds of the chart's objects without data: no claims, volumes or Secrets. */
const STATELESS =
    "deployment,service,ingress,horizontalpodautoscaler,cronjob,configmap,serviceaccount,role,rolebinding";

/** Commands in the chart's database server: those before Keep stops, and the dump for a rollback. */
function serverSteps(
    namespace: string,
    fullname: string,
    { make, user, password, database, hasRootPassword }: SignIn,
): { readonly before: readonly string[]; readonly dump: string } {
    const kubectl = `kubectl -n ${namespace}`;
    const exec = `${kubectl} exec deploy/${fullname}-database --`;
    if (make === "postgres") {
        return {
            before: [`${exec} postgres --version`],
            dump: `${exec} pg_dump -U ${user} --format=custom ${database} > before.dump`,
        };
    }
    const dump = `mysqldump -u${user} --single-transaction --databases ${database}`;
    const identified = `'${NEW_USER}'@'%' IDENTIFIED BY '$PASSWORD'`;
    // In the pod, so that no other user of this machine can see the password in the arguments of a command.
    const asUser = (command: string) =>
        hasRootPassword && user === "root"
            ? `${exec} sh -c "MYSQL_PWD=\\$MYSQL_ROOT_PASSWORD ${command.replaceAll('"', '\\"')}"`
            : `${exec} ${command}`;
    const statements = `CREATE USER IF NOT EXISTS ${identified}; ALTER USER ${identified}; GRANT ALL ON ${database}.* TO '${NEW_USER}'@'%'`;
    return {
        before: [
            `${exec} mysqld --version`,
            ...(password === undefined
                ? [
                      "PASSWORD=$(openssl rand -hex 24)",
                      asUser(`mysql -u${user} -e "${statements}"`),
                      'pulumi config set --secret keep:databasePassword "$PASSWORD"',
                  ]
                : []),
        ],
        // On standard input, because other users of the machine and the pod can see the arguments of a command.
        dump:
            password === undefined
                ? `${asUser(dump)} > before.sql`
                : `${typeof password === "string" ? "pulumi config get keep:databasePassword" : readSecret(password, namespace)} | ${kubectl} exec -i deploy/${fullname}-database -- ` +
                  `sh -c 'IFS= read -r MYSQL_PWD; export MYSQL_PWD; exec ${dump}' > before.sql`,
    };
}

function adoptConfig(values: ChartValues, { helmRelease, namespace }: Adoption): AdoptConfig {
    const override = text(values.fullnameOverride);
    const name = text(values.nameOverride);
    const fullname =
        override ??
        (name === undefined ? undefined : helmRelease.includes(name) ? helmRelease : `${helmRelease}-${name}`);
    return fullname === undefined || fullname === chartFullname({ helmRelease })
        ? { helmRelease, namespace }
        : { helmRelease, namespace, fullname };
}

/** Undefined if Keep does not use the chart's database server. */
function signInOf(values: ChartValues): SignIn | undefined {
    const { hasServer, doubt, engine, passwordSecret, url: given } = databaseUrl(values);
    if (doubt !== undefined) {
        throw new UserError(`--adopt needs the host of the database. ${doubt}`);
    }
    if (!hasServer) {
        return undefined;
    }
    const make = at(values, "database.type") === "postgres" ? "postgres" : "mysql";
    if (engine !== undefined && engine !== make) {
        throw new UserError(
            `database.type is ${make}, but DATABASE_CONNECTION_STRING is a URL of ${engine} on the chart's own server. Set database.type to the type of the running server.`,
        );
    }
    const url = given ?? DEFAULT_URLS[make];
    const [variable] = EXPANDED.exec(url) ?? [];
    if (variable !== undefined) {
        throw new UserError(
            `DATABASE_CONNECTION_STRING contains ${variable}, which has no value in backend.env. Write the value into the URL. For a password, you can also set the variable in backend.env with a secretKeyRef.`,
        );
    }
    const { user = "", password = "", database = "" } = parseSqlalchemyUrl(url) ?? {};
    for (const [what, name] of Object.entries({ user, database })) {
        // The printed commands contain both names.
        if (!/^[\w.-]*$/.test(name)) {
            throw new UserError(
                `The ${what} ${JSON.stringify(name)} in DATABASE_CONNECTION_STRING has characters that a shell changes. Rename it in the server, or convert the values without --adopt.`,
            );
        }
    }
    const hasRootPassword = [at(values, "database.mysql.env"), at(values, "database.env")]
        .flatMap(list)
        .some((entry) => own(entry, "name") === "MYSQL_ROOT_PASSWORD" && text(own(entry, "value")) !== undefined);
    return {
        make,
        user,
        password: passwordSecret ?? (password === "" ? undefined : password),
        database,
        hasRootPassword,
    };
}
