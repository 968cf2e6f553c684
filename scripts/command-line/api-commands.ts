import { parseArgs } from "node:util";
import type { ListTablesAnswer, Request, Table } from "#lib/api-client/calls.ts";
import { type ApiClient, apiClient } from "#lib/api-client/client.ts";
import { env } from "#lib/infra/env.ts";
import { Exit } from "./exit.ts";
import { readRequestFile } from "./request-file.ts";
import { submit, untilEnded } from "./submit.ts";

export const apiUsage = `  request create -f FILE [--project P --environment E --justification J] [--wait]
                           asks for the tables of a file ("-": standard input): the module's tables map, or a whole
                           body of POST /requests; --wait: until the request has ended
  request show ID
  request approve ID [--comment C] [--acknowledge FINDING …]
                           --acknowledge: the id of a guardrail that warns; every such warning needs one
  tables list [--project P] [--environment E] [--state S] [--q TEXT]
  tables show ID
  snippet TABLE_ID FORMAT [--option KEY=VALUE …]
                           prints code that uses a table, such as: snippet ID iam-policy --option access=reader`;

const json = { type: "boolean" } as const;
const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

type Command = (args: string[]) => Promise<void>;

const commands: Record<string, Command> = {
  "request create": createRequest,
  "request show": async (args) => {
    const { values, positionals } = parse(args, { json }, ["ID"]);
    print(values.json, await client()("getRequest", { params: { id: positionals[0]! } }), tellRequest);
  },
  "request approve": async (args) => {
    const { values, positionals } = parse(args, { json, comment: text, acknowledge: texts }, ["ID"]);
    const params = { id: positionals[0]! };
    const call = client();
    // The version is the one there is now: whoever approves by id has no other in mind.
    const { version } = await call("getRequest", { params });
    const { comment, acknowledge } = values;
    const body = {
      version,
      ...(comment !== undefined && { comment }),
      ...(acknowledge !== undefined && { acknowledged: acknowledge }),
    };
    print(values.json, await call("approveRequest", { params, body }), tellRequest);
  },
  "tables list": listTables,
  "tables show": async (args) => {
    const { values, positionals } = parse(args, { json }, ["ID"]);
    print(values.json, await client()("getTable", { params: { id: positionals[0]! } }), tellTable);
  },
};

/** The command of these arguments, ready to run; null where it is none of the API's. */
export function apiCommand(args: string[]): (() => Promise<void>) | null {
  if (args[0] === "snippet") return () => printSnippet(args.slice(1));
  const command = commands[args.slice(0, 2).join(" ")];
  return command ? () => command(args.slice(2)) : null;
}

function client(): ApiClient {
  const { token, url } = env;
  if (!token) throw new Exit(2, "Set TABLEWRIGHT_TOKEN to a token: tablewright token create makes one.");
  // Told here, for a refusal further down would repeat it.
  if (!/^[!-~]+$/.test(token))
    throw new Exit(2, "TABLEWRIGHT_TOKEN is no token: it holds a space or a line break.");
  return apiClient({ url, token });
}

/** Options and arguments of a command; `wanted` names its arguments. Throws Exit 2 for one too few or too many. */
function parse<const O extends NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>>(
  args: string[],
  options: O,
  wanted: string[] = [],
) {
  const parsed = parseArgs({ args, options, allowPositionals: true });
  if (parsed.positionals.length === wanted.length) return parsed;
  throw new Exit(
    2,
    wanted.length === 0 ? "This command takes options only." : `Give ${wanted.join(" and ")}.`,
  );
}

function print<T>(asJson: boolean | undefined, answer: T, tell: (answer: T) => string[]): void {
  for (const line of asJson ? [JSON.stringify(answer, null, 2)] : tell(answer)) console.log(line);
}

async function createRequest(args: string[]): Promise<void> {
  const options = {
    file: { ...text, short: "f" },
    project: text,
    environment: text,
    justification: text,
  } as const;
  const { values } = parse(args, { ...options, json, wait: { type: "boolean" } });
  const { file, wait, json: asJson, ...fields } = values;
  if (file === undefined) throw new Exit(2, "Name the file with the tables: -f FILE.");
  const body = readRequestFile(file, fields);
  const call = client();
  const made = await submit(call, body);
  if (!wait) return print(asJson, made, tellRequest);
  // Whoever stops waiting must know what was asked for.
  console.error(`Request ${made.id} is ${made.state}; waiting for its end. ${made.url}`);
  const ended = await untilEnded(call, made);
  print(asJson, ended, tellRequest);
  if (ended.state !== "completed") throw new Exit(4, `The request ended as ${ended.state}.`);
}

async function listTables(args: string[]): Promise<void> {
  const { values } = parse(args, { json, project: text, environment: text, state: text, q: text });
  const { json: asJson, ...filters } = values;
  const call = client();
  const items: Table[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    // The API knows the states, and says which there are.
    const query = { ...filters, limit: 100, ...(cursor !== undefined && { cursor }) } as { limit: number };
    const page: ListTablesAnswer = await call("listTables", { query });
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  print(asJson, { items }, (all) =>
    all.items.map(({ id, name, state, region }) => [id, state.padEnd(8), region, name].join("  ")),
  );
}

async function printSnippet(args: string[]): Promise<void> {
  const { values, positionals } = parse(args, { json, option: { ...text, multiple: true } }, [
    "TABLE_ID",
    "FORMAT",
  ]);
  const [id, format] = positionals as [string, "env"];
  const pairs = (values.option ?? []).map((pair): [string, string] => {
    const at = pair.indexOf("=");
    if (at < 1) throw new Exit(2, `An option is KEY=VALUE, and ${JSON.stringify(pair)} is not.`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const answer = await client()("getTableSnippet", {
    params: { id, format },
    query: Object.fromEntries(pairs),
  });
  for (const { message } of answer.warnings) console.error(`Note: ${message}`);
  print(values.json, answer, ({ content }) => [content.replace(/\n$/, "")]);
}

function tellRequest({ number, project, environment, state, url, tables }: Request): string[] {
  return [
    `Request #${number} for ${project} in ${environment}: ${state}  ${url}`,
    ...tables.map((table) => `  ${table.name}: ${table.state}${table.problem ? ` (${table.problem})` : ""}`),
  ];
}

function tellTable(table: Table): string[] {
  return [
    `${table.name}: ${table.state}  ${table.url}`,
    `  account ${table.account}, region ${table.region}`,
    `  ARN: ${table.arn ?? "not known yet"}`,
    `  stream ARN: ${table.stream_arn ?? "no stream"}`,
  ];
}
