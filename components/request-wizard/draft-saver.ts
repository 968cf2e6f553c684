import { tooOften } from "#lib/client/pauses.ts";
import { AppError } from "#lib/core/errors.ts";
import type { DraftContent } from "#lib/requests/draft-schema.ts";

export type SaveState =
  | { status: "untouched" }
  | { status: "unsaved" }
  | { status: "saving" }
  | { status: "saved"; atMilliseconds: number }
  | { status: "retrying"; message: string }
  | { status: "stopped"; message: string };

export type SavedDraft = { id: string; saved_at: string };

type Ports = {
  /** `leaving`: the page goes; the request must outlive it. */
  put: (body: { id: string | null; content: DraftContent }, leaving: boolean) => Promise<SavedDraft>;
  onState: (state: SaveState) => void;
  onId: (id: string) => void;
  now?: () => number;
};

const quietMilliseconds = 1000;
const longestRetryMilliseconds = 30_000;

/**
 * Keeps a draft saved: waits until typing pauses for a second, sends one request at a time and always the newest
 * content, tries again by itself (2 s, doubling up to 30 s; not before the server lets it) when it fails, and stops where it cannot succeed: the draft
 * was submitted or discarded elsewhere, or nobody is signed in any more.
 */
export class DraftSaver {
  id: string | null;
  private readonly ports: Ports;
  private newest: DraftContent | null = null;
  private savedText: string;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(id: string | null, initial: DraftContent, ports: Ports) {
    this.id = id;
    this.savedText = JSON.stringify(initial);
    this.ports = ports;
  }

  /** New content; saved when it differs from what is stored. */
  change(content: DraftContent): void {
    this.newest = content;
    if (this.stopped || !this.dirty()) return;
    if (!this.running && this.failures === 0) this.ports.onState({ status: "unsaved" });
    if (this.failures === 0) this.schedule(quietMilliseconds);
  }

  /** Saves now what is not saved yet, for a page that is being left or put aside. */
  leave(): void {
    if (this.stopped || !this.dirty()) return;
    clearTimeout(this.timer);
    if (!this.running) this.start(true);
    // Without an id a second request would make a second draft.
    else if (this.id !== null) this.ports.put({ id: this.id, content: this.newest! }, true).catch(() => {});
  }

  /** Stops saving and waits for what is under way; answers the draft's id. `resume` goes on. */
  async settle(): Promise<string | null> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    return this.id;
  }

  resume(): void {
    this.stopped = false;
    if (this.dirty()) this.schedule(quietMilliseconds);
  }

  private dirty(): boolean {
    return this.newest !== null && JSON.stringify(this.newest) !== this.savedText;
  }

  private schedule(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.running) this.start(false);
    }, milliseconds);
  }

  private start(leaving: boolean): void {
    this.running = this.save(leaving).finally(() => {
      this.running = null;
      if (!this.stopped && this.dirty() && this.failures === 0) this.schedule(quietMilliseconds);
    });
  }

  private async save(leaving: boolean): Promise<void> {
    const content = this.newest!;
    if (this.failures === 0) this.ports.onState({ status: "saving" });
    try {
      const { id } = await this.ports.put({ id: this.id, content }, leaving);
      this.failures = 0;
      this.keep(id, JSON.stringify(content));
      const atMilliseconds = (this.ports.now ?? Date.now)();
      this.ports.onState(this.dirty() ? { status: "unsaved" } : { status: "saved", atMilliseconds });
    } catch (error) {
      this.failed(error);
    }
  }

  private keep(id: string, text: string): void {
    this.savedText = text;
    if (this.id === id) return;
    this.id = id;
    this.ports.onId(id);
  }

  private failed(error: unknown): void {
    const known = error instanceof AppError ? error : null;
    const message = known?.message ?? "The portal does not answer.";
    const passing = !known || known.code === "UNAVAILABLE" || known.code === "LIMIT";
    if (!passing) {
      this.stopped = true;
      this.ports.onState({ status: "stopped", message });
      return;
    }
    this.failures += 1;
    const limited = known?.code === "LIMIT" ? known.retryAfterSeconds : undefined;
    this.ports.onState({ status: "retrying", message: limited ? tooOften(limited) : message });
    const pause = Math.min(longestRetryMilliseconds, 1000 * 2 ** this.failures);
    this.schedule(Math.max(pause, (limited ?? 0) * 1000));
  }
}
