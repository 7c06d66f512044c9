/** Directory of the certificates that Keep's image trusts (Alpine's package ca-certificates, which Python's image brings). */
export const SYSTEM_DIR = "/etc/ssl/certs";
/** All of these certificates in one file. */
export const SYSTEM_BUNDLE = `${SYSTEM_DIR}/ca-certificates.crt`;
