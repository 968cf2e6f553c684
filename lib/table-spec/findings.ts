import { z } from "zod";

/** From worst to mildest: `deny` stops a submit, `warn` and `info` are for the people who decide. */
export const findingLevels = ["deny", "warn", "info"] as const;
export type FindingLevel = (typeof findingLevels)[number];

/** What a preview has to say about a table: `id` is stable, `path` a JSON pointer into the request's body. */
export const findingSchema = z.strictObject({
  id: z.string(),
  level: z.enum(findingLevels),
  message: z.string(),
  path: z.string(),
});
export type Finding = z.output<typeof findingSchema>;

/** The findings again, worst first, otherwise in their order. */
export function byLevel(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => findingLevels.indexOf(a.level) - findingLevels.indexOf(b.level));
}
