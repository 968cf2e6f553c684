import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { exportTablesCsv } from "./export-csv.ts";

useTestConfig();
useTestDatabase();

const header =
  "name,key,project,environment,account,region,state,type,billing_mode,arn,stream_arn,purpose,observed_at";
const linesOf = (content: string) => content.split("\r\n").slice(0, -1);

/** Approved at once, by rule. */
const make = (actor: Parameters<typeof makeRequest>[0], project: string, key: string, purpose?: string) =>
  makeRequest(actor, { project, environment: "dev", tables: { [key]: aTable({ purpose }) } });

test("a purpose that a spreadsheet would run comes out as text", async () => {
  const dana = await makeActor("shop-devs");
  const formulas = ["=1+cmd", "+1", "-2+3", " =1", "\u00a0-1"];
  for (const [at, purpose] of formulas.entries()) await make(dana, "shop", `formula-${at}`, purpose);
  const { content } = await exportTablesCsv(dana, { q: "formula-" });
  for (const [at, purpose] of formulas.entries()) {
    const line = linesOf(content).find((text) => text.startsWith(`shop-dev-formula-${at},`));
    expect(line).toBe(
      `shop-dev-formula-${at},formula-${at},shop,dev,000000000000,us-east-1,pending,key-value,PAY_PER_REQUEST,,,"'${purpose}",`,
    );
  }
});

test("what a worker saw is in it", async () => {
  const dana = await makeActor("shop-devs");
  const requestId = await make(dana, "shop", "seen");
  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-dev-seen";
  const streamArn = `${arn}/stream/2026-01-02T03:04:05.000`;
  await db().table.updateMany({
    where: { requestId },
    data: { state: "active", arn, streamArn, observedAt: new Date("2026-01-02T03:04:05.678Z") },
  });
  const { filename, content } = await exportTablesCsv(dana, { q: "dev-seen" });
  expect(filename).toBe("tables.csv");
  expect(linesOf(content)).toEqual([
    header,
    `shop-dev-seen,seen,shop,dev,000000000000,us-east-1,active,key-value,PAY_PER_REQUEST,${arn},${streamArn},Application Data Storage,2026-01-02T03:04:05.678Z`,
  ]);
});

test("it holds the tables of the filters, of one's own projects only, and none before approval", async () => {
  const [dana, noor, pat] = [
    await makeActor("shop-devs"),
    await makeActor("billing-devs"),
    await makeActor("platform"),
  ];
  await make(dana, "shop", "mine-a");
  await make(dana, "shop", "mine-b");
  await make(noor, "billing", "mine-c");
  await makeRequest(dana, { environment: "stage", tables: { "mine-waiting": aTable() } });
  const names = async (actor: typeof dana, filters: object) =>
    linesOf((await exportTablesCsv(actor, filters)).content)
      .slice(1)
      .map((line) => line.split(",")[0]);

  expect(await names(dana, { q: "mine" })).toEqual(["shop-dev-mine-b", "shop-dev-mine-a"]);
  expect(await names(dana, { project: "billing" })).toEqual([]);
  expect(await names(dana, { q: "mine-a", state: "pending", environment: "dev" })).toEqual([
    "shop-dev-mine-a",
  ]);
  expect(await names(dana, { q: "mine", state: "active" })).toEqual([]);
  expect(await names(pat, { q: "mine", project: "billing" })).toEqual(["billing-dev-mine-c"]);
  await expect(exportTablesCsv(dana, { state: "gone" })).rejects.toMatchObject({ code: "INVALID" });
  await expect(exportTablesCsv(dana, { limit: "1" })).rejects.toMatchObject({ code: "INVALID" });
});

test("it holds all pages, and says in its name when it holds the newest 5,000 only", async () => {
  const dana = await makeActor("shop-devs");
  const requestId = await make(dana, "shop", "many");
  const { id, observed, ...row } = (await db().table.findFirstOrThrow({ where: { requestId } }))!;
  const copies = Array.from({ length: 5_000 }, (_, at) => ({
    ...row,
    spec: row.spec!,
    plan: row.plan!,
    id: randomUUID(),
    key: `many-${at}`,
    name: `shop-dev-many-${at}`,
  }));
  await db().table.createMany({ data: copies });

  const all = await exportTablesCsv(dana, { q: "dev-many-" });
  expect(all.filename).toBe("tables.csv");
  expect(new Set(linesOf(all.content)).size).toBe(5_001);
  const cut = await exportTablesCsv(dana, { q: "dev-many" });
  expect(cut.filename).toBe("tables-newest-5000.csv");
  expect(linesOf(cut.content)).toHaveLength(5_001);
});
