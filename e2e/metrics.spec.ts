import { expect, test } from "#e2e/journey.ts";

test("metrics tell how answers went, and whether workers keep up", async ({ request }) => {
  await request.get("/health/live");
  await request.get("/api/v1/me");
  const answer = await request.get("/metrics");
  expect(answer.headers()["content-type"]).toContain("text/plain");
  const text = await answer.text();
  expect(text).toMatch(/^tablewright_workers 1$/m);
  expect(text).toMatch(/^tablewright_oldest_approved_request_age_seconds \d/m);
  expect(text).toMatch(/^tablewright_http_request_duration_seconds_count\{route="api",status="401"\} [1-9]/m);
});

test("an answer carries the id its log lines have: the caller's own if that is well-formed", async ({
  request,
}) => {
  const idFor = async (given?: string) => {
    const headers = given === undefined ? undefined : { "x-request-id": given };
    return (await request.get("/health/live", { headers })).headers()["x-request-id"];
  };
  expect(await idFor("edge-0123456789")).toBe("edge-0123456789");
  expect(await idFor("no spaces, please")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await idFor()).toMatch(/^[0-9a-f-]{36}$/);
});
