import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** What a program of ours writes at the level of a deployment. */
const output = (program: string): string =>
  execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: { ...process.env, LOG_LEVEL: "info" },
  });

/** What a process writes that logs `value` as a field, in an error, and as secrets. */
function written(value: string): string {
  const program = `
    const { log, report } = await import("#lib/infra/log.ts");
    const value = ${JSON.stringify(value)};
    log.warn({ table: value }, value);
    report(new Error(value), { where: value });
    log.info({ token: "s3cret", authorization: "s3cret", request: { token: "s3cret", cookie: "s3cret" } }, "read");`;
  return output(program);
}

test("whatever people type, each line of the log is one entry, and none can be made up", () => {
  const value = 'orders\n{"level":30,"msg":"approved"}\r\n\u001b[2J\u2028"}';
  const lines = written(value).trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries[0]).toMatchObject({ table: value, msg: value });
  expect(entries[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(lines.join("")).not.toContain("\u001b");
});

test("tokens, cookies and passwords do not reach it, also not within a text", () => {
  const text = `connect postgresql://tablewright:s3cret@db/tables as twt_${"s3cret".repeat(6)}`;
  expect(written(text)).not.toContain("s3cret");
  expect(written(text)).toContain("connect postgresql://tablewright:[hidden]@db/tables as twt_[hidden]");
});

test("a refusal is told with who met it and why, and never with what was asked", () => {
  const program = `
    const { log, noteRefusal } = await import("#lib/infra/log.ts");
    const { addLogContext, withLogContext } = await import("#lib/infra/log-context.ts");
    const { AppError } = await import("#lib/core/errors.ts");
    withLogContext({ requestId: "r1" }, () => {
      addLogContext({ person: "dana" });
      noteRefusal(new AppError("FORBIDDEN", "You cannot decide on your own request"));
      const errors = [{ path: "/tables/orders", message: "said by dana" }];
      noteRefusal(new AppError("INVALID", "said by dana", { errors }));
      noteRefusal(new AppError("NOT_FOUND", "There is no such request"));
      log.info("answered");
    });`;
  const entries = output(program)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const asked = { level: 30, requestId: "r1", person: "dana", time: expect.any(String) };
  expect(entries).toEqual([
    { ...asked, code: "FORBIDDEN", reason: "You cannot decide on your own request", msg: "refused" },
    { ...asked, code: "INVALID", reason: ["/tables/orders"], msg: "refused" },
    { ...asked, msg: "answered" },
  ]);
});
