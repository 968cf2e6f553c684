import { describe, expect, test } from "vitest";
import { checkEnvironment } from "#lib/environments/check.ts";
import { getEnvironmentSettings } from "#lib/environments/settings-queries.ts";
import { db } from "#lib/infra/db.ts";
import { makeActor, makeActors } from "#prisma/factories.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { roleArn, useAws } from "./aws-scene.fixture.ts";
import { eventually } from "./scenario.fixture.ts";

useTestDatabase();
const scene = useAws();

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
    "dynamodb:ListTables": "ok",
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
    const looked = scene.aws.calls.filter(({ host }) => host.startsWith("dynamodb"));
    expect(looked.filter(({ operation }) => !/^(Describe|List)/.test(operation))).toEqual([]);
    expect(scene.called("DescribeTable").map(({ input }) => input.TableName)).toEqual([
      expect.stringMatching(/^shop-prod-check-[0-9a-f]{12}$/),
      expect.stringMatching(/^billing-prod-check-[0-9a-f]{12}$/),
    ]);
  });

  test("names a right that is missing, and for which project", async () => {
    scene.aws.behaviour.refuse = ({ operation, input }) =>
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
    scene.aws.behaviour.refuse = ({ operation }) =>
      operation === "AssumeRole" ? denied("sts:AssumeRole", roleArn) : null;
    expect(await check("prod")).toEqual({
      "sts:AssumeRole, sts:TagSession": expect.stringMatching(/^missing: .*trust policy/),
    });
  });

  test("says that the account is another one, and asks nothing there", async () => {
    scene.aws.behaviour.account = "999999999999";
    expect(await check("prod")).toEqual({
      "sts:AssumeRole, sts:TagSession": "ok",
      "Account 111111111111": expect.stringMatching(/^missing: .*999999999999/),
    });
    expect(scene.aws.calls.filter(({ host }) => host.startsWith("dynamodb"))).toEqual([]);
  });

  test("works for the sandbox, and says when an endpoint is away", async () => {
    expect(new Set(Object.values(await check("demo")))).toEqual(new Set(["ok"]));
    expect(Object.values(await check("emulator"))[0]).toMatch(/^unknown: .*ECONNREFUSED/s);
  });

  test("is the platform group's to start", async () => {
    await expect(checkEnvironment(scene.dana, { environment: "prod" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const pat = await makeActor("platform");
    await expect(checkEnvironment(pat, { environment: "nowhere" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("leaves nothing secret on the settings page", async () => {
    const settings = JSON.stringify(await getEnvironmentSettings(scene.dana, {}));
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
