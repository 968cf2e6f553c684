import { expect, it } from "vitest";
import { maxHclBytes, readFiles } from "./read-files.ts";

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);

it("one file is its text as it is", async () => {
  expect(await readFiles([file("a.tf", "tables = {}\r\n")])).toBe("tables = {}\r\n");
});

it("several files stand below each other, each under its name", async () => {
  const text = await readFiles([file("a.tf", "a = 1\n\n"), file("b.tfvars", "b = 2")]);
  expect(text).toBe("# a.tf\na = 1\n\n# b.tfvars\nb = 2\n");
});

it("what is too much or no text is refused by what it is", async () => {
  const large = file("a.tf", "x".repeat(maxHclBytes));
  expect(await readFiles([large])).toHaveLength(maxHclBytes);
  await expect(readFiles([large, file("b.tf", "y")])).rejects.toThrow("That is 513 kB; at most 512 kB");
  await expect(readFiles([file("lambda.zip", new Uint8Array([0x50, 0xff, 0xfe]))])).rejects.toThrow(
    "lambda.zip is not text in UTF-8",
  );
});
