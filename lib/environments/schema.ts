import * as z from "zod";

/** The answer of `GET /projects`. */
export const projectListView = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      member: z
        .boolean()
        .describe("Whether the person is a developer of it, rather than only of the platform."),
    }),
  ),
});

/** The answer of `GET /environments`. */
export const environmentListView = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      account: z.string(),
      region: z.string(),
      sandbox: z.boolean(),
      endpoint: z.string().nullable().describe("The URL that calls go to; null is AWS."),
      paused: z.boolean().describe("Nothing runs here; requests wait."),
    }),
  ),
});
