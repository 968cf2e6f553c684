import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { getLiveRequest } from "./live-queries.ts";

useTestConfig();
useTestDatabase();

test("of a large group all who can approve are counted, the first 200 named, and the reader before all", async () => {
  const id = await makeRequest(await makeActor("shop-devs"), { tables: { crowd: aTable() } });
  const pat = await makeActor("platform");
  await db().user.update({ where: { id: pat.id }, data: { name: "Zoe" } });
  const crowd = Array.from({ length: 300 }, (_, at) => ({
    name: `Person ${at}`,
    email: `p${at}@example.com`,
  }));
  await db().user.createMany({ data: crowd.map((one) => ({ ...one, groups: ["platform"] })) });
  const [entry] = (await getLiveRequest(pat, { id })).approvals;
  expect(entry).toMatchObject({ group: "platform", nextCount: 301 });
  expect(entry?.next).toHaveLength(200);
  expect(entry?.next[0]).toBe("Zoe");
});
