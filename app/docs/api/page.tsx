import type { Metadata } from "next";
import { ApiReference } from "#components/api-reference/api-reference.tsx";
import { getConfig } from "#lib/infra/config.ts";
import { openApiDocument } from "#lib/server/api/openapi.ts";

export const metadata: Metadata = { title: "API reference" };
// The root layout reads the configuration and the theme's cookie.
export const dynamic = "force-dynamic";

/** The reference of API v1: public, as the document it shows. */
export default function ApiReferencePage() {
  return <ApiReference appName={getConfig().name} document={openApiDocument()} />;
}
