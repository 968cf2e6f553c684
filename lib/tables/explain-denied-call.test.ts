import { describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { aTable, makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { explainDenial } from "./explain-denied-call.ts";

useTestConfig();
useTestDatabase();

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** A table that a worker has made, in us-east-1 of 000000000000. */
async function makeTable(requester: UserActor, project: string, spec: Parameters<typeof aTable>[0] = {}) {
  const key = `t${crypto.randomUUID().slice(0, 8)}`;
  const requestId = await makeRequest(requester, {
    project,
    environment: "dev",
    tables: { [key]: aTable(spec) },
  });
  const { id, name } = await db().table.findFirstOrThrow({ where: { requestId } });
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
  await db().table.update({ where: { id }, data: { state: "active", identity: id, arn } });
  return { id, name, arn };
}

const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::000000000000:assumed-role/app/i-1 is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

async function people() {
  const [dana, noor, pat] = await Promise.all([
    makeActor("shop-devs"),
    makeActor("billing-devs"),
    makeActor("platform"),
  ]);
  return { dana: dana!, noor: noor!, pat: pat! };
}

describe("the table that a message names", () => {
  test("is found by its ARN, without saying which", async () => {
    const { dana } = await people();
    const table = await makeTable(dana, "shop");
    expect(await explainDenial(dana, { message: denied("dynamodb:GetItem", table.arn) })).toMatchObject({
      verdict: "granted",
      grant: { access: "reader", scan: false, partiql: false, statement: "Table" },
      table: { id: table.id, name: table.name },
    });
  });

  test("goes before the table whose page it is", async () => {
    const { dana } = await people();
    const [here, other] = [await makeTable(dana, "shop"), await makeTable(dana, "shop")];
    const message = denied("dynamodb:PutItem", other.arn);
    expect(await explainDenial(dana, { message, table_id: here.id })).toMatchObject({
      grant: { access: "writer" },
      table: { id: other.id },
    });
  });

  test("counts only with its account and Region", async () => {
    const { dana } = await people();
    const table = await makeTable(dana, "shop");
    for (const arn of [
      table.arn.replace("us-east-1", "eu-west-1"),
      table.arn.replace("000000000000", "222222222222"),
    ]) {
      expect(await explainDenial(dana, { message: denied("dynamodb:GetItem", arn) })).toMatchObject({
        verdict: "elsewhere",
        grant: null,
        table: { id: table.id },
      });
    }
    const hidden = table.arn.replace("000000000000", "***");
    expect(await explainDenial(dana, { message: denied("dynamodb:GetItem", hidden) })).toMatchObject({
      verdict: "granted",
      table: { id: table.id },
    });
  });

  test("is told apart by capitals", async () => {
    const { dana } = await people();
    const table = await makeTable(dana, "shop");
    const message = denied("dynamodb:GetItem", table.arn.replace("shop", "SHOP"));
    expect((await explainDenial(dana, { message })).verdict).toBe("unknown-table");
  });
});

describe("a table that one may not see", () => {
  test("is answered as one that is not here, to the letter", async () => {
    const { dana, noor, pat } = await people();
    const table = await makeTable(noor, "billing");
    const absent = {
      ...table,
      name: "billing-dev-not-here",
      arn: table.arn.replace(table.name, "billing-dev-not-here"),
    };
    for (const action of ["dynamodb:GetItem", "dynamodb:CreateTable", "dynamodb:GetRecords"]) {
      const [hidden, missing] = await Promise.all(
        [table, absent].map(async ({ name, arn }) => {
          const answer = await explainDenial(dana, { message: denied(action, arn) });
          return JSON.parse(JSON.stringify(answer).replaceAll(name, "T"));
        }),
      );
      expect(hidden).toEqual(missing);
      expect(hidden.table).toBeNull();
    }
    const seen = await explainDenial(pat, { message: denied("dynamodb:GetItem", table.arn) });
    expect(seen).toMatchObject({ verdict: "granted", table: { id: table.id } });
  });

  test("is not found by its id either", async () => {
    const { dana, noor } = await people();
    const table = await makeTable(noor, "billing");
    const message = denied("dynamodb:GetItem", table.arn);
    await expect(explainDenial(dana, { message, table_id: table.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("is not found by its key", async () => {
    const { dana, noor, pat } = await people();
    const table = await makeTable(noor, "billing", { kms_key_id: keyArn });
    await showKey(table.id);
    const asked = { message: denied("kms:Decrypt", keyArn), project: "billing" };
    expect(await explainDenial(dana, asked)).toMatchObject({ verdict: "which-table", table: null });
    expect(await explainDenial(pat, asked)).toMatchObject({ verdict: "granted", table: { id: table.id } });
  });
});

/** As a worker leaves it after it looked. */
async function showKey(id: string) {
  const observed = {
    exists: true,
    encryption: { type: "KMS", status: "ENABLED", kmsKeyArn: keyArn },
  };
  await db().table.update({ where: { id }, data: { observed } });
}

test("what names no table is about the table whose page it is", async () => {
  const { dana } = await people();
  const table = await makeTable(dana, "shop", { enable_stream: true });
  await db().table.update({ where: { id: table.id }, data: { streamArn: `${table.arn}/stream/1` } });
  const message = denied("dynamodb:ListStreams", "*");
  expect(await explainDenial(dana, { message, table_id: table.id })).toMatchObject({
    verdict: "granted",
    grant: { access: "stream" },
    table: { id: table.id },
  });
  expect((await explainDenial(dana, { message })).verdict).toBe("which-table");
});

test("whatever is pasted gets an answer", async () => {
  const { dana } = await people();
  const messages = [
    ["", "not-understood"],
    ["x".repeat(100_000), "not-understood"],
    [denied("dynamodb:GetItem", "arn:aws:dynamodb:\\u0000:\\ud800:table/\\u0000"), "which-table"],
    [denied("kms:Decrypt", "arn:aws:kms:us-east-1:000000000000:key/\\u0000"), "which-table"],
  ] as const;
  for (const [message, verdict] of messages) {
    expect((await explainDenial(dana, { message, project: "shop" })).verdict).toBe(verdict);
  }
});
