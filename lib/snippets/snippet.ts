import type { TableSpec } from "#lib/table-spec/schema.ts";

/** All that an emitter may say of one table. What AWS decides is as observed, never composed; null until observed. */
export type SnippetTable = {
  key: string;
  name: string;
  project: string;
  environment: string;
  account: string;
  region: string;
  /** Where calls go instead of AWS: the URL of an emulator or of the sandbox; null is AWS. */
  endpoint: string | null;
  spec: TableSpec;
  /** Every tag of the table, with `ManagedBy` and `tablewright:table-id`. */
  tags: Record<string, string>;
  arn: string | null;
  /** Null while no stream is enabled. */
  streamArn: string | null;
  kmsKeyArn: string | null;
  /** Facets that the table's endpoint does not support. */
  unsupported: readonly string[];
};

/** What a format cannot say of a table; `path` is a JSON pointer such as `/tables/orders/kms_key_id`. */
export type SnippetWarning = { path: string; message: string };

export type SnippetFile = { filename: string; content: string };

/** What an emitter makes: files that may lie in one folder, and what they do not say. */
export type Snippet = { files: SnippetFile[]; warnings: SnippetWarning[] };
