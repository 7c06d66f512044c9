import { isDockersPostgres } from "../../fields/images";
import { issue, type Issue } from "../../fields/issue";
import type { ServerParameters } from "../engine";
import { settingPath } from "./names";
import { isOn } from "./postgres";

/**
 * A program with which others archive, and which Docker's image does not contain (docker-library/postgres,
 * Dockerfile-debian.template): archivers, clients of clouds, and those that copy over the network.
 */
const MISSING =
    /(?:^|[\s;|&(`'"])(?:\/[\w./-]*\/)?(aws|az|azcopy|barman[\w-]*|curl|envdir|gcloud|gsutil|lftp|lzop|mc|nc|pg_probackup[\w-]*|pgbackrest|pghoard\w*|python3?|rclone|restic|rsync|s3cmd|s5cmd|scp|sftp|ssh|sudo|wal-[eg]|wget)(?=[\s;|&)`'"]|$)/;

/** Beginnings of the parts of a command that only copies and compresses files. */
const COPIES =
    /^[\s!({]*(\/(usr\/)?bin\/)?(\[|\w+=|bzip2|cat|chmod|cp|gzip|install|ln|lz4|mkdir|mv|sync|test|true|xz|zstd)(\s|$)/;

/** A path outside the data directory to which a command writes. */
const OUTSIDE =
    /\s(?:>+\s*)?["']?(?:\.\.)?\/[^\s"']*%f|\b(?:cp|install|mv)\s[^;&|<>]*\s["']?(?:\.\.)?\/[^\s"'<>]*["']?\s*$/;

/** Whether a command only copies the log to a folder outside the data directory. Another program may upload it from there. */
export function copiesOutside(command: string): boolean {
    return OUTSIDE.test(command) && command.split(/&&|\|\||[;|\n]/).every((part) => COPIES.test(part));
}

/** Issues of an archive of the write-ahead log that does not work: the server keeps the log until the volume is full. */
export function archiveIssues(settings: ServerParameters, image: string): Issue[] {
    const { archive_command: command = "", archive_library: library = "", archive_mode: mode = "off" } = settings;
    if (command !== "" && library !== "") {
        // src/backend/postmaster/pgarch.c, LoadArchiveLibrary
        return [
            issue(settingPath("archive_library"), "is set, and so is archive_command. Keep one of them", {
                value: library,
            }),
        ];
    }
    if (isOn(mode) === false) {
        return [];
    }
    // A command may contain credentials, so its value is not shown.
    const keeps = (name: string, reason: string, fix: string) => [
        issue(settingPath(name), `keeps the write-ahead log until the volume is full, because ${reason}. ${fix}`, {
            value: name === "archive_command" ? undefined : settings[name],
        }),
    ];
    if (command === "" && library === "") {
        return keeps("archive_mode", "archive_command is not set", "Set archive_command, or remove this parameter");
    }
    const directory = "basic_archive.archive_directory";
    if (library === "basic_archive" && (settings[directory] ?? "") === "") {
        return keeps("archive_library", `${directory} is not set`, `Set ${directory}, or remove archive_mode`);
    }
    if (!isDockersPostgres(image)) {
        return [];
    }
    const [, missing] = MISSING.exec(command) ?? [];
    if (missing !== undefined) {
        return keeps(
            "archive_command",
            `Docker's image of PostgreSQL does not contain ${missing}`,
            "Set keep:images.postgres to an image that has it, or remove archive_mode",
        );
    }
    const [, target] = /(?:^|[\s>"'])([\w.-]+(?:\/[\w.-]+)*)\/%f/.exec(command) ?? [];
    return target === undefined || command.includes("mkdir")
        ? []
        : keeps(
              "archive_command",
              `the server has no directory ${target}, and one in its data directory would fill the same volume`,
              "Remove archive_mode",
          );
}
