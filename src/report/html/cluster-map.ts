import { formatCount } from '#base/format-count.ts';
import type { ClusterReport, CodeCluster } from '#model/clusters.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 1200;
const HEIGHT = 700;
const MARGIN = 26;
/** Clusters with a colour and a name in the picture; there are no more colours that the eye tells apart. */
const NAMED = 14;
/** Colours by turns of the golden angle: neighbours in the list lie far apart. */
const colourOf = (number: number): string => `hsl(${Math.round((number * 137.5) % 360)} 52% 47%)`;

/** Functions and types as dots, like ones near each other; the largest groups are coloured and named. */
export function clusterMapSvg({ clusters, dots }: ClusterReport): string {
  const x = (value: number): string => (MARGIN + value * (WIDTH - 2 * MARGIN)).toFixed(1);
  const y = (value: number): string => (MARGIN + value * (HEIGHT - 2 * MARGIN)).toFixed(1);
  const circles = dots
    .toSorted((a, b) => rank(b.cluster) - rank(a.cluster))
    .map((dot) => {
      const named = dot.cluster > 0 && dot.cluster <= NAMED;
      const look = named ? ` fill="${colourOf(dot.cluster)}"` : ` class="${dot.cluster > 0 ? 'small' : 'loose'}"`;
      return `<circle cx="${x(dot.x)}" cy="${y(dot.y)}" r="${named ? 4 : 3}"${look}><title>${escapeHtml(`${dot.name} · ${dot.path}`)}</title></circle>`;
    });
  const names = clusters.slice(0, NAMED).flatMap((cluster) => {
    const own = dots.filter((dot) => dot.cluster === cluster.number);
    if (own.length === 0) return [];
    const at = [x(median(own.map((dot) => dot.x))), y(median(own.map((dot) => dot.y)))] as const;
    return [`<text x="${at[0]}" y="${at[1]}" text-anchor="middle">${escapeHtml(titleOf(cluster))}</text>`];
  });
  return `<svg class="clusters" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Functions and types by meaning">${circles.join('')}${names.join('')}</svg>`;
}

/** The groups as a list beside the picture. */
export function clusterList({ clusters }: ClusterReport, most: number): string {
  const rows = clusters.slice(0, most).map((cluster) => {
    const { number, words, size, files, members } = cluster;
    const mark = number <= NAMED ? `<i style="background:${colourOf(number)}"></i>` : '<i></i>';
    const typical = members.map(({ name }) => `<code>${escapeHtml(name)}</code>`).join(', ');
    return `<tr><td class="dot">${mark}</td><td>${escapeHtml(words.join(' '))}</td><td class="number">${formatCount(size)}</td><td class="number">${formatCount(files)}</td><td class="path">${typical}</td></tr>`;
  });
  return `<table><thead><tr><th></th><th>words</th><th class="number">members</th><th class="number">files</th><th>typical</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const rank = (cluster: number): number => (cluster === 0 ? 2 : cluster > NAMED ? 1 : 0);
const titleOf = ({ words }: CodeCluster): string => words.slice(0, 2).join(' ');

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
