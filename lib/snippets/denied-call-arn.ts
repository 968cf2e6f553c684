import { joined } from "./denied-call-text.ts";

/** Who was denied. `name` is the role's, the user's or the service's; `account` is null where the message hides it. */
export type DeniedPrincipal = {
  text: string;
  kind: "role" | "user" | "federated-user" | "root" | "service" | "anonymous" | "other";
  name: string;
  session: string | null;
  account: string | null;
};

/** What the call was for; parts that the ARN does not have, or that somebody blotted out, are null. */
export type DeniedResource = {
  /** As in the message: an ARN or `*`. */
  text: string;
  service: string | null;
  region: string | null;
  account: string | null;
  /** A table's name; null also for every table (`table/*`). */
  table: string | null;
  part: { kind: "index" | "stream" | "backup" | "export" | "import"; name: string } | null;
  kmsKeyArn: string | null;
};

const accountOf = (text: string) => (/^\d{12}$/.test(text) ? text : null);

/**
 * Reads a principal from an access-denied message.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parsePrincipal(text: string): DeniedPrincipal {
  const [, , service, , account = "", rest = ""] = text.split(":", 6);
  const [type = "", ...names] = rest.split("/");
  const found = (kind: DeniedPrincipal["kind"], name: string, session: string | null = null) => ({
    text,
    kind,
    name: name || text,
    session,
    account: accountOf(account),
  });
  if (service === "sts" && type === "assumed-role") return found("role", names[0] ?? "", names[1] ?? null);
  if (service === "sts" && type === "federated-user") return found("federated-user", names.join("/"));
  if (service === "iam" && (type === "role" || type === "user")) return found(type, names.at(-1) ?? "");
  if (service === "iam" && type === "root") return found("root", "root");
  if (/^anonymous$/i.test(text)) return found("anonymous", "anonymous");
  return found(text.endsWith(".amazonaws.com") ? "service" : "other", text);
}

const parts = ["index", "stream", "backup", "export", "import"] as const;

/**
 * Reads an ARN or `*`; null for anything else.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-resources-for-iam-policies
 */
export function parseResource(text: string): DeniedResource | null {
  const nothing = { service: null, region: null, account: null, table: null, part: null, kmsKeyArn: null };
  if (text === "*") return { text, ...nothing };
  const [arn, partition = "", service = "", region = "", account = "", ...rest] = text.split(":");
  if (arn !== "arn" || !partition.startsWith("aws") || service === "" || rest.length === 0) return null;
  const place = {
    text,
    ...nothing,
    service,
    region: /^[a-z0-9-]{1,40}$/.test(region) ? region : null,
    account: accountOf(account),
  };
  const path = rest.join(":");
  if (service === "kms") return { ...place, kmsKeyArn: /^key\/[\w-]{1,60}$/.test(path) ? text : null };
  const [type, table = "", part, ...name] = path.split("/");
  if (service !== "dynamodb" || type !== "table" || !/^[\w.-]{1,255}$/.test(table)) return place;
  const kind = parts.find((one) => one === part);
  return { ...place, table, part: kind ? { kind, name: name.join("/") } : null };
}

/** How far a resource reaches at most: longer than any ARN of DynamoDB and KMS. */
const mostCharacters = 1_000;

/**
 * The resource at the start of `text`. A line that ends within it goes on where `certainEnd` (the index of the words
 * that follow it, or -1) or the shape of an ARN shows that it does.
 */
export function resourceAt(text: string, certainEnd: number): DeniedResource | null {
  const stop = text.slice(0, mostCharacters).search(/["'`,;()[\]{}]|<\//);
  const quoted = stop < 0 ? text.slice(0, mostCharacters) : text.slice(0, stop);
  if (certainEnd >= 0 && certainEnd <= quoted.length) {
    const whole = joined(quoted.slice(0, certainEnd));
    const found = whole.includes(" ") ? null : parseResource(whole);
    if (found) return found;
  }
  const lines = quoted.split(" ", 1)[0]!.split("\n").slice(0, 6);
  for (let count = 1; count <= lines.length; count += 1) {
    const found = parseResource(withoutFullStop(lines.slice(0, count).join("")));
    if (found && (found.service !== "dynamodb" || found.table || found.text.endsWith("*"))) return found;
  }
  return parseResource(withoutFullStop(lines[0]!));
}

/** A sentence may end right after an ARN. */
function withoutFullStop(text: string): string {
  return text.endsWith(".") || text.endsWith(":") ? text.slice(0, -1) : text;
}
