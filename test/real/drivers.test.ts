import assert from "node:assert/strict";

import { type Driver, nameFault, valueFault } from "../../components/database/drivers/driver";
import { psycopg } from "../../components/database/drivers/psycopg";
import { psycopg2 } from "../../components/database/drivers/psycopg2";
import { pymysql } from "../../components/database/drivers/pymysql";
import { need, pathOf } from "./programs";
import { start } from "./process";

/** Connects with each URL, and prints whether the driver accepted its parameters: no server is there. */
const CONNECT = `
import json, sys
from sqlalchemy import create_engine, exc
verdicts = []
for url in json.loads(sys.argv[1]):
    try:
        create_engine(url).connect()
        verdicts.append(False)
    except exc.OperationalError as error:
        verdicts.append("onnection refused" in str(error) or "Can't connect" in str(error))
    except Exception:
        verdicts.append(False)
print(json.dumps(verdicts))`;

const NAMES = `
import ctypes, inspect, json
import psycopg2
from pymysql.connections import Connection
class Option(ctypes.Structure):
    _fields_ = [(n, ctypes.c_char_p) for n in ("keyword", "envvar", "compiled", "val", "label", "dispchar")] + [("size", ctypes.c_int)]
[path] = {line.split()[-1] for line in open("/proc/self/maps") if "psycopg2_binary.libs/libpq" in line}
libpq = ctypes.CDLL(path)
libpq.PQconndefaults.restype = ctypes.POINTER(Option)
keywords = []
for option in libpq.PQconndefaults():
    if option.keyword is None: break
    keywords.append(option.keyword.decode())
arguments = [name for name in inspect.signature(Connection.__init__).parameters if name != "self"]
print(json.dumps([sorted(keywords), sorted(arguments)]))`;

/** Parameters that SQLAlchemy translates, and that are no arguments of PyMySQL. */
const TRANSLATED = ["ssl_capath", "ssl_check_hostname", "ssl_cipher"];

/** Files, sockets and servers that are not here, and names that are good for one engine only. */
const DEPENDS =
    /^(ssl_?(ca|capath|cert|crl|crldir|key|cipher|rootcert|verify_.*)|service|passfile|host|hostaddr|unix_socket|read_default_.*)$/;

const CASES: Readonly<
    Record<string, readonly [driver: Driver, scheme: string, values: readonly (readonly [string, string])[]]>
> = {
    psycopg2: [
        psycopg2,
        "postgresql+psycopg2",
        [
            ...["full", "on", "Require", "require", "verify-full", ""].map((value) => ["sslmode", value] as const),
            ...["10s", "10", "-1", "1.5", ""].map((value) => ["connect_timeout", value] as const),
            ...["1", "yes"].map((value) => ["keepalives", value] as const),
            ...["read-write", "any", "primary", "leader"].map((value) => ["target_session_attrs", value] as const),
            ...["random", "roundrobin"].map((value) => ["load_balance_hosts", value] as const),
            ...["TLSv1.2", "1.2"].map((value) => ["ssl_min_protocol_version", value] as const),
            ...["require", "no"].map((value) => ["channel_binding", value] as const),
            ...["foo", "ssl_mode", "charset", "sslnegotiation", "dsn"].map((name) => [name, "x"] as const),
        ],
    ],
    psycopg: [
        psycopg,
        "postgresql+psycopg",
        [
            ...["5", "0", "5s", ""].map((value) => ["connect_timeout", value] as const),
            ...["full", "require", "verify-full", ""].map((value) => ["sslmode", value] as const),
            ...["foo", "ssl_mode", "charset", "dsn"].map((name) => [name, "x"] as const),
        ],
    ],
    pymysql: [
        pymysql,
        "mysql+pymysql",
        [
            ...["5", "0", "5s", "-1", ""].map((value) => ["connect_timeout", value] as const),
            ...["5", "0", "5s"].map((value) => ["read_timeout", value] as const),
            ...["true", "0", "maybe", "ON"].map((value) => ["local_infile", value] as const),
            ...["true", "false", "x"].map((value) => ["ssl_check_hostname", value] as const),
            // Not latin1, which the driver accepts and the program rejects, because it cannot store all alerts.
            ["charset", "utf8mb4"],
            ...["foo", "useSSL", "sslmode", "application_name", "Charset", "dsn"].map((name) => [name, "x"] as const),
            ...["ssl", "port", "conv", "compress", "named_pipe"].map((name) => [name, "x"] as const),
        ],
    ],
};

describe("a driver's verdict on the parameters of a URL", function () {
    before(function () {
        need(this, "python");
    });

    it("comes from the names that the drivers have", async () => {
        const output = await start(pathOf("python"), ["-c", NAMES]).finished();
        const [keywords, given] = JSON.parse(output) as [string[], string[]];

        assert.deepEqual(Object.keys(psycopg2.parameters), keywords);
        assert.deepEqual(Object.keys(pymysql.parameters), [...given, ...TRANSLATED].sort());
    });

    for (const [name, [driver, scheme, values]] of Object.entries(CASES)) {
        it(`is that of the program: ${name}`, async () => {
            const texts = Object.entries(driver.parameters)
                .filter(([parameter, kind]) => kind === "text" && !DEPENDS.test(parameter))
                .filter(([parameter]) => !["charset", "port", "client_encoding", "require_auth"].includes(parameter))
                .map(([parameter]) => [parameter, "x"] as const);
            const cases = [...values, ...texts];
            const urls = cases.map(([parameter, value]) => `${scheme}://k:p@127.0.0.1:9/keep?${parameter}=${value}`);
            const output = await start(pathOf("python"), ["-c", CONNECT, JSON.stringify(urls)]).finished();

            const accepted = cases.map(
                ([parameter, value]) =>
                    nameFault(driver, parameter) === undefined && valueFault(driver, parameter, value) === undefined,
            );
            const verdicts = JSON.parse(output) as boolean[];
            assert.deepEqual(
                cases.filter((_, index) => verdicts[index] !== accepted[index]),
                [],
            );
        });
    }
});
