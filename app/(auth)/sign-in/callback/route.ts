import { redirectTo } from "#lib/server/redirect-to.ts";
import { finishSignIn } from "#lib/server/sign-in.ts";

/** The provider sends browsers here, with the code that tells who they are. */
export const GET = redirectTo((request) => finishSignIn(new URL(request.url).search));
