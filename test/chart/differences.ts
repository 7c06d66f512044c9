/** A way in which this project differs from the chart, and why. */
export interface Difference {
    /** Matches lines as "backend.env.PORT: 8080 → –"; "–" is nothing. */
    readonly what: RegExp;
    readonly because: string;
}

/** Differences in what is made, beside the variables. */
export const objectDifferences: readonly Difference[] = [
    {
        what: /^backend\.annotation\.prometheus\.io\/(scrape|port|path): \S+ → –$/,
        because: "The metrics ask for an API key, which Prometheus' annotations cannot give.",
    },
    {
        what: /^(backend|frontend|database|websocket)\.account: keep(-account)? → \w+-\1$/,
        because: "Each component has an account of its own; that of Keep's processes alone gets a token.",
    },

    // Setup first, and each process as what it is.
    {
        what: /^backend\.before\.wait-for-database: there → –$/,
        because: "The setup Job runs first, and tells why it cannot.",
    },
    {
        what: /^(backend|frontend|websocket|worker|database|redis)\.tolerations: \S+ → \[.*tolerationSeconds.*\]$/,
        because: "Pods of a lost node are replaced after 30 seconds.",
    },
    {
        what: /^backend\.sidecar\.watcher: – → there$/,
        because: "Keep's watcher ends dismissals; the chart runs none.",
    },
    { what: /^backend\.envFrom\.keep-providers: Secret → –$/, because: "The setup Job provisions, from a file." },
    {
        what: /^backend\.(command|args): – → \S.*$/,
        because: "Gunicorn as the first process: it stops when it is told to.",
    },
    {
        what: /^websocket\.env\.SOKETI_(ADAPTER|DB_REDIS)_\w+: – → \S+$/,
        because: "More than one Soketi needs Redis between them; the chart's lose events.",
    },

    // A read-only root, and bounds.
    { what: /^(backend|frontend|websocket)\.mount\.\/state: emptyDir → –$/, because: "Nothing is written there." },
    {
        what: /^(backend|frontend|websocket|database)\.mount\.(\/tmp|\/app\/\.next\/cache|\/var\/run\/\w+): – → emptyDir$/,
        because: "The root is read-only; this is what the process writes to.",
    },
    {
        what: /^database\.mount\.\/dev\/shm: – → emptyDir$/,
        because: "PostgreSQL's parallel queries share more memory than a container has there.",
    },
    {
        what: /^(backend|frontend|websocket|database)\.(requests|limits)\.[\w-]+: – → \S+$/,
        because: "Every container has requests and limits.",
    },
    {
        what: /^(backend|frontend|websocket|database)\.probe\.(startup|readiness|liveness): – → .*$/,
        because: "Every container has probes.",
    },
    {
        what: /^(backend|frontend|websocket)\.topologySpread: – → \[.*"ScheduleAnyway".*\]$/,
        because: "Where there may be several pods, they are spread.",
    },
    { what: /^(frontend|websocket|database)\.pullSecret\.registry: – → there$/, because: "One list for all images." },
    { what: /^websocket\.port\.9601: – → open$/, because: "Soketi's metrics." },
    { what: /^(backend|frontend)\.image: (\S+):0\.45\.4 → \2:0\.54\.2$/, because: "keep:version." },
    { what: /^(websocket|database)\.image: \S+ → \S+:\d\S+$/, because: "Images are pinned, and newer." },
    {
        what: /^database\.(command|before\.password): – → .*$/s,
        because: "A changed password reaches a server that has data already.",
    },
    {
        what: /^database\.args: – → .*--datadir=\/var\/lib\/mysql\/data/,
        because: "A mount may hold lost+found, so the data is below it.",
    },

    // One public address.
    {
        what: /^route\.keep\.(apps\.)?example\.com\/[\w-]+\/metrics: – → (frontend|backend)$/,
        because: "The API's metrics are not for the public.",
    },
    {
        what: /^route\.keep\.apps\.example\.com\/(v2|websocket): – → \w+$/,
        because: "All Routes are on one host, so that browsers need no CORS.",
    },
    {
        what: /^route\.keep-(api|live)\.apps\.example\.com\/: \w+ → –$/,
        because: "All Routes are on one host, so that browsers need no CORS.",
    },
];

/** Values that the chart has, and that change nothing in what it makes; the reason as a whole sentence. */
export const UNREAD: Readonly<Record<string, string>> = {
    namespace: "No template reads it: `helm --namespace` decides. Its word is taken for what is meant.",
    "global.ingress.frontendPrefix": "The only prefix that Keep's image serves is the chart's default.",
    "frontend.topologySpreadConstraints": "The chart reads the backend's in its place.",
    "websocket.topologySpreadConstraints": "The chart reads the backend's in its place.",
};
