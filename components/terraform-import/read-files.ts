/** Most bytes that are read at once: what the server takes. */
export const maxHclBytes = 512_000;

type TextFile = Pick<File, "name" | "size" | "arrayBuffer">;

/**
 * The files' text, one below the other, each under a comment with its name where there are several. Throws RangeError,
 * in words for the person, when a file is no text or all of them are too much.
 */
export async function readFiles(files: readonly TextFile[]): Promise<string> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > maxHclBytes) {
    const kilobytes = Math.ceil(bytes / 1000).toLocaleString("en");
    throw new RangeError(
      `That is ${kilobytes} kB; at most ${maxHclBytes / 1000} kB are read at once. Choose the files that hold the tables.`,
    );
  }
  const texts = await Promise.all(files.map(readText));
  if (texts.length === 1) return texts[0]!;
  return texts.map((text, place) => `# ${files[place]!.name}\n${text.trimEnd()}\n`).join("\n");
}

async function readText(file: TextFile): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new RangeError(`${file.name} is not text in UTF-8. Choose .tf, .tfvars or .hcl files.`);
  }
}
