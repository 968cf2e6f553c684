import { actionOfOperation } from "./denied-call-actions.ts";
import type { DeniedResource } from "./denied-call-arn.ts";
import type { IamAccess, IamPolicyOptions, PolicyStatement } from "./iam-policy.ts";
import { policyDocument, policyParts } from "./iam-statements.ts";
import type { SnippetTable } from "./snippet.ts";

export type DeniedTable = SnippetTable & { id: string };

/** A policy of a table, by the options it is asked for with, and its statement that allows the call. */
export type Grant = { access: IamAccess; scan: boolean; partiql: boolean; statement: string };

type Candidate = Omit<Grant, "statement"> & { statements: PolicyStatement[] };

/** From the least to the most, so that the first that allows a call gives the least away. */
const accesses = ["reader", "writer", "stream", "reader-writer"] as const satisfies IamAccess[];
const extras = [
  { scan: false, partiql: false },
  { scan: true, partiql: false },
  { scan: false, partiql: true },
];

/** Stands for an ARN that no worker has read yet; it is compared and never shown. */
const unread = { arn: "arn:aws:dynamodb:::table/-", kmsKeyArn: "arn:aws:kms:-:-:key/-" };

function candidates(table: DeniedTable): Candidate[] {
  const known = { ...table, arn: arnOf(table), kmsKeyArn: table.kmsKeyArn ?? unread.kmsKeyArn };
  return accesses.flatMap((access) =>
    extras.map((extra) => {
      const options: IamPolicyOptions = {
        ...{ access, as: "json", ...extra },
        ...{ leading_keys: [], attributes: [], https_only: false },
      };
      const { Statement } = policyDocument(policyParts(options, [known]));
      return { access, ...extra, statements: Statement.filter(({ Effect }) => Effect === "Allow") };
    }),
  );
}

/** The least policy of the table that allows an action of DynamoDB on the table or that part of it; null if none does. */
export function smallestGrant(
  table: DeniedTable,
  action: string,
  part: DeniedResource["part"],
): Grant | null {
  const arn = part ? `${arnOf(table)}/${part.kind}/${part.name}` : arnOf(table);
  return firstThat(candidates(table), action, (resource) => covers(resource, arn));
}

/** The least policy for an operation on the table that carries this action on the table's own key too; null if none does. */
export function keyGrant(table: DeniedTable, action: string, operation: string | null): Grant | null {
  const authorized = operation && actionOfOperation(operation);
  const wanted = authorized ? smallestGrant(table, authorized, null) : null;
  const policies = candidates(table).filter(
    (one) =>
      !wanted || (one.access === wanted.access && one.scan === wanted.scan && one.partiql === wanted.partiql),
  );
  return firstThat(policies, action, () => true);
}

function firstThat(
  policies: readonly Candidate[],
  action: string,
  isCovered: (resource: string) => boolean,
): Grant | null {
  for (const { statements, ...policy } of policies) {
    const found = statements.find(
      ({ Action, Resource }) => Action.includes(action) && [Resource].flat().some(isCovered),
    );
    if (found) return { ...policy, statement: found.Sid };
  }
  return null;
}

function arnOf({ arn }: DeniedTable): string {
  return arn ?? unread.arn;
}

/** A policy's resource is an ARN, or one that ends in `*`. */
function covers(resource: string, arn: string): boolean {
  return resource.endsWith("*") ? arn.startsWith(resource.slice(0, -1)) : arn === resource;
}
