import { z } from "zod";
import { compileRule, RuleError } from "#lib/infra/cel.ts";
import type { RuleScope } from "#lib/infra/cel-variables.ts";
import { channels } from "#lib/infra/config-channels.ts";
import { beside, checkedText, closed, type Issues, line, matching } from "#lib/infra/config-fields.ts";
import { patternProblem, wholePattern } from "#lib/infra/config-pattern.ts";
import { isLoopbackName } from "#lib/infra/loopback.ts";
import { tagKeyProblem, tagValueProblem } from "#lib/table-spec/tag-schemas.ts";

const partOfName = matching(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/,
  "a name has 1 to 64 letters, digits, _ . - and starts with a letter or digit: it becomes part of table names",
);
const id = matching(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/,
  "an id has 1 to 64 letters, digits, _ . - and starts with a letter or digit",
);
/** E-mail addresses are compared without regard to case, so they are kept in small letters. */
const groupOrEmail = line.transform((text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : text));

const tags = z
  .record(
    checkedText(tagKeyProblem),
    checkedText((value) => tagValueProblem("the value", value)),
  )
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
  external_id: matching(/^\S{1,1224}$/, "must be 1 to 1,224 characters without spaces")
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

function refuseSameIds(rules: { id?: unknown }[], context: Issues): void {
  const seen = new Set<unknown>();
  for (const [index, { id }] of rules.entries()) {
    if (typeof id === "string" && seen.has(id)) {
      const message = `the id ${JSON.stringify(id)} is used twice`;
      context.addIssue({ code: "custom", message, path: [index, "id"] });
    }
    seen.add(id);
  }
}

function refuseGaps(rules: { when?: unknown }[], context: Issues): void {
  for (const [index, { when }] of rules.entries()) {
    const always = when === null || when === undefined;
    const last = index === rules.length - 1;
    if (last && !always) {
      const message =
        "the last approval rule must have no `when`, so that every request is decided by a rule";
      context.addIssue({ code: "custom", message, path: [index, "when"], params: { atKey: true } });
    } else if (!last && always) {
      const message = "this rule has no `when`, so it always holds and the rules after it are never reached";
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
  key: checkedText((pattern) => patternProblem(pattern, "u") ?? patternProblem(wholePattern(pattern), "u"))
    .transform(wholePattern)
    .default(defaultKey),
})
  .nullish()
  .transform((value) => value ?? { pattern: defaultPattern, key: defaultKey });

const issuer = checkedText((text) => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return "must be the https URL of the sign-in provider";
  if (url.username || url.password || url.search || url.hash) {
    return "the URL must have no user, password, query or fragment";
  }
  if (url.protocol === "https:" || isLoopbackName(url.hostname)) return null;
  return "must be https: only a provider on this very machine may be asked over http";
});

const signIn = closed({
  oidc: closed({
    issuer,
    client_id: line,
    client_secret_env: matching(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      "must be the name of an environment variable, such as OIDC_SECRET; the secret itself never stands in the file",
    ),
    groups_claim: line.default("groups"),
  }),
})
  .nullish()
  .transform((value) => value ?? null);

const notEmpty = (what: string) => (map: Record<string, unknown>, context: Issues) => {
  if (Object.keys(map).length === 0)
    context.addIssue({ code: "custom", message: `name at least one ${what}` });
};

/** The file, key by key. Lists of rules default to none; `config.ts` gives the approvals their default rule. */
export const configSchema = closed({
  name: line.default("Tablewright"),
  platform_group: line.default("platform"),
  auditor_group: line.nullish().transform((value) => value ?? null),
  projects: z
    .record(partOfName, closed({ developers: z.array(groupOrEmail).default([]) }))
    .superRefine(notEmpty("project")),
  environments: z.record(partOfName, environment).superRefine(notEmpty("environment")),
  naming,
  tags,
  guardrails: z
    .array(guardrail)
    .superRefine(refuseSameIds, beside)
    .nullish()
    .transform((rules) => rules ?? []),
  approvals: z
    .array(approvalRule)
    .superRefine(refuseSameIds, beside)
    .superRefine(refuseGaps, beside)
    .nullish()
    .transform((rules) => rules ?? []),
  self_approval: z.boolean().default(false),
  request_expiry_days: z
    .int()
    .min(1, "must be at least 1 day")
    .max(3650, "must be at most 3650 days")
    .default(30),
  prices: line.nullish().transform((value) => value ?? null),
  sign_in: signIn,
  notifications: channels,
});
