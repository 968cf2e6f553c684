import { importTerraform } from "#lib/requests/import-terraform.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const POST = runRoute((actor, { body }) => importTerraform(actor, body));
