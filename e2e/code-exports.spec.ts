import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { api, ask, uniqueKey, untilState } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

type Made = { files: { filename: string; content: string }[]; warnings: { message: string }[] };
type One = { filename: string; content: string; warnings: { message: string }[] };

const rich = {
  partition_key: "id",
  enable_stream: true,
  tags: { CostCenter: "1234" },
  global_secondary_indexes: { "by-owner": { partition_key: "owner" } },
};

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Presses a link that answers a file. */
async function download(page: Page, name: string) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).first().click(),
  ]);
  return { filename: file.suggestedFilename(), content: await readFile(await file.path()) };
}

const exports = [
  { tab: "Terraform", form: null, query: "terraform-module", what: "code" },
  { tab: "Terraform", form: "Resource", query: "terraform", what: "code" },
  { tab: "CloudFormation", form: null, query: "cloudformation", what: "template" },
  { tab: "CDK", form: null, query: "cdk", what: "code" },
  { tab: "CLI", form: null, query: "aws-cli", what: "commands" },
  { tab: "Env", form: null, query: "env", what: "variables" },
  { tab: "Env", form: "JSON", query: "env?as=json", what: "variables" },
  { tab: "IAM policy", form: "HCL", query: "iam-policy?access=reader-writer&as=terraform", what: "policy" },
  {
    tab: "IAM policy",
    form: "CloudFormation",
    query: "iam-policy?access=reader-writer&as=cloudformation",
    what: "policy",
  },
] as const;

test("every format of a table is opened, copied and downloaded as the API answers it, with its warnings", async ({
  asPerson,
}) => {
  test.setTimeout(120_000);
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [uniqueKey("exported")]: rich },
  });
  const { table_id } = (await untilState("Dana", request, "completed")).tables[0]!;
  const dana = await asPerson("Dana", { permissions: ["clipboard-read", "clipboard-write"] });
  await dana.goto(`/tables/${table_id}`);
  for (const { tab, form, query, what } of exports) {
    await test.step(`${tab} ${form ?? ""}`, async () => {
      const wanted = await api<One>("Dana", `GET /tables/${table_id}/snippets/${query}`);
      const formats = dana.getByRole("navigation", { name: "Format" });
      await formats.getByRole("link", { name: tab, exact: true }).click();
      if (form) {
        const written = dana.getByRole("navigation", { name: "Written as" });
        await written.getByRole("link", { name: form, exact: true }).click();
      }
      await expect(dana.getByText(wanted.filename, { exact: true })).toBeVisible();
      await expect(dana.getByRole("region", { name: tab, exact: true })).toHaveText(
        wanted.content.trimEnd(),
        {
          useInnerText: true,
        },
      );
      await dana.getByRole("button", { name: `Copy ${what}` }).click();
      await expect.poll(() => clipboard(dana)).toBe(wanted.content);
      const file = await download(dana, "Download");
      expect([file.filename, file.content.toString()]).toEqual([wanted.filename, wanted.content]);
      for (const { message } of wanted.warnings) await expect(dana.getByText(message)).toBeVisible();
    });
  }
});

test("the tables of a project come as files for one folder, alone or in a .zip", async ({ asPerson }) => {
  const keys = [uniqueKey("zip"), uniqueKey("zip.dot")];
  const request = await ask({
    by: "Noor",
    project: "billing",
    environment: "dev",
    tables: Object.fromEntries(keys.map((key) => [key, rich])),
  });
  await untilState("Noor", request, "completed");
  const wanted = await api<Made>("Noor", "POST /snippets", {
    project: "billing",
    environment: "dev",
    format: "cloudformation",
  });
  const noor = await asPerson("Noor");
  await noor.goto("/projects/billing?environment=dev");
  await noor
    .getByRole("navigation", { name: "Format" })
    .getByRole("link", { name: "CloudFormation", exact: true })
    .click();
  await expect(noor.getByText(`${wanted.files.length} files for one folder`)).toBeVisible();
  const zip = await download(noor, "Download all (.zip)");
  expect(zip.filename).toMatch(/^[a-zA-Z0-9._-]+\.zip$/);
  const files = Object.entries(unzipSync(new Uint8Array(zip.content)));
  expect(files.map(([filename, bytes]) => ({ filename, content: strFromU8(bytes) }))).toEqual(wanted.files);

  const first = await download(noor, "Download");
  expect([first.filename, first.content.toString()]).toEqual([
    wanted.files[0]!.filename,
    wanted.files[0]!.content,
  ]);
  const last = wanted.files.at(-1)!;
  await noor.getByText(last.filename, { exact: true }).click();
  await expect(noor.getByRole("region", { name: last.filename, exact: true })).toBeVisible();
});

test("a request's tables are code from the day they are asked for; what needs the tables says so", async ({
  asPerson,
}) => {
  const key = uniqueKey("asked");
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "prod",
    tables: { [key]: { partition_key: "id" } },
  });
  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  await dana.getByRole("link", { name: "This table as code" }).click();
  await expect(
    dana.getByRole("heading", { level: 1, name: "Code for 1 table for shop in prod" }),
  ).toBeVisible();
  await expect(dana.getByRole("region", { name: "Terraform", exact: true })).toContainText(`"${key}" = {`);
  const formats = dana.getByRole("navigation", { name: "Format" });
  await formats.getByRole("link", { name: "CDK", exact: true }).click();
  await expect(dana.getByRole("region", { name: "CDK", exact: true })).toContainText(`shop-prod-${key}`);
  await formats.getByRole("link", { name: "IAM policy", exact: true }).click();
  await expect(dana.getByText(`shop-prod-${key} has no ARN yet`)).toBeVisible();
  await expect(dana.getByRole("button", { name: "Copy policy" })).toHaveCount(0);
});

test("the code of another project is not found, nor is its download", async ({ asPerson, expectFault }) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "dev",
    tables: { [uniqueKey("theirs")]: { partition_key: "id" } },
  });
  const { table_id } = (await untilState("Dana", request, "completed")).tables[0]!;
  expectFault(/status of 404/);
  const noor = await asPerson("Noor");
  for (const path of ["/projects/shop", "/projects/nobody", `/requests/${request.id}/code`]) {
    const response = await noor.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(
      noor.getByRole("heading", { level: 1, name: "There is nothing here for you" }),
    ).toBeVisible();
  }
  for (const source of [`table_id=${table_id}`, `request_id=${request.id}`, "project=shop&environment=dev"]) {
    const response = await noor.request.get(`/snippets/download?${source}&format=cdk`);
    expect(response.status(), source).toBe(404);
  }
  const pat = await asPerson("Pat");
  await pat.goto("/projects/shop");
  await expect(pat.getByRole("heading", { level: 1, name: "shop" })).toBeVisible();
});
