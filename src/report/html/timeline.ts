import type { SurveyMonth } from '#model/survey.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 1200;
const HEIGHT = 180;
const MARGIN = 26;

/** Commits a month as bars, bug fixes as the darker part of each. */
export function timelineSvg(months: readonly SurveyMonth[]): string {
  if (months.length === 0) return '';
  const most = Math.max(1, ...months.map(({ commits }) => commits));
  const step = WIDTH / Math.max(12, months.length);
  const scale = (HEIGHT - MARGIN - 8) / most;
  const bars = months.map(({ month, commits, bugFixes }, index) => {
    const x = (index * step).toFixed(1);
    const width = Math.max(0.8, step - (step > 4 ? 1.5 : 0.2)).toFixed(1);
    const height = commits * scale;
    const fixes = bugFixes * scale;
    const base = HEIGHT - MARGIN;
    return `<g><title>${escapeHtml(month)}: ${commits} commits, ${bugFixes} bug fixes</title><rect class="commits" x="${x}" y="${(base - height).toFixed(1)}" width="${width}" height="${height.toFixed(1)}"/><rect class="fixes" x="${x}" y="${(base - fixes).toFixed(1)}" width="${width}" height="${fixes.toFixed(1)}"/></g>`;
  });
  const years = months.flatMap(({ month }, index) =>
    month.endsWith('-01') || index === 0 ? [{ year: month.slice(0, 4), x: index * step }] : [],
  );
  const every = Math.ceil((years.length * 46) / WIDTH);
  const labels = years
    .filter((_, index) => index % every === 0)
    .map(({ year, x }) => `<text x="${x.toFixed(1)}" y="${HEIGHT - 8}">${year}</text>`);
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Commits by month; the darker part are bug fixes">${bars.join('')}${labels.join('')}</svg>`;
}
