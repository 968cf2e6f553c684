import "server-only";
import { strToU8, zipSync } from "fflate";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import type { SnippetFile } from "#lib/snippets/snippet.ts";
import type { SearchParams } from "./list-address.ts";
import { readSnippets, type SnippetSelection, type WantedSnippet } from "./read-snippets.ts";
import { answer } from "./run-route.ts";
import { getActor } from "./session.ts";

type Download = { selection: SnippetSelection; wanted: WantedSnippet };

/**
 * A route that answers code as a file: the one that `file` in the address names, or all in a .zip. The actor of the
 * session sees what the pages show. Refusals are problem documents: as `readSnippets`, CONFLICT where there is no code
 * yet, NOT_FOUND where no file has that name.
 */
export function downloadSnippets(use: (actor: UserActor, query: SearchParams) => Promise<Download>) {
  return (request: Request): Promise<Response> =>
    answer(async () => {
      const actor = await getActor();
      const query = repeatedQueryOf(request);
      const { selection, wanted } = await use(actor, query);
      const outcome = await readSnippets(actor, selection, wanted);
      if (outcome.state === "none") throw new AppError("CONFLICT", outcome.reason);
      if (outcome.state === "refused") {
        throw new AppError("INVALID", outcome.message, { errors: outcome.errors });
      }
      const { file: name } = query;
      if (name === undefined)
        return attachment(zip(outcome.files), "application/zip", `${wanted.format}.zip`);
      const file = outcome.files.find(({ filename }) => filename === name);
      if (!file) throw new AppError("NOT_FOUND", "There is no such file, or not any more.");
      return attachment(file.content, "text/plain; charset=utf-8", file.filename);
    });
}

/** The query parameters, those given several times as a list: as pages get them. */
function repeatedQueryOf(request: Request): SearchParams {
  const { searchParams } = new URL(request.url);
  const entries = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return Object.fromEntries(entries);
}

function zip(files: readonly SnippetFile[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    zipSync(Object.fromEntries(files.map(({ filename, content }) => [safeName(filename), strToU8(content)]))),
  );
}

function attachment(body: BodyInit, type: string, filename: string): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${safeName(filename)}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}

/** Names of tables hold nothing else; whatever does neither leaves its header nor its folder. */
const safeName = (name: string) => name.replace(/[^a-zA-Z0-9._-]/g, "_").replace(/^\.+/, "_");
