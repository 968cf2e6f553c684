import { randomBytes } from "node:crypto";
import { AppError } from "#lib/core/errors.ts";
import { type ClaimedCheck, claimChecks, endCheck } from "#lib/environments/check-store.ts";
import { writeActions } from "#lib/environments/role-policy.ts";
import type { CheckFinding } from "#lib/environments/schema.ts";
import { saysAbsent } from "#lib/infra/aws/call-outcome.ts";
import { type ApiCall, classifyFailure } from "#lib/infra/aws/failure.ts";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import { WrongAccount } from "#lib/infra/aws/wrong-account.ts";
import { type Config, type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import { report } from "#lib/infra/log.ts";
import { partitionOf } from "#lib/snippets/partition.ts";
import { composeTableName } from "#lib/table-spec/naming.ts";
import { gatewayTo } from "./environment-gateway.ts";

/** Runs every check that was asked for and that no worker is at. Nothing is written anywhere but in our own rows. */
export async function checkEnvironments(): Promise<void> {
  await Promise.all((await claimChecks()).map(runCheck));
}

async function runCheck(claim: ClaimedCheck): Promise<void> {
  await endCheck(claim, await findingsOf(claim));
}

/** What came of everything that can be looked at; whatever goes wrong is a finding too. */
async function findingsOf(claim: ClaimedCheck): Promise<CheckFinding[]> {
  const config = getConfig();
  const environment = config.environments.find(({ name }) => name === claim.environment);
  if (!environment) {
    const detail = `The worker's configuration has no environment ${claim.environment}. Restart it with the file in force.`;
    return [{ what: "The worker's configuration", state: "missing", detail }];
  }
  try {
    const gateway = gatewayTo(environment, {
      operationId: claim.id,
      ...(claim.email !== null && { requester: claim.email }),
    });
    const access = environment.endpoint === null ? await accessFindings(gateway, environment) : [];
    if (access.some(({ state }) => state !== "ok")) return access;
    const list = await listFinding(gateway, environment);
    const looked = await lookFindings(gateway, environment, config);
    return [...access, list, ...looked, ...unchecked(environment)];
  } catch (error) {
    const detail =
      error instanceof AppError
        ? error.message
        : `Something unexpected went wrong; the worker's log has it under ${report(error, { check: claim.id })}.`;
    return [{ what: "The check itself", state: "unknown", detail }];
  }
}

async function accessFindings(
  gateway: DynamoGateway,
  environment: EnvironmentConfig,
): Promise<CheckFinding[]> {
  const who = environment.role_arn === null ? "The worker's credentials" : "sts:AssumeRole, sts:TagSession";
  const account = `Account ${environment.account}`;
  try {
    await gateway.checkAccount();
    return [
      { what: who, state: "ok", detail: null },
      { what: account, state: "ok", detail: null },
    ];
  } catch (error) {
    const problem = problemOf(error, "GetCallerIdentity", environment);
    if (!(error instanceof WrongAccount)) return [{ what: who, ...problem }];
    return [
      { what: who, state: "ok", detail: null },
      { what: account, ...problem },
    ];
  }
}

/** Whether the account's tables can be counted. */
async function listFinding(gateway: DynamoGateway, environment: EnvironmentConfig): Promise<CheckFinding> {
  const what = "dynamodb:ListTables";
  return gateway.listTables().then(
    () => ({ what, state: "ok", detail: null }),
    (error: unknown) => ({ what, ...problemOf(error, "ListTables", environment) }),
  );
}

type Look = { call: ApiCall; ask: (gateway: DynamoGateway, name: string, arn: string) => Promise<unknown> };

const looks: Look[] = [
  { call: "DescribeTable", ask: (gateway, name) => gateway.describeTable(name) },
  { call: "DescribeTimeToLive", ask: (gateway, name) => gateway.describeTimeToLive(name) },
  { call: "DescribeContinuousBackups", ask: (gateway, name) => gateway.describeContinuousBackups(name) },
  { call: "ListTagsOfResource", ask: (gateway, _name, arn) => gateway.listTags(arn) },
];

/** Asks about a table of each project that does not exist: a role's policy names each project's tables. */
async function lookFindings(
  gateway: DynamoGateway,
  environment: EnvironmentConfig,
  config: Pick<Config, "projects" | "naming">,
): Promise<CheckFinding[]> {
  const { account, region } = environment;
  const problems = new Map<ApiCall, { projects: string[]; first: Problem }>();
  for (const project of Object.keys(config.projects)) {
    const key = `check-${randomBytes(6).toString("hex")}`;
    const name = composeTableName(config.naming.pattern, { project, environment: environment.name, key });
    const arn = `arn:${partitionOf(region).partition}:dynamodb:${region}:${account}:table/${name}`;
    const outcomes = await Promise.all(
      looks.map(async ({ call, ask }) => {
        const thrown = await ask(gateway, name, arn).then(
          () => null,
          (error: unknown) => ({ error }),
        );
        return thrown === null || saysAbsent(thrown.error)
          ? null
          : { call, problem: problemOf(thrown.error, call, environment) };
      }),
    );
    for (const outcome of outcomes) {
      if (!outcome) continue;
      const known = problems.get(outcome.call) ?? { projects: [], first: outcome.problem };
      problems.set(outcome.call, { ...known, projects: [...known.projects, project] });
    }
  }
  return looks.map(({ call }) => {
    const what = `dynamodb:${call}`;
    const found = problems.get(call);
    if (!found) return { what, state: "ok", detail: null };
    const detail = `For tables of ${found.projects.join(", ")}: ${found.first.detail}`;
    return { what, state: found.first.state, detail };
  });
}

/** Rights that only an act would show; the sandbox and emulators know no rights. */
function unchecked(environment: EnvironmentConfig): CheckFinding[] {
  if (environment.endpoint !== null) return [];
  return writeActions.map((what) => ({ what, state: "unchecked", detail: null }));
}

type Problem = Pick<CheckFinding, "state"> & { detail: string };

function problemOf(error: unknown, call: ApiCall, environment: EnvironmentConfig): Problem {
  const failure = classifyFailure(error, { call, endpoint: environment.endpoint !== null });
  const state = ({ stop: "missing", unsupported: "unsupported" } as const)[
    failure.kind as "stop" | "unsupported"
  ];
  return { state: state ?? "unknown", detail: `${failure.message} ${failure.explanation}` };
}
