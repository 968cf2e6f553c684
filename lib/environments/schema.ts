import * as z from "zod";

export const checkInput = z.strictObject({ environment: z.string().max(255) });

/**
 * What came of one thing that a check looked at. `missing`: refused. `unsupported`: the endpoint cannot, so tables go
 * without. `unknown`: no answer that tells. `unchecked`: it would have to be done to be known.
 */
export type FindingState = "ok" | "missing" | "unsupported" | "unknown" | "unchecked";

export type CheckFinding = {
  /** An IAM action, or what else was looked at. */
  what: string;
  state: FindingState;
  /** AWS's words, and what to do. */
  detail: string | null;
};

/** The newest check of an environment. */
export type EnvironmentCheckView = {
  asked_by: string;
  /** ISO 8601. */
  asked_at: string;
  /** Null while it waits for a worker, or runs. */
  ended_at: string | null;
  findings: CheckFinding[];
};

/** An environment of the configuration in force, as everybody may see it. */
export type EnvironmentView = {
  name: string;
  account: string;
  region: string;
  /** The URL calls go to, `sandbox`, or null for AWS. */
  endpoint: string | null;
  role_arn: string | null;
  /** The external id itself is nobody's to read here. */
  has_external_id: boolean;
  paused: boolean;
  tags: Record<string, string>;
  /** The check that runs or waits, else the last one that ended. */
  check: EnvironmentCheckView | null;
};

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
