import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { addLogContext, logContext, withLogContext } from "./log-context.ts";

test("log lines of one request carry its id, those of another theirs, however deep and late they come", async () => {
  const late = async (requestId: string) =>
    withLogContext({ requestId }, async () => {
      await setImmediate();
      return withLogContext({ operation: "o" }, logContext);
    });
  expect(await Promise.all([late("a"), late("b")])).toEqual([
    { requestId: "a", operation: "o" },
    { requestId: "b", operation: "o" },
  ]);
  expect(logContext()).toEqual({});
});

test("who asks is in the lines from when it is known, and in nobody else's", () => {
  const asked = withLogContext({ requestId: "a" }, () => {
    addLogContext({ person: "dana" });
    return withLogContext({ operation: "o" }, logContext);
  });
  expect(asked).toEqual({ requestId: "a", person: "dana", operation: "o" });
  addLogContext({ person: "noor" });
  expect(withLogContext({ requestId: "b" }, logContext)).toEqual({ requestId: "b" });
});

test("the server and the pages it serves share the context, though they are built apart", async () => {
  vi.resetModules();
  const other = await import("./log-context.ts");
  expect(other.logContext).not.toBe(logContext);
  expect(withLogContext({ requestId: "a" }, other.logContext)).toEqual({ requestId: "a" });
});
