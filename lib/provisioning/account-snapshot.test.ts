import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { getRequestPage } from "#lib/requests/page-queries.ts";
import { previewRequest } from "#lib/requests/wizard-queries.ts";
import { startSandbox } from "#lib/sandbox/server.ts";
import { aRequestBody, aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { takeAccountSnapshots } from "./account-snapshot.job.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
beforeAll(async () => {
  dana = await makeActor("shop-devs");
});

const listed = (sandbox: Awaited<ReturnType<typeof startSandbox>>) =>
  sandbox.calls.filter(({ operation }) => operation === "ListTables").length;

test("workers count the tables of each account once in a while, and the reviewer sees how many there are", async () => {
  const sandbox = await startSandbox({ creatingSeconds: 0 });
  process.env.TABLEWRIGHT_SANDBOX_URL = sandbox.url;
  try {
    const id = await makeRequest(dana);
    expect((await getRequestPage(dana, { id })).target?.tables).toBeNull();
    await Promise.all([takeAccountSnapshots(), takeAccountSnapshots()]);
    await takeAccountSnapshots();
    expect(listed(sandbox), "two accounts, each once").toBe(2);
    const { target } = await getRequestPage(dana, { id });
    expect(target?.tables).toEqual({ count: 0, quota: 2500, seen_at: expect.any(String) });

    await db().$executeRaw`update account_snapshot set "claimedAt" = now() - interval '6 minutes'`;
    await takeAccountSnapshots();
    expect(listed(sandbox)).toBe(4);
  } finally {
    await sandbox.close();
  }
});

test("a name that the account has already is warned of, unless the table is one of ours", async () => {
  await db().$executeRaw`
    insert into account_snapshot (endpoint, account, region, names, "takenAt")
    values ('sandbox', '000000000000', 'us-east-1', '{shop-stage-theirs,shop-stage-own}', now())
    on conflict (endpoint, account, region) do update set names = excluded.names`;
  const idsOf = async (key: string, id?: string) => {
    if (id) return (await getRequestPage(dana, { id })).findings.map((finding) => finding.id);
    const preview = await previewRequest(dana, aRequestBody({ tables: { [key]: aTable() } }));
    return preview.tables[0]!.findings.map((finding) => finding.id);
  };
  expect(await idsOf("theirs")).toContain("name-in-account");
  expect(await idsOf("fresh")).not.toContain("name-in-account");
  const own = await makeRequest(dana, { tables: { own: aTable() } });
  expect(await idsOf("own", own)).not.toContain("name-in-account");
});

test("an account that cannot be looked at keeps its last count, with its date", async () => {
  const before = await db().accountSnapshot.findMany({ orderBy: { account: "asc" } });
  process.env.TABLEWRIGHT_SANDBOX_URL = "http://127.0.0.1:9";
  await db().$executeRaw`update account_snapshot set "claimedAt" = now() - interval '6 minutes'`;
  await takeAccountSnapshots();
  const after = await db().accountSnapshot.findMany({ orderBy: { account: "asc" } });
  expect(after.map(({ names, takenAt }) => [names, takenAt])).toEqual(
    before.map(({ names, takenAt }) => [names, takenAt]),
  );
});

test("a reviewer sees what else of the project waits, and nothing of what they may not see", async () => {
  const id = await makeRequest(dana);
  const other = await makeRequest(dana);
  const foreign = await makeRequest(await makeActor("billing-devs"), { project: "billing" });
  const { others } = await getRequestPage(await makeActor("platform"), { id });
  expect(others.map((one) => one.id)).toContain(other);
  expect(others.map((one) => one.id)).not.toContain(id);
  expect(others.map((one) => one.id)).not.toContain(foreign);
  const solo = await makeRequest(dana, { environment: "solo" });
  expect((await getRequestPage(await makeActor("security"), { id: solo })).others).toEqual([]);
});
