import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { cancelRequest } from "./cancel.ts";
import { resubmitRequest } from "./resubmit.ts";

useTestConfig();
useTestDatabase();

/** A request that failed at its only table, with or without knowing what became of the CreateTable that went out. */
async function failed(absentAt: Date | null) {
  const dana = await makeActor("shop-devs");
  const id = await makeRequest(dana, { environment: "dev" });
  const table = await db().table.findFirstOrThrow({ where: { requestId: id } });
  await db().operation.create({ data: { requestId: id, tableId: table.id, state: "failed", absentAt } });
  await db().table.update({ where: { id: table.id }, data: { state: "failed", problem: "No answer" } });
  await db().request.update({ where: { id }, data: { state: "failed" } });
  return { dana, id, table };
}

test("the name of a table that may exist is neither given back nor forgotten", async () => {
  const { dana, id, table } = await failed(new Date());
  const refusal = { code: "CONFLICT", message: expect.stringContaining(`whether ${table.name} was created`) };
  await expect(cancelRequest(dana, { id, version: 1 })).rejects.toMatchObject(refusal);
  const resubmit = resubmitRequest(dana, { id, version: 1, tables: { other: aTable() } });
  await expect(resubmit).rejects.toMatchObject(refusal);
  expect(await db().table.findMany({ where: { requestId: id } })).toMatchObject([{ holdsName: true }]);
});

test("once a worker has looked, the name can be given back", async () => {
  const { dana, id } = await failed(null);
  await cancelRequest(dana, { id, version: 1 });
  expect(await db().table.findMany({ where: { requestId: id } })).toMatchObject([{ holdsName: false }]);
});
