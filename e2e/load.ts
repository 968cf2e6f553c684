import { randomUUID } from "node:crypto";

/**
 * Asks for tables in `dev` of `shop` from three sides until `work` is done; answers how many requests were accepted. A
 * call goes to another server where one does not answer, as behind a load balancer.
 */
export async function makeTablesWhile(
  urls: readonly string[],
  token: string,
  work: () => Promise<void>,
): Promise<number> {
  let working = true;
  let accepted = 0;
  const sides = [1, 2, 3].map(async (side) => {
    for (let at = 0; working && at < 200; at++) {
      await submit(urls, token, `t-${side}-${at}`);
      accepted += 1;
    }
  });
  await work();
  working = false;
  await Promise.all(sides);
  return accepted;
}

async function submit(urls: readonly string[], token: string, key: string): Promise<void> {
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
    if (response?.status === 201 && answer) return;
    // Away, or the first try of the same key is still running.
    const passing =
      response === null || answer === null || response.status === 503 || response.status === 409;
    if (!passing || attempt > 100) throw new Error(`${response?.status}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
