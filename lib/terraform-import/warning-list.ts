import type { ImportWarning } from "./section.ts";

/** Most warnings that are told, the last of them saying how many more there are. */
export const maxWarnings = 200;
const maxPathLength = 400;
const maxMessageLength = 1000;

const clipped = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…` : text;

/** Collects warnings, each once and none without bounds: a text may hold a hundred thousand faults. */
export class WarningList {
  private readonly warnings = new Map<string, ImportWarning>();
  private more = 0;

  add(path: string, message: string | (() => string)): void {
    if (this.warnings.size >= maxWarnings) {
      this.more += 1;
      return;
    }
    const text = typeof message === "string" ? message : message();
    const warning = { path: clipped(path, maxPathLength), message: clipped(text, maxMessageLength) };
    this.warnings.set(JSON.stringify(warning), warning);
  }

  list(): ImportWarning[] {
    const all = [...this.warnings.values()];
    if (this.more === 0) return all;
    const message = `${this.more + 1} more things were left out or left open. Import fewer tables at once to see them.`;
    return [...all.slice(0, maxWarnings - 1), { path: "", message }];
  }
}
