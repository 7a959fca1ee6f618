/** What instrumented code talks to: `src/instrument/README.md` says what each part is for. */
export interface Runtime {
  m: number;
  f: number;
  out: boolean;
  readonly c: Record<string, Uint32Array>;
  readonly d: Record<string, Float64Array>;
  x(): never;
  values(): (string | number | bigint)[];
  reset(): void;
  counts(): Record<string, Uint32Array>;
  distances(): Record<string, number[]>;
  covered(): Record<string, number[]>;
  total(): number;
}
export class OutOfSteps extends Error {}
export function createRuntime(): Runtime;
export function installRuntime(): Runtime;
