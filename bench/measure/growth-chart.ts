/** Two curves over lines, as SVG. */

export interface GrowthPoint {
  readonly lines: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const PANEL = { width: 420, height: 280, left: 56, right: 16, top: 36, bottom: 44 } as const;

export function growthChart(points: readonly GrowthPoint[]): string {
  const panels = [
    panel(
      points.map(({ lines, seconds }) => [lines, seconds]),
      'seconds',
      '#2f6f4f',
      0,
    ),
    panel(
      points.map(({ lines, megabytes }) => [lines, megabytes]),
      'peak resident memory, MB',
      '#8a4b2a',
      PANEL.width,
    ),
  ];
  const width = PANEL.width * 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${PANEL.height}" width="${width}" height="${PANEL.height}" font-family="system-ui, sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
}

function panel(points: readonly (readonly [number, number])[], title: string, color: string, offset: number): string {
  const { width, height, left, right, top, bottom } = PANEL;
  const [stepX, endX] = scale(Math.max(...points.map(([x]) => x)));
  const [stepY, endY] = scale(Math.max(...points.map(([, y]) => y)));
  const x = (value: number): string => (left + (value / endX) * (width - left - right)).toFixed(1);
  const y = (value: number): string => (height - bottom - (value / endY) * (height - top - bottom)).toFixed(1);
  const marks: string[] = [];
  for (let value = 0; value <= endY + stepY / 2; value += stepY)
    marks.push(
      `<line x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/><text x="${left - 6}" y="${y(value)}" dy="0.35em" text-anchor="end" fill="#555">${label(value)}</text>`,
    );
  for (let value = 0; value <= endX + stepX / 2; value += stepX)
    marks.push(
      `<text x="${x(value)}" y="${height - bottom + 16}" text-anchor="middle" fill="#555">${label(value)}</text>`,
    );
  const path = points.map(([a, b], index) => `${index === 0 ? 'M' : 'L'}${x(a)} ${y(b)}`).join(' ');
  const dots = points.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="3" fill="${color}"/>`).join('');
  return `<g transform="translate(${offset} 0)"><text x="${left}" y="20" font-size="13" fill="#222">${title}</text>${marks.join('')}<path d="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots}<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle" fill="#555">lines</text></g>`;
}

/** A round step and the axis' end, for four to eight steps. */
function scale(largest: number): readonly [number, number] {
  const rough = Math.max(largest, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  return [step, Math.ceil(largest / step) * step];
}

function label(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))} M`;
  if (value >= 10_000) return `${Number((value / 1000).toFixed(1))} k`;
  return String(Number(value.toFixed(2)));
}
