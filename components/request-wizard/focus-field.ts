import { controlId } from "./faults.ts";

const patienceFrames = 60;

/** Puts the focus on a field, by its name in react-hook-form, once it is on the page: its step may still be on its way. */
export function focusField(name: string, framesLeft = patienceFrames): void {
  const field = document.getElementById(controlId(name)) ?? document.getElementsByName(name)[0];
  if (field) {
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  } else if (framesLeft > 0) {
    requestAnimationFrame(() => focusField(name, framesLeft - 1));
  }
}
