import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { startDeployment } from "#e2e/replicas.ts";

type Deployment = Awaited<ReturnType<typeof startDeployment>>;

/** Calls as a client behind a load balancer does: where one replica does not answer, the same call goes to another. */
async function submit({ urls }: Deployment, token: string, key: string): Promise<string> {
  const body = JSON.stringify({
    kind: "create",
    project: "shop",
    environment: "dev",
    justification: "Load while everything is restarted",
    tables: { [key]: { partition_key: "id", enable_ttl: true } },
  });
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  for (let attempt = 0; ; attempt++) {
    const url = `${urls[attempt % urls.length]}/api/v1/requests`;
    const response = await fetch(url, { method: "POST", headers, body }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (response?.status === 201 && answer) return answer.id;
    // Away, or the first try of the same key is still running.
    const passing =
      response === null || answer === null || response.status === 503 || response.status === 409;
    if (!passing || attempt > 100) throw new Error(`${response?.status}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a rolling restart of two web servers and three workers under load loses nothing and makes nothing twice", async () => {
  test.setTimeout(300_000);
  const deployment = await startDeployment({ web: 2, workers: 3 });
  try {
    const token = await deployment.token("dana@example.com");
    let rolling = true;
    const submitted: string[] = [];
    const loads = [1, 2, 3].map(async (load) => {
      for (let at = 0; rolling && at < 200; at++)
        submitted.push(await submit(deployment, token, `t-${load}-${at}`));
    });
    for (const replica of deployment.replicas) await replica.restart();
    rolling = false;
    await Promise.all(loads);

    expect(submitted.length).toBeGreaterThan(10);
    const states = () =>
      deployment.query<{ state: string; count: number }>(
        "select state, count(*)::int as count from request group by state",
      );
    await expect
      .poll(states, { timeout: 120_000 })
      .toEqual([{ state: "completed", count: submitted.length }]);
    const [told] = await deployment.query(
      `select count(*)::int as lines, count(distinct "subjectId")::int as tables from audit_event where event = 'table.create'`,
    );
    expect(told).toEqual({ lines: submitted.length, tables: submitted.length });
    const workers = await deployment.query("select id from worker");
    expect(workers).toHaveLength(3);
  } finally {
    await deployment.stop();
  }
});
