import { env } from "./env.ts";

/** The address of a request's page, as people outside reach it. */
export const requestUrl = (id: string) => `${env.url}/requests/${id}`;

/** The address of a table's page, as people outside reach it. */
export const tableUrl = (id: string) => `${env.url}/tables/${id}`;
