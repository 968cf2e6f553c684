import { readFile } from "node:fs/promises";
import { expect, test } from "#e2e/journey.ts";

test("the platform team searches the audit, its filters in the address, and takes away what they leave", async ({
  asPerson,
  expectFault,
}) => {
  const pat = await asPerson("Pat");
  await pat.goto("/");
  await pat.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit" }).click();
  await expect(pat.getByRole("heading", { name: "Audit" })).toBeVisible();
  await pat.getByLabel("Event:").selectOption({ label: "signed in" });
  await expect(pat).toHaveURL(/\/audit\?event=person\.sign-in$/);
  await pat.getByRole("searchbox").fill("pat@");
  await pat.getByLabel("From").fill("2020-01-01");
  await pat.getByRole("button", { name: "Filter" }).click();
  await expect(pat).toHaveURL(/q=pat%40&event=person\.sign-in&from=2020-01-01/);
  await expect(pat.getByRole("table", { name: "Audit" })).toContainText("Pat signed in");

  const downloading = pat.waitForEvent("download");
  await pat.getByRole("link", { name: "Export JSON lines" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("audit.jsonl");
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  expect(new Set(lines.map((line) => JSON.parse(line).subject_id))).toEqual(new Set(["demo-pat"]));
  await pat.goto("/audit?event=audit.export");
  await expect(pat.getByRole("row", { name: /took the audit away as JSON lines/ }).first()).toBeVisible();

  const dana = await asPerson("Dana");
  await dana.goto("/");
  await expect(dana.getByRole("navigation", { name: "Main" })).not.toContainText("Audit");
  expectFault(/status of 40[34]/);
  expect((await dana.goto("/audit"))?.status()).toBe(404);
  const exporting = await dana.evaluate(async () => (await fetch("/audit/export?as=csv")).status);
  expect(exporting).toBe(403);
  // From elsewhere it would leave a line in somebody's name.
  expect((await pat.request.get("/audit/export?as=csv")).status()).toBe(403);
});
