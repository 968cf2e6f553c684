import { expect, test } from "vitest";
import { noticeWords } from "#components/notifications/notice-words.ts";
import type { NoticeView } from "#lib/notifications/schema.ts";

const notice: NoticeView = {
  id: "n",
  kind: "news",
  event: "request.reject",
  actor: "Pat",
  group: null,
  handled: null,
  unread: true,
  created_at: "2026-01-31T12:00:00.000Z",
  request: { id: "r", number: 12, kind: "create", project: "shop", environment: "prod", tables: [] },
};
const handled = { by: "Priya", at: "2026-01-31T13:00:00.000Z" };

test.each<[Partial<NoticeView>, string]>([
  [{}, "Request 12 was rejected by Pat"],
  [{ event: "request.comment" }, "Request 12 got a comment by Pat"],
  [{ event: "request.expire", actor: "Tablewright" }, "Request 12 expired"],
  [{ event: "request.complete", actor: "Tablewright" }, "Request 12 is completed"],
  [{ event: "request.later-version" }, "Request 12: request.later-version"],
  [{ kind: "turn", event: "request.submit" }, "Request 12 waits for you"],
  [{ kind: "turn", event: "request.remind" }, "Request 12 still waits for you"],
  [{ kind: "turn", event: "request.comment" }, "Request 12 waits for you, with a comment by Pat"],
  [{ event: "request.remind" }, "Request 12 still waits for your answer"],
  [{ kind: "turn", event: "request.submit", handled }, "Request 12 waited for you"],
])("a notice says what happened, and who did what people do: %o", (fields, words) => {
  expect(noticeWords({ ...notice, ...fields })).toBe(words);
});
