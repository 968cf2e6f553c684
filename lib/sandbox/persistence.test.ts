import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTablesCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { openJournal } from "./persistence.ts";
import { clientOf, plainTable, sandboxForTest } from "./sandbox.fixture.ts";

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "state");
}

const create = (TableName: string) => new CreateTableCommand(plainTable({ TableName }));
const statusOf = async (client: DynamoDBClient, TableName: string) =>
  (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;

describe("a restart", () => {
  test("keeps tables, their identity and what was set on them", async () => {
    const file = stateFile();
    const before = await sandboxForTest({ stateFile: file });
    await before.client.send(create("orders"));
    before.advance(1);
    await before.client.send(
      new UpdateTimeToLiveCommand({
        TableName: "orders",
        TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
      }),
    );
    const known = before.sandbox.tables();
    await before.sandbox.close();

    const after = await sandboxForTest({ stateFile: file });
    after.advance(1);
    expect(after.sandbox.tables()).toEqual(known);
    const { TimeToLiveDescription } = await after.client.send(
      new DescribeTimeToLiveCommand({ TableName: "orders" }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLING", AttributeName: "expires" });
  });

  test("leaves no table stuck in CREATING or DELETING", async () => {
    const file = stateFile();
    const before = await sandboxForTest({ stateFile: file });
    await before.client.send(create("old-table"));
    before.advance(1);
    await before.client.send(create("new-table"));
    await before.client.send(new DeleteTableCommand({ TableName: "old-table" }));
    await before.sandbox.close();

    const after = await sandboxForTest({ stateFile: file });
    after.advance(2);
    expect(await statusOf(after.client, "new-table")).toBe("ACTIVE");
    expect((await after.client.send(new ListTablesCommand({}))).TableNames).toEqual(["new-table"]);
  });

  test("remembers which first tries have failed already", async () => {
    const file = stateFile();
    const before = await sandboxForTest({ stateFile: file });
    await expect(before.client.send(create("a-fail-create"))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await before.sandbox.close();
    const after = await sandboxForTest({ stateFile: file });
    await after.client.send(create("a-fail-create"));
  });
});

describe("the state file", () => {
  test("a line cut off by a kill is dropped, the rest is kept", () => {
    const file = stateFile();
    writeFileSync(file, '["one",1]\n["two",2]\n["one"]\n["three",{"a"');
    const journal = openJournal(file);
    expect([...journal.entries]).toEqual([["two", 2]]);
    journal.set("four", 4);
    journal.close();
    expect(readFileSync(file, "utf8")).toBe('["two",2]\n["four",4]\n');
    expect(readdirSync(join(file, ".."))).toEqual(["state"]);
  });

  test("a file that is something else is left alone", () => {
    const file = stateFile();
    writeFileSync(file, "name: Acme\nprojects: {}\n");
    expect(() => openJournal(file)).toThrow(/line 1: not a line of a sandbox state file/);
    expect(readFileSync(file, "utf8")).toBe("name: Acme\nprojects: {}\n");
  });

  test("it does not grow without end", () => {
    const file = stateFile();
    const journal = openJournal(file);
    for (let count = 0; count < 10_000; count += 1) journal.set("counter", count);
    journal.close();
    expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(5_000);
    const again = openJournal(file);
    expect(again.entries.get("counter")).toBe(9_999);
    again.close();
  });
});

/** Runs main.ts as `npm start` does and resolves to its URL once it listens. */
async function startProcess(file: string): Promise<{ child: ChildProcess; url: string }> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--state-file", file, "--creating-seconds", "0.1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  const url = /^sandbox listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line.toString())?.[1];
  if (url === undefined) throw new Error(`unexpected first line: ${line}`);
  return { child, url };
}

describe("the process", () => {
  test("kill -9 loses nothing that was answered", async () => {
    const file = stateFile();
    const first = await startProcess(file);
    const client = clientOf(first.url);
    const answered: string[] = [];
    const creating = Array.from({ length: 60 }, async (_, position) => {
      const name = `table-${position}`;
      await client.send(create(name));
      answered.push(name);
      if (answered.length === 20) first.child.kill("SIGKILL");
    });
    await Promise.allSettled(creating);
    const second = await startProcess(file);
    const again = clientOf(second.url);
    const { TableNames } = await again.send(new ListTablesCommand({}));
    expect(answered.length).toBeGreaterThanOrEqual(20);
    expect(TableNames).toEqual(expect.arrayContaining(answered));
    await expect.poll(() => statusOf(again, answered[0]!)).toBe("ACTIVE");
  });

  test("SIGTERM ends it with exit code 0", async () => {
    const { child } = await startProcess(stateFile());
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  });
});
