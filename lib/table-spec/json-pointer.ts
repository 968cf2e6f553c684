import type { z } from "zod";

/** RFC 6901 pointer to the value that the segments lead to; no segments give "", the whole document. */
export function jsonPointer(segments: readonly PropertyKey[]): string {
  return segments
    .map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The segments of an RFC 6901 pointer. Throws RangeError for text that is no pointer. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer))
    throw new RangeError(`Not a JSON pointer: ${pointer}`);
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A fault in a JSON body: `path` is a JSON pointer into it, `id` names the rule where there is one. */
export type PointedError = { path: string; message: string; id?: string };

/**
 * Zod's issues as faults in a body, `prefix` being the segments from the body down to what was parsed. An unknown
 * key gives one fault per key that points at the key itself; a bad key of a map points at its entry.
 */
export function zodIssuesToErrors(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly PropertyKey[] = [],
): PointedError[] {
  return issues.flatMap((issue): PointedError[] => {
    const segments = [...prefix, ...issue.path];
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => ({
          path: jsonPointer([...segments, key]),
          message: `${JSON.stringify(key)} is not known here. Check the spelling, or remove it.`,
          id: "unknown-key",
        }));
      case "invalid_key":
        return issue.issues.map((inner) => ({ path: jsonPointer(segments), ...messageAndId(inner) }));
      default:
        return [{ path: jsonPointer(segments), ...messageAndId(issue) }];
    }
  });
}

function messageAndId(issue: z.core.$ZodIssue): { message: string; id?: string } {
  const id = issue.code === "custom" ? issue.params?.id : undefined;
  return typeof id === "string" ? { message: issue.message, id } : { message: issue.message };
}
