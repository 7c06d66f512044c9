/** Each of them is a password, and a user. */
export const TEXTS = [
    ..."@:/?#[]%&+ '\"\\`$()!*~;=,<>|{}^".split(""),
    "-leading-dash",
    "--option",
    "$(id)",
    "$HOME",
    "${HOME}",
    "`id`",
    "%40",
    "100%",
    "%2",
    "%zz",
    "a@b:c/d?e#f",
    "p@ss w/ 'quotes' and \"more\"",
    "back\\slash\\s\\n\\x41\\c",
    "pässwörd",
    "пароль密码🔑",
    "\\'",
    "x".repeat(1000),
    "#comment",
    "[client]",
    "plus+plus",
];

/** Parameters of a URL whose values its readers could take apart. */
export const PARAMETERS = {
    options: "-c statement_timeout=5 -c search_path=a,b",
    application_name: "keep+alerts & more",
};
