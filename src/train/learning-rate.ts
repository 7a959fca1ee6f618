/** Linear warm-up, then half a cosine down to zero (Loshchilov & Hutter 2017). `step` counts from 0; a factor of the peak rate. */
export function cosineSchedule(step: number, steps: number, warmUp: number): number {
  if (step < warmUp) return (step + 1) / warmUp;
  const done = (step - warmUp) / Math.max(1, steps - warmUp);
  return done >= 1 ? 0 : (1 + Math.cos(Math.PI * done)) / 2;
}
