import * as z from "zod";
import { AppError } from "#lib/core/errors.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { type IamAccess, iamAccesses, iamPolicy, includesScan, type PolicyTable } from "./iam-policy.ts";
import { policyDocumentHcl } from "./iam-policy-terraform.ts";

/** Characters a customer managed policy may have, white space not counted (IAM and STS quotas). */
export const managedPolicyLimit = 6_144;

export type IamPolicyOptions = { access: IamAccess; as: "json" | "terraform"; scan: boolean };

const optionsSchema = z.strictObject({
  access: z
    .enum(iamAccesses, { error: `access must be one of ${iamAccesses.join(", ")}.` })
    .default("reader"),
  as: z
    .enum(["json", "terraform"], {
      error: ({ input }) =>
        input === "cloudformation"
          ? "Policies as CloudFormation are not built yet. Use as=json or as=terraform."
          : "as must be json or terraform.",
    })
    .default("json"),
  scan: z
    .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")], {
      error: "scan must be true or false.",
    })
    .default(true),
});

/** Reads the options of an `iam-policy` snippet, from a query string or a JSON body. Throws INVALID, a fault each. */
export function parseIamPolicyOptions(options: unknown): IamPolicyOptions {
  const parsed = optionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [{ path: jsonPointer(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: jsonPointer([key]),
      message: `An IAM policy has no option ${key}.`,
    }));
  });
  throw new AppError("INVALID", errors.map(({ message }) => message).join(" "), { errors });
}

export type IamPolicySnippet = {
  format: "iam-policy";
  filename: string;
  content: string;
  warnings: { path: string; message: string }[];
  /** What the policy lets a role do, in a sentence. */
  summary: string;
  /** Of the JSON form, white space not counted, as IAM counts it. */
  size: { characters: number; limit: number };
};

const summaries: Record<IamAccess, (name: string) => string> = {
  reader: (name) => `Lets a role read items of ${name}`,
  writer: (name) => `Lets a role put, change and delete items of ${name}, but not read them`,
  "reader-writer": (name) => `Lets a role read, put, change and delete items of ${name}`,
  module: (name) => `Lets a role get, put, change and delete single items of ${name} and query it`,
  stream: (name) => `Lets a role read the stream of changes of ${name}`,
};

function summarize({ access, scan }: IamPolicyOptions, table: PolicyTable): string {
  const scanning = scan ? ", also by reading all of it (Scan)" : ", but not by reading all of it (Scan)";
  const indexes = table.hasIndexes ? ", and the same through its indexes" : "";
  const key =
    table.encryption === "customer_managed" ? " It may use the customer key through DynamoDB alone." : "";
  return `${summaries[access](table.name)}${includesScan(access) ? scanning + indexes : ""}.${key}`;
}

function warningsFor(access: IamAccess, table: PolicyTable): IamPolicySnippet["warnings"] {
  if (access !== "stream" || table.streamArn !== null) return [];
  return [
    {
      path: "/access",
      message: `${table.name} has no stream at the moment, so there is nothing to read yet.`,
    },
  ];
}

/** The policy as a file to copy: JSON, or a Terraform data source. Throws CONFLICT as `iamPolicy` does. */
export function iamPolicySnippet(options: IamPolicyOptions, table: PolicyTable): IamPolicySnippet {
  const { access, as } = options;
  const policy = iamPolicy({ ...options, table });
  const json = `${JSON.stringify(policy, null, 2)}\n`;
  return {
    format: "iam-policy",
    filename: `${table.name}-${access}.${as === "json" ? "json" : "tf"}`,
    content: as === "json" ? json : policyDocumentHcl(`${table.name}_${access}`, policy),
    warnings: warningsFor(access, table),
    summary: summarize(options, table),
    size: { characters: json.replace(/\s/g, "").length, limit: managedPolicyLimit },
  };
}
