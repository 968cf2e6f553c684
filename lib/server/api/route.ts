import "server-only";
import * as z from "zod";
import type { TokenScope, UserActor } from "#lib/core/actor.ts";
import { parseInput } from "#lib/core/parse-input.ts";

type Call = { params: Record<string, string>; query: Record<string, string>; body: unknown };

/** One call of API v1: what runs, and all that the document says of it. */
export type ApiRoute = {
  method: "GET" | "POST";
  /** Segments in braces are parameters. */
  path: string;
  scope: TokenScope;
  status: 200 | 201;
  /** A verb and its object in camel case: the operation's id, and the method of a generated client. */
  name: string;
  summary: string;
  query: z.ZodObject;
  /** Null for a GET. The verb itself reads the body by this schema, or by it and the id of the address. */
  body: z.ZodType | null;
  answer: z.ZodType;
  run: (actor: UserActor, call: Call) => Promise<unknown>;
};

export const noQuery = z.strictObject({});

type Told<A extends z.ZodType> = { name: string; summary: string; answer: A };

/** A read. Its query is checked before it runs, and `answer` is what it answers. */
export function get<A extends z.ZodType, Q extends z.ZodObject = typeof noQuery>(
  path: string,
  {
    name,
    summary,
    answer,
    query,
    run,
  }: Told<A> & {
    query?: Q;
    run: (actor: UserActor, call: Omit<Call, "query"> & { query: z.input<Q> }) => Promise<z.input<A>>;
  },
): ApiRoute {
  const checked = query ?? noQuery;
  return {
    ...{ method: "GET", path, scope: "read", status: 200, name, summary, answer, body: null, query: checked },
    run: (actor, call) => run(actor, { ...call, query: parseQuery(checked, call.query) as z.input<Q> }),
  };
}

/** A write, or a read whose question is too long for an address. It has no query. */
export function post<A extends z.ZodType>(
  path: string,
  scope: TokenScope,
  {
    name,
    summary,
    answer,
    body,
    status = 200,
    run,
  }: Told<A> & {
    body: z.ZodType;
    status?: 200 | 201;
    run: (actor: UserActor, call: Call) => Promise<z.input<A>>;
  },
): ApiRoute {
  return {
    ...{ method: "POST", path, scope, status, name, summary, answer, body, query: noQuery },
    run: (actor, call) => {
      parseQuery(noQuery, call.query);
      return run(actor, call);
    },
  };
}

/** Query parameters as the schema wants them, still as text. Throws INVALID with `/name` as the path. */
function parseQuery(schema: z.ZodObject, query: Record<string, string>): Record<string, string> {
  parseInput(schema, query);
  return query;
}
