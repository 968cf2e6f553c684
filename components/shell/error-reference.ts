/** The digest of an error thrown on the server, which its log line carries too; undefined for errors of the browser. */
export function errorReference(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
