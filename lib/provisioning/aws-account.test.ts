import { describe, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { metrics } from "#lib/infra/metrics.ts";
import { aTable, makeRequest } from "#prisma/factories.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { roleArn, useAws } from "./aws-scene.fixture.ts";
import { requestIn } from "./scenario.fixture.ts";

useTestDatabase();
const scene = useAws();

async function ask(environment = "prod") {
  const id = await makeRequest(scene.dana, { environment, tables: { [`t${Math.random()}`]: aTable() } });
  const request = await requestIn(scene.dana, id, ["completed", "failed"], 60);
  const operation = await db().operation.findFirstOrThrow({ where: { requestId: id } });
  return { request, operation, problem: request.tables[0]!.problem };
}
describe("a table in an AWS account", () => {
  test("is made in a session of the role that says for which operation and whom, once STS has named the account", async () => {
    const { request, operation } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    const [first, second, ...rest] = scene.aws.calls;
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
    expect(scene.called("CreateTable")).toHaveLength(1);
  });

  test("is made with what the worker has where no role is named, and STS is asked then too", async () => {
    const { request } = await ask("own");
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    expect(scene.called("AssumeRole")).toEqual([]);
    expect(scene.aws.calls[0]).toMatchObject({ operation: "GetCallerIdentity", accessKey: "AKIAWORKER" });
  });

  test("is not made in another account: nothing is sent there, and the request says which account was found", async () => {
    scene.aws.behaviour.account = "999999999999";
    const { request, problem } = await ask();
    expect(request.state).toBe("failed");
    expect(problem).toMatch(/999999999999.*111111111111.*Nothing was sent/);
    expect(scene.aws.calls.filter(({ host }) => host.startsWith("dynamodb"))).toEqual([]);
  });

  test("goes on with a new session when the old one runs out in the middle", async () => {
    let expired = false;
    scene.aws.behaviour.refuse = ({ operation, accessKey }) => {
      if (operation === "CreateTable") expired = true;
      const old = expired && accessKey === "ASIA1" && operation !== "CreateTable";
      return old ? { code: "ExpiredTokenException", message: "The security token is expired" } : null;
    };
    const { request } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    expect(scene.called("AssumeRole")).toHaveLength(2);
    expect(scene.called("GetCallerIdentity").map(({ accessKey }) => accessKey)).toEqual(["ASIA1", "ASIA2"]);
    expect(scene.called("CreateTable")).toHaveLength(1);
  });

  test("has its session renewed before it runs out, and STS is asked about each", async () => {
    scene.aws.behaviour.sessionMinutes = 4;
    const { request } = await ask();
    expect([request.state, request.tables[0]!.problem]).toEqual(["completed", null]);
    const sessions = scene.called("AssumeRole").length;
    expect(sessions).toBeGreaterThan(2);
    expect(scene.called("GetCallerIdentity")).toHaveLength(sessions);
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
    scene.aws.behaviour.refuse = ({ operation }) =>
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
