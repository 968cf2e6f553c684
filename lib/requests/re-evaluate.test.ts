import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import {
  aTable,
  auditOf,
  jobsFor,
  makeActor,
  makeDecommission,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { reevaluateRequests } from "./re-evaluate.job.ts";
import { resubmitRequest } from "./resubmit.ts";

useTestConfig();
useTestDatabase();

const worker = { kind: "system", job: "tests" } as const;
let dana: UserActor;
let pat: UserActor;
let alex: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  pat = await makeActor("platform");
  alex = await makeActor("platform", "security");
});

const stricter = (text: string) =>
  text.replace(
    "approvals:",
    'approvals:\n  - { id: stage-twice, when: environment == "stage", require: [{ group: platform, count: 2 }] }',
  );
const guardrail = (level: string) => (text: string) =>
  text.replace(
    "guardrails:",
    `guardrails:\n  - { id: no-streams, rule: "!table.enable_stream", level: ${level}, message: Streams cost money }`,
  );
const costCenter = (text: string) => text.replace("stage: { ", 'stage: { tags: { Team: "seven" }, ');

/** What of a request an approval is given to, and what was decided. */
async function stateOf(id: string) {
  const { state, version, rule, approvals, pin } = await requestRow(id);
  return { state, version, rule, given: approvals.map((one) => one.version), pin };
}
const lastLine = async (id: string) => (await auditOf(id)).at(-1)!;

describe("a configuration that changes while a request waits", () => {
  test("an approval is not counted against an outcome that is no longer so, and says what changed", async () => {
    const id = await makeRequest(dana);
    await changeTestConfig(stricter, async () => {
      await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining(
          "2 of platform (rule stage-twice) instead of 1 of platform (rule default)",
        ),
      });
      expect(await stateOf(id)).toMatchObject({ state: "submitted", version: 1, given: [] });
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ version: 2, rule: "stage-twice" });
      await approveRequest(pat, { id, version: 2 });
      expect((await requestRow(id)).state).toBe("submitted");
      await approveRequest(alex, { id, version: 2 });
      expect((await requestRow(id)).state).toBe("approved");
    });
  });

  test("approvals of what was shown before do not count, and the timeline says old and new", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, { id, version: 1 });
    await changeTestConfig(
      (text) => text.replace("platform, count: 2 }", "platform, count: 1 }"),
      async () => {
        await reevaluateRequests(worker);
        const { approvals, required } = await requestRow(id);
        expect(approvals.map((one) => one.version)).toEqual([1]);
        expect(required).toMatchObject([{ count: 1 }, { group: "security" }]);
        expect(await lastLine(id)).toMatchObject({
          event: "request.re-evaluate",
          actorKind: "system",
          version: 2,
          data: {
            from: { rule: "prod", required: [{ count: 2 }, { count: 1 }] },
            to: { rule: "prod", required: [{ count: 1 }, { count: 1 }] },
          },
        });
        await approveRequest(pat, { id, version: 2 });
      },
    );
  });

  test("a change that makes no difference to a request leaves it, its version and its time to expire alone", async () => {
    const id = await makeRequest(dana);
    await approveRequest(pat, { id: await makeRequest(dana), version: 1 });
    const before = await requestRow(id);
    await changeTestConfig(
      (text) => text.replace("count: 3", "count: 4"),
      async () => {
        await reevaluateRequests(worker);
        const { configuration, ...after } = await requestRow(id);
        expect(configuration).not.toBe(before.configuration);
        expect({ ...after, configuration: before.configuration }).toEqual(before);
      },
    );
  });

  test("other planned calls make another version, whoever has to approve", async () => {
    const id = await makeRequest(dana);
    const { pin } = await stateOf(id);
    await changeTestConfig(costCenter, async () => {
      await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({
        message: expect.stringContaining("other calls are planned for"),
      });
      await reevaluateRequests(worker);
      const now = await requestRow(id);
      expect(now).toMatchObject({ version: 2, rule: "default" });
      expect(now.pin).not.toBe(pin);
      expect(JSON.stringify(now.tables[0]!.plan)).toContain("seven");
      await approveRequest(pat, { id, version: 2 });
      expect((await requestRow(id)).approvals).toMatchObject([{ version: 2, pin: now.pin }]);
    });
  });

  test("a guardrail that refuses by now sends the request back and says which", async () => {
    const id = await makeRequest(dana, { tables: { denied: aTable({ enable_stream: true }) } });
    await changeTestConfig(guardrail("deny"), async () => {
      await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("no-streams"),
      });
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ state: "sent_back", version: 1, given: [] });
      expect(await lastLine(id)).toMatchObject({
        event: "request.send-back",
        actorKind: "system",
        data: { because: "guardrails" },
        comment: expect.stringContaining("no-streams: Streams cost money"),
      });
    });
  });

  test("a rule that fails approves nothing, and the request stays as it was", async () => {
    const id = await makeRequest(dana);
    const broken = (text: string) =>
      text.replace(
        "approvals:",
        "approvals:\n  - { id: broken-now, when: 'tables[0].sort_key == \"x\"', require: [] }",
      );
    await changeTestConfig(broken, async () => {
      await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining("broken-now"),
        errors: [{ id: "broken-now" }],
      });
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ state: "submitted", version: 1, given: [] });
    });
    await approveRequest(pat, { id, version: 1 });
  });

  test("an environment that is gone, or elsewhere, approves nothing", async () => {
    const id = await makeRequest(dana);
    const changes = [
      (text: string) => text.replace("  stage: {", "  later: {"),
      (text: string) => text.replace('stage: { account: "000000000000"', 'stage: { account: "222222222222"'),
    ];
    for (const change of changes) {
      await changeTestConfig(change, async () => {
        await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
        await reevaluateRequests(worker);
        expect(await stateOf(id)).toMatchObject({ state: "submitted", version: 1 });
      });
    }
  });

  test("rules that would ask nobody by now approve nothing that waits: who was asked still answers", async () => {
    const id = await makeRequest(dana);
    await changeTestConfig(
      (text) =>
        text.replace(
          "approvals:",
          "approvals:\n  - { id: free, when: 'environment == \"stage\"', require: [] }",
        ),
      async () => {
        await reevaluateRequests(worker);
        expect(await stateOf(id)).toMatchObject({ state: "submitted", version: 1, rule: "default" });
        expect(await jobsFor(id)).toBe(0);
        await approveRequest(pat, { id, version: 1 });
        expect((await requestRow(id)).state).toBe("approved");
      },
    );
  });

  test("a request that cannot be read is looked at once, and keeps none behind it waiting", async () => {
    const broken = await makeRequest(dana);
    const behind = await makeRequest(dana);
    await db().table.updateMany({ where: { requestId: broken }, data: { spec: [] } });
    await changeTestConfig(stricter, async () => {
      await reevaluateRequests(worker);
      expect(await stateOf(behind)).toMatchObject({ version: 2 });
      const { version, configuration } = await requestRow(broken);
      expect({ version, configuration }).toEqual({
        version: 1,
        configuration: (await requestRow(behind)).configuration,
      });
    });
    await db().request.update({ where: { id: broken }, data: { state: "cancelled" } });
  });

  test("a worker of an older configuration changes nothing while a newer one runs", async () => {
    const id = await makeRequest(dana);
    await db().worker.create({ data: { id: "newer", configuration: "another" } });
    await changeTestConfig(stricter, async () => {
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ version: 1 });
      await db().worker.deleteMany({});
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ version: 2 });
    });
  });

  test("a requester whose groups changed is looked at anew, before anybody's approval counts", async () => {
    const mover = await makeActor("shop-devs", "interns");
    const trusted = (text: string) =>
      text.replace(
        "approvals:",
        `approvals:\n  - { id: interns, when: '"interns" in requester.groups && project == "shop" && kind == "create"', require: [{ group: security, count: 1 }] }`,
      );
    await changeTestConfig(trusted, async () => {
      const id = await makeRequest(mover);
      expect(await stateOf(id)).toMatchObject({ rule: "interns" });
      await db().user.update({ where: { id: mover.id }, data: { groups: ["shop-devs"] } });
      await expect(approveRequest(alex, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
      await reevaluateRequests(worker);
      expect(await stateOf(id)).toMatchObject({ version: 2, rule: "default", given: [] });
    });
  });
});

describe("a pin", () => {
  test("is the same however often and in whatever order the same is worked out, and goes with an edit", async () => {
    const tables = { "pin-b": aTable({ tags: { z: "1", a: "2" } }), "pin-a": aTable({ enable_ttl: true }) };
    const id = await makeRequest(dana, { tables });
    const { pin } = await stateOf(id);
    expect(pin).toMatch(/^[0-9a-f]{64}$/);
    await approveRequest(pat, { id: await makeRequest(dana), version: 1 });
    await resubmitRequest(dana, {
      id,
      version: 1,
      tables: { "pin-a": tables["pin-a"], "pin-b": tables["pin-b"] },
    });
    expect((await stateOf(id)).pin).toBe(pin);
    await resubmitRequest(dana, { id, version: 2, tables: { "pin-a": aTable() } });
    expect((await stateOf(id)).pin).not.toBe(pin);
    await approveRequest(pat, { id, version: 3 });
  });

  test("of a request from before there were pins is taken over, with its approvals", async () => {
    const id = await makeRequest(dana, { environment: "prod" });
    await approveRequest(pat, { id, version: 1 });
    await db().request.update({ where: { id }, data: { pin: null, configuration: null } });
    await expect(approveRequest(alex, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    await reevaluateRequests(worker);
    expect(await stateOf(id)).toMatchObject({ version: 1, given: [1], pin: expect.any(String) });
    await approveRequest(alex, { id, version: 1 });
  });

  test("covers the deletion of tables as well", async () => {
    const made = await makeRequest(dana, { environment: "dev", tables: { going: aTable() } });
    await db().table.updateMany({
      where: { requestId: made },
      data: { state: "active", identity: "identity", arn: "arn:aws:dynamodb:::table/going" },
    });
    const id = await makeDecommission(dana, "dev", ["going"]);
    expect(await stateOf(id)).toMatchObject({ pin: expect.any(String) });
  });
});

describe("a warning of a guardrail", () => {
  test("is acknowledged by whoever approves, or the approval is refused with its id", async () => {
    await changeTestConfig(guardrail("warn"), async () => {
      const id = await makeRequest(dana, { tables: { warned: aTable({ enable_stream: true }) } });
      for (const acknowledged of [undefined, [], ["another"]]) {
        await expect(approveRequest(pat, { id, version: 1, acknowledged })).rejects.toMatchObject({
          code: "INVALID",
          errors: [{ path: "/acknowledged", id: "no-streams" }],
        });
      }
      expect((await requestRow(id)).approvals).toEqual([]);
      await approveRequest(pat, { id, version: 1, acknowledged: ["no-streams"] });
      expect((await lastLine(id)).data).toMatchObject({ acknowledged: ["no-streams"] });
    });
  });

  test("that comes up after the request was made makes another version, which shows it", async () => {
    const id = await makeRequest(dana, { tables: { late: aTable({ enable_stream: true }) } });
    await changeTestConfig(guardrail("warn"), async () => {
      const early = { id, version: 1, acknowledged: ["no-streams"] };
      await expect(approveRequest(pat, early)).rejects.toMatchObject({ code: "CONFLICT" });
      await reevaluateRequests(worker);
      await approveRequest(pat, { ...early, version: 2 });
    });
  });

  test("advice needs no acknowledgement", async () => {
    const key = aTable({
      partition_key: "at",
      enable_ttl: true,
      ttl_attribute: "at",
      attribute_types: { at: "N" },
    });
    const id = await makeRequest(dana, { tables: { advised: key } });
    await approveRequest(pat, { id, version: 1 });
  });
});
