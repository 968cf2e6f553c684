import { describe, expect, test } from "vitest";
import { eventWords } from "#components/request-timeline/event-words.ts";
import type { AuditEvents, AuditedName } from "#lib/core/audit.ts";

const samples: { [N in AuditedName]: { data: AuditEvents[N]; says: string } } = {
  "request.submit": {
    data: {
      project: "shop",
      environment: "prod",
      kind: "create",
      tables: [
        { key: "a", name: "shop-prod-a" },
        { key: "b", name: "shop-prod-b" },
      ],
      rule: "prod",
      required: [],
    },
    says: "Dana asked for 2 tables",
  },
  "request.approve-by-rule": {
    data: { rule: "dev-on-demand" },
    says: "The rule dev-on-demand approved it; it asks for nobody's approval",
  },
  "request.refuse": {
    data: { project: "shop", environment: "prod", rule: "prod", reason: "the rule prod failed" },
    says: "Dana tried to submit it and was refused: the rule prod failed",
  },
  "request.resubmit": {
    data: { tables: [], rule: "prod", required: [] },
    says: "Dana changed and resubmitted it; it needs approval anew",
  },
  "request.approve": { data: { group: "platform", complete: false }, says: "Dana approved it for platform" },
  "request.reject": { data: { group: "platform" }, says: "Dana rejected it for platform" },
  "request.send-back": { data: { group: "platform" }, says: "Dana sent it back for platform" },
  "request.re-evaluate": {
    data: {
      from: { rule: "default", required: [] },
      to: { rule: "prod", required: [] },
      changes: ["approval takes 2 of platform (rule prod) instead of 1 of platform (rule default)"],
    },
    says: "Dana looked at it anew: approval takes 2 of platform (rule prod) instead of 1 of platform (rule default). Earlier approvals do not count",
  },
  "request.cancel": { data: { from: "submitted" }, says: "Dana cancelled it" },
  "request.retry": { data: { tables: ["a", "b", "c"] }, says: "Dana started another try of a, b and c" },
  "request.comment": { data: {}, says: "Dana commented" },
  "request.expire": { data: { afterDays: 30 }, says: "Dana closed it: nobody decided within 30 days" },
  "request.remind": {
    data: { expiresAt: "2026-11-22T20:40:00.000Z" },
    says: "Dana reminded of it: it expires on 22 Nov 2026, 20:40 UTC",
  },
  "request.start": { data: {}, says: "Dana began to create the tables" },
  "request.complete": { data: { tables: 1 }, says: "Dana finished: the table is ready" },
  "request.fail": { data: { failed: ["a"] }, says: "Dana stopped: a could not be finished" },
  "table.create": { data: { name: "shop-prod-a" }, says: "Dana asked AWS for the table shop-prod-a" },
  "table.activate": {
    data: { name: "shop-prod-a", unsupported: [] },
    says: "shop-prod-a is ready to use",
  },
  "table.fail": { data: { name: "shop-prod-a", problem: "no." }, says: "shop-prod-a failed: no" },
  "table.delete": { data: { name: "shop-prod-a" }, says: "Dana asked AWS to delete shop-prod-a" },
  "table.gone": {
    data: { name: "shop-prod-a", by: "us", another: false },
    says: "shop-prod-a is gone, and its name is free",
  },
  "environment.check": {
    data: { account: "111111111111", region: "eu-west-1" },
    says: "Dana had the environment checked: account 111111111111, eu-west-1",
  },
  "notification.resend": {
    data: { channel: "slack SLACK_URL" },
    says: "Dana had a notification sent again: slack SLACK_URL",
  },
  "channel.resend": { data: { count: 2 }, says: "Dana had 2 notifications sent again" },
  "channel.test": {
    data: { to: "dana@example.com" },
    says: "Dana asked for a test message to dana@example.com",
  },
  "token.create": {
    data: { owner: "dana", name: "ci", scopes: [], expiresAt: "" },
    says: "Dana created an API token",
  },
  "token.revoke": { data: { owner: "dana", name: "ci" }, says: "Dana revoked an API token" },
  "session.revoke": { data: { owner: "dana" }, says: "Dana ended sessions" },
  "person.end-sessions": { data: { sessions: 2 }, says: "Dana ended sessions" },
  "person.sign-in": {
    data: { method: "oidc", email: "d@example.com", groups: [], problem: null },
    says: "Dana signed in",
  },
  "person.sign-out": { data: {}, says: "Dana signed out" },
  "person.deactivate": {
    data: { email: "kim@example.com", sessions: 1, tokens: 0 },
    says: "Dana deactivated kim@example.com",
  },
  "person.reactivate": { data: { email: "kim@example.com" }, says: "Dana reactivated kim@example.com" },
  "audit.export": {
    data: { as: "csv", filters: { q: "dana", event: "request.submit" } },
    says: "Dana took the audit away as CSV, narrowed to q dana and event request.submit",
  },
  "person.link": {
    data: { email: "kim@example.com", issuer: "https://login.example.com", subject: "7" },
    says: "Dana linked kim@example.com to an identity of the sign-in provider",
  },
};

describe("the words of a timeline", () => {
  test.each(Object.entries(samples))("tell %s as a sentence", (event, { data, says }) => {
    const { who, did } = eventWords({ event, data });
    expect(`${who ?? "Dana"} ${did}`).toBe(says);
  });

  test.each<[string, object, string]>([
    [
      "request.submit",
      { kind: "decommission", tables: [{ name: "shop-dev-a" }] },
      "asked to delete shop-dev-a",
    ],
    ["request.start", { kind: "decommission" }, "began to delete the tables"],
    ["request.complete", { kind: "decommission", tables: 2 }, "finished: all 2 tables are gone"],
    [
      "request.cancel",
      { from: "failed", unprotected: ["shop-dev-a"] },
      "cancelled it; deletion protection of shop-dev-a is off since, and was left so",
    ],
    [
      "table.gone",
      { name: "shop-dev-a", by: "others", another: true },
      "was deleted outside Tablewright already; another table has its name now, which was not touched",
    ],
  ])("tell of a deletion as one: %s", (event, data, did) => {
    expect(eventWords({ event, data: data as Record<string, unknown> }).did).toBe(did);
  });

  test("name what an endpoint lacks when a table became active without it", () => {
    const { did } = eventWords({
      event: "table.activate",
      data: { name: "a", unsupported: ["ttl", "tags"] },
    });
    expect(did).toBe("is ready to use, without what its endpoint does not support: ttl and tags");
  });

  test("say which approval was the last", () => {
    const { did } = eventWords({ event: "request.approve", data: { group: "security", complete: true } });
    expect(did).toBe("approved it for security, the last approval it took");
  });

  test("tell what an approver assumed where it was not what the requester said", () => {
    const use = { reads_per_second: 1, writes_per_second: 1200, item_kb: 0.5, items: 1e6 };
    const said = (usage: object) =>
      eventWords({
        event: "request.approve",
        data: { group: "platform", complete: false, usage, monthly_usd: 1204.5, prices_of: "2024-11-15" },
      }).did;
    expect(said({ a: use })).toBe(
      "approved it for platform, assuming 1 read and 1,200 writes a second, 1,000,000 items of 0.5 KB: about $1,204.50 a month in all",
    );
    expect(said({ a: use, b: use })).toContain(", assuming another use of 2 tables: about $1,204.50");
    expect(said({})).toBe("approved it for platform");
  });

  test("tell an event they do not know by its name", () => {
    expect(eventWords({ event: "request.clone", data: {} }).did).toBe("request.clone");
  });
});
