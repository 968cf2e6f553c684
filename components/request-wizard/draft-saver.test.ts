import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import type { DraftContent } from "#lib/requests/draft-schema.ts";
import { DraftSaver, type SavedDraft, type SaveState } from "./draft-saver.ts";

const content = (justification: string): DraftContent => ({
  project: "shop",
  environment: "dev",
  justification,
  step: "where",
  tables: [],
});

type Put = { id: string | null; text: string; leaving: boolean };

function draft(answer: (put: Put) => Promise<SavedDraft>, id: string | null = null) {
  const puts: Put[] = [];
  const states: SaveState[] = [];
  const ids: string[] = [];
  const saver = new DraftSaver(id, content(""), {
    put: (body, leaving) => {
      const put = { id: body.id, text: body.content.justification, leaving };
      puts.push(put);
      return answer(put);
    },
    onState: (state) => states.push(state),
    onId: (made) => ids.push(made),
    now: () => 42,
  });
  return { saver, puts, states, ids };
}

const saved = async (): Promise<SavedDraft> => ({ id: "d1", saved_at: "2026-11-22T10:00:00.000Z" });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a draft", () => {
  it("is saved once typing pauses, with the newest content", async () => {
    const { saver, puts, states, ids } = draft(saved);
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(900);
    saver.change(content("ab"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts).toEqual([{ id: null, text: "ab", leaving: false }]);
    expect(ids).toEqual(["d1"]);
    expect(states.at(-1)).toEqual({ status: "saved", atMilliseconds: 42 });
  });

  it("that nobody changed is not stored", async () => {
    const { saver, puts } = draft(saved);
    saver.change(content(""));
    saver.leave();
    await vi.advanceTimersByTimeAsync(5000);
    expect(puts).toEqual([]);
  });

  it("is made once, however much is typed while the first answer is on its way", async () => {
    const { promise, resolve } = Promise.withResolvers<SavedDraft>();
    const { saver, puts } = draft((put) => (put.id === null ? promise : saved()));
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(1000);
    saver.change(content("b"));
    await vi.advanceTimersByTimeAsync(5000);
    saver.leave();
    expect(puts).toHaveLength(1);
    resolve(await saved());
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts.at(-1)).toEqual({ id: "d1", text: "b", leaving: false });
  });

  it("that was saved too often is saved once the server lets it, and says when that is", async () => {
    let limited = true;
    const { saver, puts, states } = draft(() =>
      limited ? Promise.reject(new AppError("LIMIT", "Slow.", { retryAfterSeconds: 40 })) : saved(),
    );
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(1000);
    const message = "too many changes in a minute; trying again in 40 s";
    expect(states.at(-1)).toEqual({ status: "retrying", message });
    limited = false;
    saver.change(content("ab"));
    await vi.advanceTimersByTimeAsync(39_999);
    expect(puts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(puts.map(({ text }) => text)).toEqual(["a", "ab"]);
    expect(states.at(-1)?.status).toBe("saved");
  });

  it("is tried again by itself, ever more slowly, and nothing typed meanwhile is lost", async () => {
    let up = false;
    const { saver, puts, states } = draft(() =>
      up ? saved() : Promise.reject(new AppError("UNAVAILABLE", "Away.")),
    );
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toEqual({ status: "retrying", message: "Away." });
    await vi.advanceTimersByTimeAsync(2000);
    saver.change(content("ab"));
    await vi.advanceTimersByTimeAsync(3999);
    expect(puts).toHaveLength(2);
    up = true;
    await vi.advanceTimersByTimeAsync(1);
    expect(puts.map(({ text }) => text)).toEqual(["a", "a", "ab"]);
    expect(states.at(-1)?.status).toBe("saved");
  });

  it("that was submitted elsewhere is left alone, and says so", async () => {
    const { saver, puts, states } = draft(() => Promise.reject(new AppError("CONFLICT", "Submitted.")), "d1");
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(1000);
    saver.change(content("ab"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puts).toHaveLength(1);
    expect(states.at(-1)).toEqual({ status: "stopped", message: "Submitted." });
  });

  it("is sent at once when the page is left", () => {
    const { saver, puts } = draft(saved, "d1");
    saver.change(content("a"));
    saver.leave();
    expect(puts).toEqual([{ id: "d1", text: "a", leaving: true }]);
  });

  it("is not saved behind a submit", async () => {
    const { saver, puts } = draft(saved);
    saver.change(content("a"));
    await vi.advanceTimersByTimeAsync(1000);
    saver.change(content("b"));
    expect(await saver.settle()).toBe("d1");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puts).toHaveLength(1);
    saver.resume();
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts.at(-1)?.text).toBe("b");
  });
});
