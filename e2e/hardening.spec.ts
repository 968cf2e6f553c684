import http from "node:http";
import { api, ask, tokenOf, uniqueKey } from "#e2e/api.ts";
import { expect, test } from "#e2e/journey.ts";

const protecting = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
  "permissions-policy": expect.stringContaining("camera=()"),
};

type Sent = { method?: string; path: string; headers?: http.OutgoingHttpHeaders; body?: string };

/** One request as it is written, which no browser or fetch would send. */
function send(base: string, { method = "GET", path, headers, body }: Sent) {
  const { hostname, port } = new URL(base);
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      http
        .request({ hostname, port, method, path, headers, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        })
        .on("error", reject)
        .end(body);
    },
  );
}

test("pages, files, the API and what is not there carry the same protecting headers", async ({ baseURL }) => {
  const page = await send(baseURL!, { path: "/sign-in" });
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page.text)![1]!;
  for (const path of ["/sign-in", script, "/api/v1/me", "/api/notices", "/nowhere", "/health/live", "/%ff"]) {
    const { headers } = await send(baseURL!, { path });
    expect(headers, path).toMatchObject(protecting);
    expect(headers["x-powered-by"], path).toBeUndefined();
  }
});

test("every answer's scripts carry its own nonce, and nothing inline runs without one", async ({
  baseURL,
  page,
  signInAs,
  expectFault,
}) => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/nowhere"]) {
    const { headers, text } = await send(baseURL!, { path });
    const policy = String(headers["content-security-policy"]);
    const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
    expect(policy).not.toContain("unsafe-");
    const scripts = [...text.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);

  await signInAs("Dana");
  expectFault(/Content Security Policy/);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    const image = document.createElement("img");
    image.setAttribute("onerror", "document.title = 'taken over'");
    image.src = "data:image/png;base64,broken";
    document.body.append(script, image);
    return new Promise((resolve) => image.addEventListener("error", resolve));
  });
  await expect(page).not.toHaveTitle("taken over");
});

test("an address in a header is not believed: an action that another site sends stays refused", async ({
  asPerson,
  baseURL,
}) => {
  const request = await ask({
    by: "Dana",
    project: "shop",
    environment: "stage",
    tables: { [uniqueKey("spoofed")]: { partition_key: "id" } },
  });
  const dana = await asPerson("Dana");
  await dana.goto(`/requests/${request.id}`);
  await dana.getByRole("textbox", { name: "Comment" }).fill("Said once.");
  const [action] = await Promise.all([
    dana.waitForRequest((sent) => sent.method() === "POST" && "next-action" in sent.headers()),
    dana.getByRole("button", { name: "Comment", exact: true }).click(),
  ]);
  await expect(dana.getByRole("list", { name: "What happened" }).getByText("Said once.")).toBeVisible();
  const cookie = (await dana.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const { "next-action": id, "content-type": type, accept } = action.headers();
  for (const claimed of ["x-forwarded-host", "forwarded", "x-original-host"]) {
    const answer = await send(baseURL!, {
      method: "POST",
      path: new URL(action.url()).pathname,
      headers: {
        "next-action": id,
        "content-type": type,
        accept,
        cookie,
        origin: "https://evil.example",
        [claimed]: claimed === "forwarded" ? "host=evil.example;proto=https" : "evil.example",
      },
      body: action.postData()!.replace("Said once.", "Said by another site."),
    });
    expect(answer.status).toBe(403);
  }
  const { events } = await api<{ events: { comment: string | null }[] }>(
    "Dana",
    `GET /requests/${request.id}`,
  );
  expect(events.filter(({ comment }) => comment !== null).map(({ comment }) => comment)).toEqual([
    "Said once.",
  ]);
});

test("headers that steer Next or our own proxy are not taken from outside", async ({ baseURL }) => {
  for (const headers of [
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-middleware-next": "1" },
    { "x-tablewright-address": "/\\evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  ]) {
    const answer = await send(baseURL!, { path: "/tables", headers });
    expect(answer.status, JSON.stringify(headers)).toBe(307);
    expect(answer.headers.location).toBe("/sign-in?next=%2Ftables");
  }
  const nonce = await send(baseURL!, {
    path: "/sign-in",
    headers: { "content-security-policy": "script-src 'nonce-mine'", "x-nonce": "mine" },
  });
  expect(nonce.text).not.toContain('nonce="mine"');
});

test("an address of another server, and methods that no page has, are refused", async ({ baseURL }) => {
  expect((await send(baseURL!, { path: "http://evil.example/tables" })).status).toBe(400);
  for (const path of ["/sign-in", "/api/v1/requests", "/health/live"])
    expect((await send(baseURL!, { method: "TRACE", path })).status, path).toBe(405);
  const image = await send(baseURL!, { path: "/_next/image?url=%2Ficon.svg&w=64&q=75" });
  expect(image.status).toBeGreaterThanOrEqual(400);
});

test("a token in the address opens nothing", async ({ baseURL }) => {
  const token = await tokenOf("Dana");
  for (const name of ["token", "access_token", "authorization"]) {
    const { status } = await send(baseURL!, { path: `/api/v1/me?${name}=${token}` });
    expect(status, name).toBe(401);
  }
});

test("what a body may not set is refused, not taken", async () => {
  const body = {
    kind: "create",
    project: "shop",
    environment: "stage",
    justification: "Wanted by a test",
    tables: { [uniqueKey("assigned")]: { partition_key: "id" } },
  };
  for (const extra of [
    '"state":"approved"',
    '"requester":"pat@example.com"',
    '"required":[]',
    '"id":"019ac0de-0000-7000-8000-000000000000"',
    '"__proto__":{"state":"approved"}',
  ]) {
    const text = JSON.stringify(body).replace(/}$/, `,${extra}}`);
    const response = await fetch(`${process.env.TABLEWRIGHT_E2E_URL}/api/v1/requests`, {
      method: "POST",
      headers: { authorization: `Bearer ${await tokenOf("Dana")}`, "content-type": "application/json" },
      body: text,
    });
    expect(response.status, text).toBe(422);
  }
});

test("whoever has the server work without end is told when to come back, and others are not held up", async ({
  asPerson,
  baseURL,
}) => {
  const [alex, priya] = [await asPerson("Alex"), await asPerson("Priya")];
  const look = async (page: typeof alex) => {
    const answer = await page.request.post("/api/denied-call", { headers: { origin: baseURL! }, data: {} });
    return { status: answer.status(), wait: Number(answer.headers()["retry-after"]) };
  };
  // More than a minute's worth, in case a new minute begins meanwhile.
  const refused: number[] = [];
  for (let asked = 0; refused.length === 0 && asked < 1300; asked += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => look(alex)));
    refused.push(...answers.filter(({ status }) => status === 429).map(({ wait }) => wait));
  }
  expect(refused[0]).toBeGreaterThanOrEqual(1);
  expect(refused[0]).toBeLessThanOrEqual(60);
  expect((await look(priya)).status).toBe(422);
});
