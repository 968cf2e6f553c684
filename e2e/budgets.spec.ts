import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { ask, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

const scriptLimitKilobytes = 170;
const wizardLimitKilobytes = 200;
const styleLimitKilobytes = 20;

/** One kB is 1,000 bytes, as gzip -9 leaves them. */
type Weight = { route: string; scripts: number; styles: number; limit: number };

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

/** What a modern browser fetches before the page is alive: scripts (none marked `noModule`) and style sheets. */
function firstLoad(html: string): { scripts: Set<string>; styles: Set<string> } {
  const tags = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  const scripts = tags.flatMap((tag) => {
    if (/\bnomodule\b/i.test(tag)) return [];
    if (tag.startsWith("<script")) return attribute(tag, "src") ?? [];
    const preloads = attribute(tag, "rel") === "modulepreload" || attribute(tag, "as") === "script";
    return preloads ? (attribute(tag, "href") ?? []) : [];
  });
  const styles = tags.flatMap((tag) =>
    attribute(tag, "rel") === "stylesheet" ? (attribute(tag, "href") ?? []) : [],
  );
  return { scripts: new Set(scripts), styles: new Set(styles) };
}

async function weigh(page: Page, route: string, path: string): Promise<Weight> {
  const html = await (await page.request.get(path)).text();
  const { scripts, styles } = firstLoad(html);
  const kilobytes = async (files: Set<string>) => {
    let bytes = 0;
    for (const file of files) {
      const response = await page.request.get(file);
      expect(response.ok(), file).toBe(true);
      bytes += gzipSync(await response.body(), { level: 9 }).length;
    }
    return Math.round(bytes / 100) / 10;
  };
  expect(scripts.size, `${route} loads no script: the page is read wrongly`).toBeGreaterThan(0);
  const isWizard = /new|edit/.test(route);
  return {
    route,
    scripts: await kilobytes(scripts),
    styles: await kilobytes(styles),
    limit: isWizard ? wizardLimitKilobytes : scriptLimitKilobytes,
  };
}

test("no route loads more JavaScript or CSS than its budget", async ({ asPerson, page }) => {
  const waiting = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("weighed")]: { partition_key: "id" } },
  });
  const made = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [uniqueKey("weighed")]: { partition_key: "id" } },
  });
  const { tables } = await untilState("Dana", made, "completed");
  const dana = await asPerson("Dana");
  const weights = [await weigh(page, "/sign-in", "/sign-in")];
  for (const [route, path] of [
    ["/", "/"],
    ["/requests", "/requests"],
    ["/requests/new", "/requests/new"],
    ["/requests/import", "/requests/import"],
    ["/requests/[id] waiting", `/requests/${waiting.id}`],
    ["/requests/[id] completed", `/requests/${made.id}`],
    ["/requests/[id]/edit", `/requests/${waiting.id}/edit`],
    ["/approvals", "/approvals"],
    ["/notifications", "/notifications"],
    ["/tables", "/tables"],
    ["/tables/[id]", `/tables/${tables[0]!.table_id}`],
    ["/projects/[project]", "/projects/shop?environment=dev"],
    ["/requests/[id]/code", `/requests/${made.id}/code`],
    ["/docs/api", "/docs/api"],
    ["not found", "/nowhere"],
  ] as const) {
    weights.push(await weigh(dana, route, path));
  }
  console.log("First load, kB gzip -9:");
  for (const { route, scripts, styles, limit } of weights) {
    console.log(
      `  ${route.padEnd(26)} JavaScript ${scripts.toFixed(1)} of ${limit}   CSS ${styles.toFixed(1)} of ${styleLimitKilobytes}`,
    );
  }
  for (const { route, scripts, styles, limit } of weights) {
    expect(scripts, `JavaScript of ${route}, kB`).toBeLessThanOrEqual(limit);
    expect(styles, `CSS of ${route}, kB`).toBeLessThanOrEqual(styleLimitKilobytes);
  }
});
