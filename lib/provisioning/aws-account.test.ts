import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { checkEnvironment } from "#lib/environments/check.ts";
import { getEnvironmentSettings } from "#lib/environments/settings-queries.ts";
import { startStubAws } from "#lib/infra/aws/stub-aws.fixture.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { metrics } from "#lib/infra/metrics.ts";
import { actorOf } from "#lib/people/actor.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { aTable, makeActor, makeActors, makePerson, makeRequest } from "#prisma/factories.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { eventually, requestIn } from "./scenario.fixture.ts";

/** Two environments in AWS, one with a role to assume and one with what the worker has, an emulator that is away, and
 * the sandbox; everything is approved. */
const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-aws-"));
process.env.TABLEWRIGHT_CONFIG = path.join(folder, "tablewright.yaml");
const roleArn = "arn:aws:iam::111111111111:role/tablewright";
writeFileSync(
  process.env.TABLEWRIGHT_CONFIG,
  `projects: { shop: { developers: [shop-devs] }, billing: { developers: [billing-devs] } }
environments:
  prod: { account: "111111111111", region: eu-west-1, role_arn: "${roleArn}", external_id: ext-1 }
  own: { account: "111111111111", region: eu-west-1 }
  emulator: { account: "000000000000", region: eu-west-1, endpoint: "http://127.0.0.1:9" }
  demo: { account: "000000000000", region: eu-west-1, endpoint: sandbox }
approvals: [{ id: open, require: [] }]
`,
);
/** Everything a machine may hold that points elsewhere. */
const profiles = `[default]
region = us-west-2
endpoint_url = http://127.0.0.1:9
use_fips_endpoint = true
use_dualstack_endpoint = true
account_id_endpoint_mode = required
max_attempts = 7
services = elsewhere
[services elsewhere]
dynamodb =
  endpoint_url = http://127.0.0.1:9
sts =
  endpoint_url = http://127.0.0.1:9
`;
useTestDatabase();

let sandbox: Sandbox;
let worker: RunningWorker;
let aws: Awaited<ReturnType<typeof startStubAws>>;
let dana: UserActor;

beforeAll(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  writeFileSync(path.join(folder, "config"), profiles);
  vi.stubEnv("AWS_CONFIG_FILE", path.join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", path.join(folder, "none"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAWORKER");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const suffix of ["", "_DYNAMODB", "_STS"])
    vi.stubEnv(`AWS_ENDPOINT_URL${suffix}`, "http://127.0.0.1:9");
  sandbox = await startSandbox({ creatingSeconds: 0.2 });
  process.env.TABLEWRIGHT_SANDBOX_URL = sandbox.url;
  dana = actorOf(
    await makePerson({ name: "Dana", email: "dana+tables@example.com", groups: ["shop-devs"] }),
    getConfig(),
    null,
  );
  worker = await startWorker({ owner: "aws-account-test" });
});
beforeEach(async () => {
  aws = await startStubAws(sandbox.url);
});
afterEach(() => aws.close());
afterAll(async () => {
  await worker.stop();
  await sandbox.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function ask(environment = "prod") {
  const id = await makeRequest(dana, { environment, tables: { [`t${Math.random()}`]: aTable() } });
  const request = await requestIn(dana, id, ["completed", "failed"], 60);
  const operation = await db().operation.findFirstOrThrow({ where: { requestId: id } });
  return { request, operation, problem: request.tables[0]!.problem };
}
const called = (operation: string) => aws.calls.filter((call) => call.operation === operation);

describe("a table in an AWS account", () => {
  test("is made in a session of the role that says for which operation and whom, once STS has named the account", async () => {
    const { request, operation } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    const [first, second, ...rest] = aws.calls;
    expect(first).toEqual({
      host: "sts.eu-west-1.amazonaws.com",
      operation: "AssumeRole",
      accessKey: "AKIAWORKER",
      sessionToken: undefined,
      input: {
        Action: "AssumeRole",
        Version: "2011-06-15",
        RoleArn: roleArn,
        RoleSessionName: `${operation.id}.dana+tables@example.com`,
        DurationSeconds: "900",
        ExternalId: "ext-1",
        "Tags.member.1.Key": "tablewright:operation",
        "Tags.member.1.Value": operation.id,
        "Tags.member.2.Key": "tablewright:requester",
        "Tags.member.2.Value": "dana+tables@example.com",
      },
    });
    expect(second).toEqual({
      host: "sts.eu-west-1.amazonaws.com",
      operation: "GetCallerIdentity",
      accessKey: "ASIA1",
      sessionToken: "token of ASIA1",
      input: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    });
    expect(new Set(rest.map(({ host }) => host))).toEqual(new Set(["dynamodb.eu-west-1.amazonaws.com"]));
    expect(new Set(rest.map(({ sessionToken }) => sessionToken))).toEqual(new Set(["token of ASIA1"]));
    expect(called("CreateTable")).toHaveLength(1);
  });

  test("is made with what the worker has where no role is named, and STS is asked then too", async () => {
    const { request } = await ask("own");
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    expect(called("AssumeRole")).toEqual([]);
    expect(aws.calls[0]).toMatchObject({ operation: "GetCallerIdentity", accessKey: "AKIAWORKER" });
  });

  test("is not made in another account: nothing is sent there, and the request says which account was found", async () => {
    aws.behaviour.account = "999999999999";
    const { request, problem } = await ask();
    expect(request.state).toBe("failed");
    expect(problem).toMatch(/999999999999.*111111111111.*Nothing was sent/);
    expect(aws.calls.filter(({ host }) => host.startsWith("dynamodb"))).toEqual([]);
  });

  test("goes on with a new session when the old one runs out in the middle", async () => {
    let expired = false;
    aws.behaviour.refuse = ({ operation, accessKey }) => {
      if (operation === "CreateTable") expired = true;
      const old = expired && accessKey === "ASIA1" && operation !== "CreateTable";
      return old ? { code: "ExpiredTokenException", message: "The security token is expired" } : null;
    };
    const { request } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    expect(called("AssumeRole")).toHaveLength(2);
    expect(called("GetCallerIdentity").map(({ accessKey }) => accessKey)).toEqual(["ASIA1", "ASIA2"]);
    expect(called("CreateTable")).toHaveLength(1);
  });

  test("has its session renewed before it runs out, and STS is asked about each", async () => {
    aws.behaviour.sessionMinutes = 4;
    const { request } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    const sessions = called("AssumeRole").length;
    expect(sessions).toBeGreaterThan(2);
    expect(called("GetCallerIdentity")).toHaveLength(sessions);
  });

  test.each([
    ["CreateTable", "dynamodb:CreateTable", "arn:aws:dynamodb:eu-west-1:111111111111:table/t"],
    [
      "UpdateContinuousBackups",
      "dynamodb:UpdateContinuousBackups",
      "arn:aws:dynamodb:eu-west-1:111111111111:table/t",
    ],
    ["AssumeRole", "sts:AssumeRole", roleArn],
    ["AssumeRole", "sts:TagSession", roleArn],
  ])("whose role refuses %s stops and names %s", async (refused, action, resource) => {
    aws.behaviour.refuse = ({ operation }) =>
      operation === refused
        ? {
            code: refused === "AssumeRole" ? "AccessDenied" : "AccessDeniedException",
            message: `User: arn:aws:sts::111111111111:assumed-role/w/s is not authorized to perform: ${action} on resource: ${resource}`,
          }
        : null;
    const { request, problem } = await ask();
    expect(request.state).toBe("failed");
    expect(problem).toContain(action);
    expect(problem).toMatch(/Allow it|trust policy/);
    const refusals = `call="${refused}",outcome="denied"`;
    expect(await metrics.metrics()).toContain(`tablewright_aws_call_duration_seconds_count{${refusals}}`);
  });
});

describe("a check of an environment", () => {
  const denied = (action: string, resource = "x"): { code: string; message: string } => ({
    code: action.startsWith("sts:") ? "AccessDenied" : "AccessDeniedException",
    message: `User: arn:aws:sts::111111111111:assumed-role/w/s is not authorized to perform: ${action} on resource: ${resource}`,
  });

  async function check(environment: string) {
    const pat = await makeActor("platform");
    await checkEnvironment(pat, { environment });
    const found = await eventually(async () => {
      const { environments } = await getEnvironmentSettings(pat, {});
      const newest = environments.find(({ name }) => name === environment)!.check!;
      return newest.ended_at !== null && newest;
    });
    expect(found.asked_by).toBe(pat.name);
    return Object.fromEntries(
      found.findings.map(({ what, state, detail }) => [what, detail ? `${state}: ${detail}` : state]),
    );
  }

  const sound = {
    "sts:AssumeRole, sts:TagSession": "ok",
    "Account 111111111111": "ok",
    "dynamodb:DescribeTable": "ok",
    "dynamodb:DescribeTimeToLive": "ok",
    "dynamodb:DescribeContinuousBackups": "ok",
    "dynamodb:ListTagsOfResource": "ok",
    "dynamodb:CreateTable": "unchecked",
    "dynamodb:TagResource": "unchecked",
    "dynamodb:UpdateTimeToLive": "unchecked",
    "dynamodb:UpdateContinuousBackups": "unchecked",
  };

  test("finds that all is well, by reads alone, on names of ours that do not exist", async () => {
    expect(await check("prod")).toEqual(sound);
    const looked = aws.calls.filter(({ host }) => host.startsWith("dynamodb"));
    expect(looked.filter(({ operation }) => !/^(Describe|List)/.test(operation))).toEqual([]);
    expect(called("DescribeTable").map(({ input }) => input.TableName)).toEqual([
      expect.stringMatching(/^shop-prod-check-[0-9a-f]{12}$/),
      expect.stringMatching(/^billing-prod-check-[0-9a-f]{12}$/),
    ]);
  });

  test("names a right that is missing, and for which project", async () => {
    aws.behaviour.refuse = ({ operation, input }) =>
      operation === "ListTagsOfResource" && String(input.ResourceArn).includes("billing")
        ? denied("dynamodb:ListTagsOfResource")
        : null;
    expect(await check("prod")).toEqual({
      ...sound,
      "dynamodb:ListTagsOfResource": expect.stringMatching(
        /^missing: For tables of billing: .*not authorized.*The role lacks dynamodb:ListTagsOfResource/,
      ),
    });
  });

  test("says that the role cannot be assumed, and looks no further", async () => {
    aws.behaviour.refuse = ({ operation }) =>
      operation === "AssumeRole" ? denied("sts:AssumeRole", roleArn) : null;
    expect(await check("prod")).toEqual({
      "sts:AssumeRole, sts:TagSession": expect.stringMatching(/^missing: .*trust policy/),
    });
  });

  test("says that the account is another one, and asks nothing there", async () => {
    aws.behaviour.account = "999999999999";
    expect(await check("prod")).toEqual({
      "sts:AssumeRole, sts:TagSession": "ok",
      "Account 111111111111": expect.stringMatching(/^missing: .*999999999999/),
    });
    expect(aws.calls.filter(({ host }) => host.startsWith("dynamodb"))).toEqual([]);
  });

  test("works for the sandbox, and says when an endpoint is away", async () => {
    expect(new Set(Object.values(await check("demo")))).toEqual(new Set(["ok"]));
    expect(Object.values(await check("emulator"))[0]).toMatch(/^unknown: .*ECONNREFUSED/s);
  });

  test("is the platform group's to start", async () => {
    await expect(checkEnvironment(dana, { environment: "prod" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const pat = await makeActor("platform");
    await expect(checkEnvironment(pat, { environment: "nowhere" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("leaves nothing secret on the settings page", async () => {
    const settings = JSON.stringify(await getEnvironmentSettings(dana, {}));
    expect(settings).toContain(roleArn);
    for (const secret of ["ext-1", "AKIAWORKER", "ASIA"]) expect(settings).not.toContain(secret);
  });

  test("runs once at a time for each environment: who asks meanwhile is told", async () => {
    const asked = await Promise.allSettled(
      (await makeActors(5, "platform")).map((pat) => checkEnvironment(pat, { environment: "demo" })),
    );
    const refused = asked.filter((one) => one.status === "rejected");
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "CONFLICT" });
    expect(refused.length).toBeLessThan(5);
    const left = await eventually(async () => {
      const rows = await db().environmentCheck.findMany({ where: { environment: "demo" } });
      return rows.every(({ endedAt }) => endedAt !== null) && rows;
    });
    expect(left).toHaveLength(1);
  });

  test("whose worker died is taken up by another", async () => {
    await db().environmentCheck.create({
      data: {
        environment: "demo",
        askedById: "x",
        askedByName: "Pat",
        claimedAt: new Date(Date.now() - 61_000),
      },
    });
    await eventually(async () => {
      const open = await db().environmentCheck.count({ where: { environment: "demo", endedAt: null } });
      return open === 0;
    });
  });
});
