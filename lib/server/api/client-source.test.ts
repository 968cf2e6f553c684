import { expect, test } from "vitest";
import { clientSource } from "./client-source.ts";
import { openApiDocument } from "./openapi.ts";

test("the client in lib/api-client is the one that the document of today makes", async () => {
  await expect(clientSource(openApiDocument())).toMatchFileSnapshot("../../api-client/calls.ts");
});
