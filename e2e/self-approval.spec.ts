import { ask, callApi, readRequest, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

test("nobody approves their own request: the button says why, and the server refuses it too", async ({
  asPerson,
}) => {
  const request = await ask({
    by: "Pat",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("mine")]: { partition_key: "id" } },
  });
  const pat = await asPerson("Pat");
  await pat.goto(`/requests/${request.id}`);
  for (const name of ["Approve…", "Reject…", "Send back…"]) {
    const button = pat.getByRole("button", { name });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(
      "You cannot decide on your own request; somebody else has to",
    );
  }
  await pat.getByRole("button", { name: "Approve…" }).click({ force: true });
  await expect(pat.getByRole("dialog")).toHaveCount(0);

  const { status, body } = await callApi<{ code: string; detail: string }>(
    "Pat",
    `POST /requests/${request.id}/approve`,
    { version: request.version },
  );
  expect(status).toBe(403);
  expect(body).toMatchObject({
    code: "FORBIDDEN",
    detail: "You cannot decide on your own request; somebody else has to",
  });
  const after = await readRequest("Pat", request.id);
  expect(after).toMatchObject({ state: "submitted", approvals: { given: [] } });
});

test("a request of one's own can be approved by a colleague of the same group", async ({ asPerson }) => {
  const request = await ask({
    by: "Pat",
    project: "billing",
    environment: "stage",
    tables: { [uniqueKey("ours")]: { partition_key: "id" } },
  });
  const priya = await asPerson("Priya");
  await priya.goto(`/requests/${request.id}`);
  await priya.getByRole("button", { name: "Approve…" }).click();
  await priya.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await expect(priya.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
});
