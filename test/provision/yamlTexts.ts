/**
 * Texts in YAML, and what Keep gets of them; null: the program rejects them. `test/real/yaml.test.ts` reads what is written with PyYAML,
 * as Keep does, and finds the same. A comment says what PyYAML itself makes of a text that is rejected.
 */
export const YAML_TEXTS: Readonly<Record<string, unknown>> = {
    // Booleans, null and their likes.
    "a: true": { a: true },
    "a: [True, FALSE, null, ~, '']": { a: [true, false, null, null, ""] },
    "a:": { a: null },
    "a: 'yes'": { a: "yes" },
    "a: y": { a: "y" },
    "a: tRue": { a: "tRue" },
    "a: yes": null, // True
    "a: {b: off}": null, // False
    "on: a": null, // the key True
    "12: a": null, // the key 12
    "~: a": null, // the key None
    // Numbers.
    "a: [0, -1, +1, 0.5, 1., 1.5e+3, 9007199254740991]": { a: [0, -1, 1, 0.5, 1, 1500, 9007199254740991] },
    "a: ['012', '1e3', '12:30', 1.2.3, 1-2, 0xFG]": { a: ["012", "1e3", "12:30", "1.2.3", "1-2", "0xFG"] },
    "a: ['=', '<<', '+.5', '0b11', '190:20:30.15', '2026-1-1 0:00:00']": {
        a: ["=", "<<", "+.5", "0b11", "190:20:30.15", "2026-1-1 0:00:00"],
    },
    "a: 012": null, // 10
    "a: 08": null, // "08"
    "a: 0o14": null, // "0o14"
    "a: 0b11": null, // 3
    "a: 1_000": null, // 1000
    "a: 1e3": null, // "1e3"
    "a: 12:30": null, // 750
    "a: 1:30.5": null, // 90.5
    "a: .inf": null, // inf
    "a: .NaN": null, // nan
    "a: 1.0e+999": null, // inf
    "a: 9007199254740993": null, // 9007199254740993, which JSON makes 9007199254740992
    // Times.
    "a: '2026-12-24'": { a: "2026-12-24" },
    "a: 2026-12": { a: "2026-12" },
    "a: 2026-12-24": null, // a date
    "a: 2026-12-24T22:00:00Z": null, // a time
    "a: 2026-02-31": null, // an error
    // Braces, tags, directives, documents.
    'a: "{{ alert.name }}"': { a: "{{ alert.name }}" },
    "a: x {{ b }}": { a: "x {{ b }}" },
    "a: {{ alert.name }}": null, // an error
    "a: !foo b": null, // an error
    "a: !!binary aGk=": null, // bytes
    "a: !!set {b}": null, // a set
    "a: !!str 12": { a: "12" },
    "%YAML 1.1\n---\na: yes": null, // True
    "%YAML 1.1\n---\na: b": { a: "b" },
    "--- \na: b\n...": { a: "b" },
    "a: b\n---\nc: d": null, // an error
    "a: =": null, // an error
    // Keys, anchors, merges.
    "a: b\na: c": null, // the last
    "a: {b: 1, b: 2}": null, // the last
    "__proto__: a": null,
    "constructor: a": { constructor: "a" },
    "? [a]\n: b": null, // an error
    "a: &x {b: 1}\nc: {<<: *x, d: 2}": { a: { b: 1 }, c: { b: 1, d: 2 } },
    "a: &x {b: 1, e: 3}\nc: {<<: [*x, {b: 2, f: 4}], e: 5}": { a: { b: 1, e: 3 }, c: { b: 1, e: 5, f: 4 } },
    "a: &x [*x]": null, // a list in itself
    "a: *x": null, // an error
    // Characters and layout.
    "a:\tb": { a: "b" },
    "a:\n\tb: c": null, // an error
    'a: "\\ud83d\\ude00"': { a: "😀" },
    "a: 😀 é": { a: "😀 é" },
    'a: "\\ud83d"': null, // an error
    'a: "\\0"': null,
    "a: b\x07": null, // an error
    "a: b\x85c": null, // a line end
    'a: "\\x1b[0m"': null,
    "a: |\n  b\n\n    c\n": { a: "b\n\n  c\n" },
    "a: |-\n  b\n": { a: "b" },
    "a: >\n  b\n  c\n\n  d\n": { a: "b c\nd\n" },
    "a: [b, c: d, 'e':f]": { a: ["b", { c: "d" }, { e: "f" }] },
    "a: http://b:80/?c#d": { a: "http://b:80/?c#d" },
    "a: b: c": null, // an error
};
