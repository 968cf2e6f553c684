import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { getOutputs } from "#lib/requests/page-queries.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { getTable, listTables } from "./queries.ts";
import { getTableSnippet } from "./snippets.ts";

useTestConfig();
useTestDatabase();

test("a table whose environment left the configuration stays readable, with its outputs and policies", async () => {
  const dana = await makeActor("shop-devs");
  const requestId = await makeRequest(dana, { environment: "dev" });
  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-gone-t";
  const [table] = await db().table.updateManyAndReturn({
    where: { requestId },
    data: { environment: "gone", state: "active", arn, identity: "1" },
  });
  await db().request.update({ where: { id: requestId }, data: { environment: "gone", state: "completed" } });

  expect(await getTable(dana, { id: table!.id })).toMatchObject({
    environment: "gone",
    environment_configured: false,
    arn,
  });
  const { items } = await listTables(dana, { environment: "gone" });
  expect(items.map((item) => item.id)).toEqual([table!.id]);
  expect((await getOutputs(dana, { id: requestId })).table_arns).toEqual({ [table!.key]: arn });
  const snippet = { id: table!.id, format: "iam-policy", options: { access: "reader" } };
  expect((await getTableSnippet(dana, snippet)).content).toContain(arn);
});
