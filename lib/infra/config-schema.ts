import { z } from "zod";
import { compileRule, RuleError, type RuleScope } from "#lib/infra/cel.ts";
import { patternProblem } from "#lib/infra/config-pattern.ts";
import { tagKeyProblem, tagValueProblem } from "#lib/infra/config-tags.ts";

const unknownKey = (known: string[]) => (issue: { code?: string; keys?: string[] }) =>
  issue.code === "unrecognized_keys"
    ? issue.keys?.map((key) => unknownKeyMessage(key, known)).join("\n")
    : undefined;

/** An object of exactly these keys; the message of an unknown key names the one that was probably meant. */
function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: unknownKey(Object.keys(shape)) });
}

/** A text that a check accepts; the check answers what is wrong, or null. */
function checkedText(check: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = check(text);
    if (message) context.addIssue({ code: "custom", message });
  });
}

const matching = (pattern: RegExp, message: string) => z.string().regex(pattern, message);

const partOfName = matching(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/,
  "a name has 1 to 64 letters, digits, _ . - and starts with a letter or digit: it becomes part of table names",
);
const id = matching(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/,
  "an id has 1 to 64 letters, digits, _ . - and starts with a letter or digit",
);
const line = matching(
  /^(?=\S)[^\p{Cc}]{1,256}(?<=\S)$/u,
  "must be 1 to 256 characters on one line, no space around",
);
/** E-mail addresses are compared without regard to case, so they are kept in small letters. */
const groupOrEmail = line.transform((text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : text));

const tags = z
  .record(checkedText(tagKeyProblem), checkedText(tagValueProblem))
  .nullish()
  .transform((map) => map ?? {});

const expression = (scope: RuleScope) =>
  checkedText((text) => {
    try {
      compileRule(text, scope);
      return null;
    } catch (error) {
      if (error instanceof RuleError) return error.message;
      throw error;
    }
  });

const endpoint = z.string().transform((text, context) => {
  if (text === "sandbox") return text;
  const message = endpointProblem(text);
  if (!message) return new URL(text).href.replace(/\/$/, "");
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

function endpointProblem(text: string): string | null {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (!url) return "must be sandbox, an http(s) URL of an emulator, or left out for AWS";
  if (url.username || url.password || url.search || url.hash) {
    return "the URL must have no user, password, query or fragment";
  }
  return /(^|\.)amazonaws\.com(\.cn)?\.?$/.test(url.hostname) ? "for AWS itself leave `endpoint` out" : null;
}

const environment = closed({
  account: matching(/^\d{12}$/, "an account is a quoted string of 12 digits"),
  region: matching(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, "must be an AWS region, such as us-east-1"),
  endpoint: endpoint.nullish().transform((value) => value ?? null),
  role_arn: matching(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/tablewright",
  )
    .nullish()
    .transform((value) => value ?? null),
  external_id: matching(
    /^[\w+=,.@:/-]{2,1224}$/,
    "must be 2 to 1,224 characters of letters, digits, + = , . @ : / -",
  )
    .nullish()
    .transform((value) => value ?? null),
  paused: z.boolean().default(false),
  tags,
}).superRefine((value, context) => {
  const fault = (key: string, message: string) =>
    context.addIssue({ code: "custom", message, path: [key], params: { atKey: true } });
  for (const key of ["role_arn", "external_id"] as const) {
    if (value.endpoint && value[key])
      fault(key, `\`${key}\` is for AWS; an environment with an endpoint has none`);
  }
  if (value.external_id && !value.role_arn) fault("external_id", "`external_id` needs a `role_arn`");
  const roleAccount = value.role_arn?.split(":")[4];
  if (roleAccount && roleAccount !== value.account) {
    fault("role_arn", `the role is in account ${roleAccount}, the environment in ${value.account}`);
  }
});

const guardrail = closed({
  id,
  when: expression("guardrail")
    .nullish()
    .transform((value) => value ?? null),
  rule: expression("guardrail"),
  level: z.enum(["deny", "warn"]),
  message: z
    .string()
    .trim()
    .min(1, "say what is wrong and what to do instead")
    .max(500, "at most 500 characters"),
});

const approvalRule = closed({
  id,
  when: expression("approval")
    .nullish()
    .transform((value) => value ?? null),
  require: z.array(
    closed({ group: line, count: z.int().min(1, "must be at least 1").max(100, "must be at most 100") }),
  ),
});

type Issues = z.core.$RefinementCtx;

function refuseSameIds(rules: { id: string }[], context: Issues): void {
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    if (seen.has(rule.id)) {
      context.addIssue({ code: "custom", message: `the id "${rule.id}" is used twice`, path: [index, "id"] });
    }
    seen.add(rule.id);
  }
}

function refuseGaps(rules: { id: string; when: string | null }[], context: Issues): void {
  for (const [index, rule] of rules.entries()) {
    const last = index === rules.length - 1;
    if (last && rule.when !== null) {
      const message =
        "the last approval rule must have no `when`, so that every request is decided by a rule";
      context.addIssue({ code: "custom", message, path: [index, "when"], params: { atKey: true } });
    } else if (!last && rule.when === null) {
      const message = `"${rule.id}" has no \`when\`, so it always holds and the rules after it are never reached`;
      context.addIssue({ code: "custom", message, path: [index] });
    }
  }
}

const defaultKey = "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$";
const defaultPattern = "{project}-{environment}-{key}";

function namingProblem(pattern: string): string | null {
  const tokens: string[] = pattern.match(/\{[^}]*\}?/g) ?? [];
  const stranger = tokens.find((token) => !["{project}", "{environment}", "{key}"].includes(token));
  if (stranger) return `unknown part ${stranger}; there are {project}, {environment} and {key}`;
  if (new Set(tokens).size < tokens.length)
    return "each of {project}, {environment} and {key} stands once at most";
  if (!tokens.includes("{key}")) return "{key} is missing: every table would get the same name";
  const rest = pattern.replaceAll(/\{\w+\}/g, "");
  if (!/^[a-zA-Z0-9_.-]*$/.test(rest)) return "beside its parts a name has only letters, digits, _ . -";
  return rest.length > 60 ? "beside its parts a name has at most 60 characters" : null;
}

const naming = closed({
  pattern: checkedText(namingProblem).default(defaultPattern),
  key: checkedText(patternProblem).default(defaultKey),
})
  .nullish()
  .transform((value) => value ?? { pattern: defaultPattern, key: defaultKey });

/** Parts of the file that this version cannot honour yet: refused, never ignored. */
const later = (what: string) =>
  z
    .undefined({ error: `${what} is not available in this version; remove \`${what}\` from the file` })
    .optional();

const notEmpty = (what: string) => (map: Record<string, unknown>, context: Issues) => {
  if (Object.keys(map).length === 0)
    context.addIssue({ code: "custom", message: `name at least one ${what}` });
};

/** The file, key by key. Lists of rules default to none; `config.ts` gives the approvals their default rule. */
export const configSchema = closed({
  name: line.default("Tablewright"),
  platform_group: line.default("platform"),
  projects: z
    .record(partOfName, closed({ developers: z.array(groupOrEmail).default([]) }))
    .superRefine(notEmpty("project")),
  environments: z.record(partOfName, environment).superRefine(notEmpty("environment")),
  naming,
  tags,
  guardrails: z
    .array(guardrail)
    .superRefine(refuseSameIds)
    .nullish()
    .transform((rules) => rules ?? []),
  approvals: z
    .array(approvalRule)
    .superRefine(refuseSameIds)
    .superRefine(refuseGaps)
    .nullish()
    .transform((rules) => rules ?? []),
  self_approval: z.boolean().default(false),
  request_expiry_days: z
    .int()
    .min(1, "must be at least 1 day")
    .max(3650, "must be at most 3650 days")
    .default(30),
  sign_in: later("sign_in"),
  notifications: later("notifications"),
});

function unknownKeyMessage(key: string, known: string[]): string {
  const near = known.filter(
    (candidate) => distance(key.toLowerCase(), candidate) <= Math.max(1, key.length / 3),
  );
  near.sort((a, b) => distance(key.toLowerCase(), a) - distance(key.toLowerCase(), b));
  const shown = JSON.stringify(key.slice(0, 80));
  return `unknown key ${shown}; ${near[0] ? `did you mean "${near[0]}"?` : `there are ${known.join(", ")}`}`;
}

/** Levenshtein distance: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 5) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 0; at < to.length; at++) {
      const change = (row[at] ?? 0) + (letter === to[at] ? 0 : 1);
      next.push(Math.min(change, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
