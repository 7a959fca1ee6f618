export interface TrendPoint {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly minutes: number;
  readonly findings: number;
}

const WIDTH = 1200;
const HEIGHT = 160;
const MARGIN = 24;

/** Minutes of debt by scan, evenly spaced: scans are not made evenly. At least two points. */
export function debtTrendSvg(points: readonly TrendPoint[]): string {
  const most = Math.max(1, ...points.map(({ minutes }) => minutes));
  const x = (index: number): string => (MARGIN + (index * (WIDTH - 2 * MARGIN)) / (points.length - 1)).toFixed(1);
  const y = (minutes: number): string => (HEIGHT - MARGIN - (minutes / most) * (HEIGHT - 2 * MARGIN)).toFixed(1);
  const line = points.map(({ minutes }, index) => `${x(index)},${y(minutes)}`).join(' ');
  const date = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const dots = points.map(
    ({ time, minutes, findings }, index) =>
      `<circle cx="${x(index)}" cy="${y(minutes)}" r="4"><title>${date(time)}: ${Math.round(minutes)} minutes, ${findings} findings</title></circle>`,
  );
  return `<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Minutes of debt by scan"><polyline points="${line}"/>${dots.join('')}<text x="${MARGIN}" y="${HEIGHT - 4}">${date(points[0]!.time)}</text><text x="${WIDTH - MARGIN}" y="${HEIGHT - 4}" text-anchor="end">${date(points.at(-1)!.time)}</text></svg>`;
}
