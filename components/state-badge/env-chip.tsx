import { Chip } from "#components/ui/chip.tsx";

/** An environment; production stands out. `EnvChip({ environment })`. */
export function EnvChip({ environment }: { environment: string }) {
  return <Chip marked={/^(prod|prd|live)/i.test(environment)}>{environment}</Chip>;
}
