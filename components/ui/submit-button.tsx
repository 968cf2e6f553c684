"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

/** The button of a form with an action: pending while its form is. `SubmitButton(ButtonProps)`. */
export function SubmitButton(props: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending || props.pending} />;
}
