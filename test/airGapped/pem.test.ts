import assert from "node:assert/strict";

import { certificatesIn, isCertificatesOnly } from "../../components/airGapped/pem";
import { AUTHORITY, EXPIRED_AUTHORITY } from "../support/certificate";
import { accepts } from "../support/refusals";

/** The beginning of the output of `openssl s_client -showcerts`. */
const SHOWN = `CONNECTED(00000003)
---
Certificate chain
 0 s:CN = git.corp.example.com
   i:C = US, O = Corp, CN = Corp CA
   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256
   v:NotBefore: Nov 30 23:19:45 2026 GMT; NotAfter: Dec 10 23:19:45 2027 GMT
${AUTHORITY.trim()}
 1 s:C = US, O = Corp, CN = Corp CA
   i:C = US, O = Corp, CN = Corp CA
${EXPIRED_AUTHORITY.trim()}
---
Server certificate
subject=CN = git.corp.example.com

issuer=C = US, O = Corp, CN = Corp CA

---
`;

/** The output of `openssl pkcs12 -nokeys`. */
const EXPORTED = `Bag Attributes
    friendlyName: Corp CA
    localKeyID: EC 59 64 76 E7 A7 19 45\u0020
subject=CN = Corp CA, O = Corp
issuer=CN = Corp CA, O = Corp
${AUTHORITY}`;

describe("certificates in PEM", () => {
    accepts({
        "certificates as openssl s_client shows them": { extraCa: { pem: SHOWN } },
        "certificates as openssl pkcs12 exports them": { extraCa: { pem: EXPORTED } },
    });

    it("are found between lines that describe them", () => {
        assert.equal(certificatesIn(SHOWN).filter((certificate) => certificate !== undefined).length, 2);
    });

    for (const [what, text] of Object.entries({
        "another line of s_client": `${SHOWN}    Session-ID: 0123456789ABCDEF\n`,
        "a private key": `${EXPORTED}Bag Attributes\n-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n`,
        "a line of base64": `${AUTHORITY}MC4CAQAwBQYDK2VwBCIEIA\n`,
    })) {
        it(`are not all of a text with ${what}`, () => {
            assert.ok(!isCertificatesOnly(text));
        });
    }
});
