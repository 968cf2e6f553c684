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
  /** Counts against the smaller limit as well, of calls that make the server work. */
  costly: boolean;
  run: (actor: UserActor, call: Call) => Promise<unknown>;
};

export const noQuery = z.strictObject({});

type Told<A extends z.ZodType> = { name: string; summary: string; answer: A };

/** A read. Its query is checked before it runs, and `answer` is what it answers. */
export function get<A extends z.ZodType, Q extends z.ZodObject = typeof noQuery>(
  path: string,
  told: Told<A> & {
    query?: Q;
    run: (actor: UserActor, call: Omit<Call, "query"> & { query: z.input<Q> }) => Promise<z.input<A>>;
  },
): ApiRoute {
  const { query = noQuery } = told;
  return {
    ...told,
    ...{ method: "GET", path, scope: "read", status: 200, query, body: null, costly: false },
    run: (actor, call) => told.run(actor, { ...call, query: parseQuery(query, call.query) as z.input<Q> }),
  };
}

/** A write, or a read whose question is too long for an address. It has no query. */
export function post<A extends z.ZodType>(
  path: string,
  scope: TokenScope,
  told: Told<A> & {
    body: z.ZodType;
    status?: 200 | 201;
    costly?: boolean;
    run: (actor: UserActor, call: Call) => Promise<z.input<A>>;
  },
): ApiRoute {
  return {
    ...{ status: 200, costly: false, ...told },
    ...{ method: "POST", path, scope, query: noQuery },
    run: (actor, call) => {
      parseQuery(noQuery, call.query);
      return told.run(actor, call);
    },
  };
}

/** Query parameters as the schema wants them, still as text. Throws INVALID with `/name` as the path. */
function parseQuery(schema: z.ZodObject, query: Record<string, string>): Record<string, string> {
  parseInput(schema, query);
  return query;
}
