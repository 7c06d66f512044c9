import assert from "node:assert/strict";

import { foreignFault, nameFault, valueFault } from "../../components/database/drivers/driver";
import { psycopg2 } from "../../components/database/drivers/psycopg2";
import { pymysql } from "../../components/database/drivers/pymysql";
import { urlFault } from "../../components/database/givenUrl";

/** Parameters with which URLs of services, of JDBC and of Prisma turn on TLS. */
const TLS_OF_OTHERS = ["sslaccept", "useSSL", "requireSSL", "require_ssl", "tls", "useTls", "tlsAllowInvalidHostnames"];

const OF_MYSQL = ["ssl-ca", "sslca", "sslcert", "ssl-mode", "ssl_mode", "sslMode", "verifyServerCertificate"];

describe("parameters of other clients in database URLs", () => {
    for (const name of ["ssl", ...OF_MYSQL, ...TLS_OF_OTHERS]) {
        it(`leads from ${name} to TLS of PyMySQL`, () => {
            const fault = nameFault(pymysql, name) ?? "";
            assert.match(fault, /keep:database\.tls.*ssl_ca/);
            assert.doesNotMatch(fault, /Remove|Perhaps/);
        });
    }

    it("names no other value for ssl_disabled, which turns TLS off with any", () => {
        assert.match(valueFault(pymysql, "ssl_disabled", "false") ?? "", /Remove ssl_disabled.*ssl_ca/);
        assert.equal(valueFault(pymysql, "ssl_disabled", "true"), undefined);
    });

    it("leaves PyMySQL's own parameters, and suggests them for a misspelled one", () => {
        for (const name of Object.keys(pymysql.parameters).filter(
            (name) => !["ssl", "ssl_verify_identity"].includes(name),
        )) {
            assert.doesNotMatch(nameFault(pymysql, name) ?? "", /keep:database\.tls/, name);
        }
        assert.match(nameFault(pymysql, "ssl_verfy_cert") ?? "", /Perhaps you meant ssl_verify_cert/);
    });

    for (const name of ["ssl", ...TLS_OF_OTHERS]) {
        it(`leads from ${name} to TLS of psycopg2`, () => {
            assert.match(nameFault(psycopg2, name) ?? "", /sslmode=require/);
        });
    }

    it("names the schema of PostgreSQL for those of JDBC and Prisma", () => {
        for (const name of ["schema", "currentSchema"]) {
            assert.match(nameFault(psycopg2, name) ?? "", /options=-csearch_path/);
        }
    });

    it("leaves all parameters of psycopg2", () => {
        for (const name of Object.keys(psycopg2.parameters)) {
            assert.equal(foreignFault(psycopg2, name), undefined, name);
        }
    });

    for (const hosts of ["[2001:db8::1],[2001:db8::2]", "[2001:db8::1]:5432,[2001:db8::2]:5432"]) {
        it(`names how to write the hosts ${hosts}`, () => {
            assert.match(urlFault(`postgresql+psycopg2://keep:p@${hosts}/keep`) ?? "", /Write each as a parameter/);
        });
    }
});
