import { createServer, type IncomingMessage } from "node:http";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { vi } from "vitest";

/** One call as it came in; `host` is the name its connection asked for. */
export type StubCall = {
  host: string;
  operation: string;
  accessKey: string;
  sessionToken: string | undefined;
  /** The parameters of an STS call; the JSON of a DynamoDB call. */
  input: Record<string, unknown>;
};

type Refusal = { code: string; message: string };

/** What the stub answers instead of what AWS would; tests change it while it runs. */
export type StubBehaviour = {
  /** The account that STS says any credentials belong to. */
  account: string;
  sessionMinutes: number;
  /** A refusal for this call, or null. */
  refuse: (call: StubCall) => Refusal | null;
};

/**
 * STS, and DynamoDB by a sandbox behind it, at AWS's own addresses: every TLS connection of this process ends here
 * instead, in plain HTTP. Sessions are called ASIA1, ASIA2, …
 */
export async function startStubAws(sandboxUrl: string, given: Partial<StubBehaviour> = {}) {
  const behaviour: StubBehaviour = {
    account: "111111111111",
    sessionMinutes: 15,
    refuse: () => null,
    ...given,
  };
  const calls: StubCall[] = [];
  const hosts = new Map<number, string>();
  let sessions = 0;
  const server = createServer(async (request, response) => {
    const call = await read(request, hosts.get(request.socket.remotePort!) ?? "");
    calls.push(call);
    const refusal = behaviour.refuse(call);
    const sts = call.host.startsWith("sts.");
    if (refusal) {
      response.writeHead(sts ? 403 : 400).end(sts ? stsError(refusal) : dynamodbError(refusal));
    } else if (call.operation === "AssumeRole") {
      const expiry = new Date(Date.now() + behaviour.sessionMinutes * 60_000);
      response.end(assumed(`ASIA${++sessions}`, expiry));
    } else if (call.operation === "GetCallerIdentity") {
      response.end(identity(behaviour.account));
    } else {
      const answer = await forward(sandboxUrl, request, call, behaviour.account);
      response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
      response.end(await answer.text());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const spy = vi.spyOn(tls, "connect").mockImplementation(((options: tls.ConnectionOptions) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => hosts.set(socket.localPort!, String(options.servername || options.host)));
    return socket;
  }) as unknown as typeof tls.connect);
  return {
    calls,
    behaviour,
    close: async () => {
      spy.mockRestore();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage, host: string): Promise<StubCall> {
  let text = "";
  for await (const chunk of request) text += chunk;
  const target = request.headers["x-amz-target"];
  const input = target ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
  return {
    host,
    operation: target ? String(target).split(".")[1]! : input.Action,
    accessKey: /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "",
    sessionToken: request.headers["x-amz-security-token"] as string | undefined,
    input,
  };
}

/** The sandbox takes the account from the access key. */
function forward(url: string, request: IncomingMessage, call: StubCall, account: string): Promise<Response> {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": String(request.headers["x-amz-target"]),
    authorization: request.headers.authorization!.replace(`=${call.accessKey}/`, `=${account}/`),
  };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(call.input) });
}

// The shapes of https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and API_GetCallerIdentity.html
const namespace = `xmlns="https://sts.amazonaws.com/doc/2011-06-15/"`;
const assumed = (key: string, expiry: Date) =>
  `<AssumeRoleResponse ${namespace}><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId>` +
  `<SecretAccessKey>secret</SecretAccessKey><SessionToken>token of ${key}</SessionToken>` +
  `<Expiration>${expiry.toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const identity = (account: string) =>
  `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/r/s</Arn>` +
  `<UserId>AROA:s</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const stsError = ({ code, message }: Refusal) =>
  `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const dynamodbError = ({ code, message }: Refusal) =>
  JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message });
