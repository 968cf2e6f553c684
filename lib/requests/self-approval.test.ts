import { expect, test } from "vitest";
import { makeActor, makeRequest, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";

useTestConfig("self_approval: true");
useTestDatabase();

test("where the configuration allows self-approval, a requester counts once like anybody else", async () => {
  const pat = await makeActor("platform");
  const id = await makeRequest(pat, { environment: "prod" });
  await approveRequest(pat, { id, version: 1 });
  await expect(approveRequest(pat, { id, version: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await requestRow(id)).state).toBe("submitted");
});
