"use client";

import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";

type DialogProps = {
  open: boolean;
  /** Escape, the cross, or a click beside the dialog. */
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons, at the end; the decisive one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

/**
 * A modal on the native `<dialog>`: the browser keeps focus inside, gives it back, and closes on Escape. The focus
 * begins in the first field, where there is one.
 * `Dialog({ open, onClose, title, description, footer, children })`. Its content is mounted only while it is open.
 */
export function Dialog({ open, onClose, title, description, footer, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A dialog that is taken out of the page before it is closed cannot give the focus back; effects clean up after that.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog || !open) return;
    if (!dialog.open) {
      dialog.showModal();
      // The browser would take the cross, which comes first.
      dialog.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
    return () => dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser gives it
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className="m-auto w-[min(32rem,calc(100vw-1.75rem))] rounded-lg border border-line bg-card p-0 text-ink shadow-float backdrop:bg-black/40"
    >
      {open ? (
        <div className="stack p-4">
          <header className="flex items-start gap-3">
            <h2 id={`${id}-title`} className="grow text-lg">
              {title}
            </h2>
            <button
              type="button"
              aria-label="Close"
              onClick={onClose}
              className="cursor-pointer rounded-sm p-1 text-ink-2 hover:bg-sunken"
            >
              <Icon icon={X} className="size-4" />
            </button>
          </header>
          {description ? (
            <div id={`${id}-description`} className="text-ink-2">
              {description}
            </div>
          ) : null}
          {children}
          {footer ? <footer className="cluster justify-end">{footer}</footer> : null}
        </div>
      ) : null}
    </dialog>
  );
}
