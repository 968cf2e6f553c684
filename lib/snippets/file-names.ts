import type { SnippetFile } from "./snippet.ts";

/** Most characters of a file's name before its ending: file systems take 255 bytes. */
const longestBase = 200;

/**
 * Names that Terraform takes for changes to what other files define.
 * https://developer.hashicorp.com/terraform/language/files/override
 */
const overrides = /(^|_)override\.tf$/i;

/**
 * The files named so that they lie in one folder of any disk and are read there: tables of two accounts may share a
 * name, many disks do not tell `A` from `a`, none takes a name as long as a table's, Terraform and shells read over a
 * file that begins with a dot: `a.tf`, `A-2.tf`, `_a.tf`.
 */
export function apart<F extends SnippetFile>(files: readonly F[]): F[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [, base = "", ending = ""] = /^(.*?)(\.\w+)?$/.exec(file.filename) ?? [];
    const short = base.replace(/^\.+/, "_").slice(0, longestBase);
    let filename = `${short}${ending}`;
    for (let number = 2; taken.has(filename.toLowerCase()) || overrides.test(filename); number += 1) {
      filename = `${short}-${number}${ending}`;
    }
    taken.add(filename.toLowerCase());
    return { ...file, filename };
  });
}
