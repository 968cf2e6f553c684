import { parentPort } from "node:worker_threads";
import { parse } from "@cdktf/hcl2json";
import { importFromTerraform } from "#lib/terraform-import/terraform-import.ts";
import type { HclAnswer, HclTask } from "./hcl.ts";
import { scanHcl } from "./hcl-scan.ts";

/** Nothing a paste can hold, so that it marks where each of the parser's complaints begins. */
const fileName = "\u0001";

const faultStart = new RegExp(`${fileName}:(\\d+),(\\d+)-(?:\\d+,)?\\d+: `, "g");

function answerTo(message: string): HclAnswer {
  const starts = [...message.matchAll(faultStart)];
  if (starts.length === 0) return { kind: "failed", reason: message };
  const faults = starts.map((start, at) => {
    const end = starts[at + 1]?.index ?? message.length;
    const text = message.slice(start.index + start[0].length, end).replaceAll(fileName, "the text");
    return { line: Number(start[1]), column: Number(start[2]), reason: text.trim().replace(/\]$/, "") };
  });
  return { kind: "faulty", faults: faults.slice(0, 5) };
}

async function answer({ text, platform }: HclTask): Promise<HclAnswer> {
  const { tooDeep, repeated } = scanHcl(text);
  if (tooDeep) return { kind: "deep" };
  const parsed = await parse(fileName, text).then(
    (value): HclAnswer => ({ kind: "parsed", value }),
    (error: unknown) => answerTo(error instanceof Error ? error.message : String(error)),
  );
  if (parsed.kind !== "parsed" || !platform) return parsed;
  return { kind: "parsed", value: importFromTerraform(parsed.value, repeated, platform) };
}

parentPort?.on("message", async (task: HclTask) => parentPort?.postMessage(await answer(task)));
parentPort?.postMessage("ready");
