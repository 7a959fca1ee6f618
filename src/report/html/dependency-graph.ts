import { Graph, layout } from '@dagrejs/dagre';
import type { SurveyDependency, SurveyModule } from '#model/survey.ts';
import { escapeHtml } from './escape.ts';

const MOST_MODULES = 22;
/** Arcs that carry less than this share of the strongest one are left out when there are many. */
const WEAKEST_SHARE = 0.01;
const MOST_ARCS = 60;

/** Modules as boxes, what stands on others above them; the thicker an arrow, the more uses; arrows of a cycle are red. */
export function dependencyGraphSvg(
  modules: readonly SurveyModule[],
  dependencies: readonly SurveyDependency[],
): string {
  const shown = modules.slice(0, MOST_MODULES);
  if (shown.length < 2) return '<p class="empty">One module: nothing to draw.</p>';
  const names = new Set(shown.map(({ path }) => path));
  const strongest = dependencies[0]?.weight ?? 1;
  const arcs = dependencies
    .filter(({ from, to, weight }) => names.has(from) && names.has(to) && weight >= strongest * WEAKEST_SHARE)
    .slice(0, MOST_ARCS);
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 54, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  const mostLines = Math.max(1, ...shown.map(({ codeLines }) => codeLines));
  for (const { path, codeLines } of shown) {
    graph.setNode(path, {
      width: Math.max(74, path.length * 7.2 + 22),
      height: 30 + 22 * Math.sqrt(codeLines / mostLines),
    });
  }
  for (const { from, to, weight } of arcs)
    graph.setEdge(from, to, { weight: Math.max(1, Math.round((10 * weight) / strongest)) });
  layout(graph);
  const { width = 800, height = 400 } = graph.graph() as { width?: number; height?: number };
  const lines = arcs.map(({ from, to, weight, inCycle }) => {
    const points = (graph.edge(from, to) as { points?: readonly { x: number; y: number }[] }).points ?? [];
    const thickness = (0.8 + 5 * Math.sqrt(weight / strongest)).toFixed(1);
    return `<path class="${inCycle ? 'arc cycle' : 'arc'}" data-from="${escapeHtml(from)}" data-to="${escapeHtml(to)}" d="${curve(points)}" stroke-width="${thickness}" marker-end="url(#${inCycle ? 'head-cycle' : 'head'})"><title>${escapeHtml(from)} → ${escapeHtml(to)}: ${weight.toLocaleString('en-US')} uses${inCycle ? ' (in a cycle)' : ''}</title></path>`;
  });
  const boxes = shown.map((module) => {
    const {
      x,
      y,
      width: w,
      height: h,
    } = graph.node(module.path) as { x: number; y: number; width: number; height: number };
    const facts = `${module.codeLines.toLocaleString('en-US')} code lines in ${module.files} files\nused by ${module.usedBy}, uses ${module.uses}${module.instability === undefined ? '' : `, instability ${module.instability.toFixed(2)}`}${module.about ? `\n${module.about}` : ''}`;
    return `<g class="module" tabindex="0" data-module="${escapeHtml(module.path)}"><rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" rx="7"/><text x="${x}" y="${y + 4}" text-anchor="middle">${escapeHtml(module.path)}</text><title>${escapeHtml(`${module.path}\n${facts}`)}</title></g>`;
  });
  const head = (id: string): string =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="${id}" d="M0 0 8 4 0 8z"/></marker>`;
  const left = dependencies.length - arcs.length;
  const note = left > 0 ? `<p class="note">${left.toLocaleString('en-US')} weaker dependencies are not drawn.</p>` : '';
  return `<svg class="dependencies" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" style="max-width:${Math.ceil(width * 1.25)}px" role="img" aria-label="Modules and how they depend on each other"><defs>${head('head')}${head('head-cycle')}</defs>${lines.join('')}${boxes.join('')}</svg>${note}`;
}

/** A smooth path through the layout's way points. */
function curve(points: readonly { x: number; y: number }[]): string {
  if (points.length === 0) return '';
  const at = ({ x, y }: { x: number; y: number }): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${at(points[0]!)}`;
  for (let index = 1; index < points.length - 1; index++) {
    const next = points[index + 1]!;
    const current = points[index]!;
    path += ` Q${at(current)} ${at(index === points.length - 2 ? next : { x: (current.x + next.x) / 2, y: (current.y + next.y) / 2 })}`;
  }
  return points.length === 2 ? `${path} L${at(points[1]!)}` : path;
}
