"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

type SubmitButtonProps = Omit<ButtonProps, "icon" | "type">;

/**
 * The button of a form with an action: pending while its form is. `SubmitButton(ButtonProps without icon and type)`;
 * an icon goes into the children as `<Icon icon={…} />`, because server components cannot pass functions to it.
 */
export function SubmitButton(props: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending || props.pending} />;
}
