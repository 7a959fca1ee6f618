import { formatCount } from '#base/format-count.ts';
import { Graph, layout } from '@dagrejs/dagre';
import type { SurveyDependency, SurveyModule } from '#model/survey.ts';
import { escapeHtml } from './escape.ts';

const MOST_MODULES = 22;
/** Arcs that carry less than this share of the strongest one are left out when there are many. */
const WEAKEST_SHARE = 0.02;
const MOST_ARCS = 40;

/** Modules as boxes, what stands on others above them; the thicker an arrow, the more uses; arrows against the grain are red. */
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
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 54, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  const mostLines = Math.max(1, ...shown.map(({ codeLines }) => codeLines));
  for (const { path, codeLines } of shown) {
    graph.setNode(path, {
      width: Math.max(74, path.length * 7.2 + 22),
      height: 30 + 22 * Math.sqrt(codeLines / mostLines),
    });
  }
  // Upward arcs are laid out as if they led down, so that the layers stand as they were counted; they are drawn the right way.
  for (const { from, to, weight, upward } of arcs) {
    const label = { weight: upward ? 0 : Math.max(1, Math.round((10 * weight) / strongest)) };
    if (upward) graph.setEdge(to, from, label, 'upward');
    else graph.setEdge(from, to, label, 'down');
  }
  layout(graph);
  const pointsOf = ({ from, to, upward }: SurveyDependency): readonly Point[] => {
    const edge = upward ? graph.edge(to, from, 'upward') : graph.edge(from, to, 'down');
    const points = (edge as { points?: readonly Point[] }).points ?? [];
    return upward ? points.toReversed() : points;
  };
  const { width = 800, height = 400 } = graph.graph() as { width?: number; height?: number };
  const across = arcs.flatMap((arc) => pointsOf(arc).map(({ x }) => x));
  const left = Math.floor(Math.min(0, ...across) - 6);
  const right = Math.ceil(Math.max(width, ...across) + 6);
  const lines = arcs.map((arc) => {
    const { from, to, weight, upward } = arc;
    const points = pointsOf(arc);
    const thickness = (0.8 + 5 * Math.sqrt(weight / strongest)).toFixed(1);
    return `<path class="${upward ? 'arc cycle' : 'arc'}" data-from="${escapeHtml(from)}" data-to="${escapeHtml(to)}" d="${curve(points)}" stroke-width="${thickness}" marker-end="url(#${upward ? 'head-cycle' : 'head'})"><title>${escapeHtml(from)} → ${escapeHtml(to)}: ${formatCount(weight)} uses${upward ? ' (against the grain)' : ''}</title></path>`;
  });
  const boxes = shown.map((module) => {
    const {
      x,
      y,
      width: w,
      height: h,
    } = graph.node(module.path) as { x: number; y: number; width: number; height: number };
    const facts = `${formatCount(module.codeLines)} code lines in ${module.files} files\nused by ${module.usedBy}, uses ${module.uses}${module.instability === undefined ? '' : `, instability ${module.instability.toFixed(2)}`}${module.about ? `\n${module.about}` : ''}`;
    return `<g class="module" tabindex="0" data-module="${escapeHtml(module.path)}"><rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" rx="7"/><text x="${x}" y="${y + 4}" text-anchor="middle">${escapeHtml(module.path)}</text><title>${escapeHtml(`${module.path}\n${facts}`)}</title></g>`;
  });
  const head = (id: string): string =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="${id}" d="M0 0 8 4 0 8z"/></marker>`;
  const omitted = dependencies.length - arcs.length;
  const note = omitted > 0 ? `<p class="note">${formatCount(omitted)} weaker dependencies are not drawn.</p>` : '';
  return `<svg class="dependencies" viewBox="${left} 0 ${right - left} ${Math.ceil(height)}" style="max-width:${Math.ceil((right - left) * 1.25)}px" role="img" aria-label="Modules and how they depend on each other"><defs>${head('head')}${head('head-cycle')}</defs>${lines.join('')}${boxes.join('')}</svg>${note}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A smooth path through the layout's way points. */
function curve(points: readonly Point[]): string {
  if (points.length === 0) return '';
  const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = `M${at(points[0]!)}`;
  for (let index = 1; index < points.length - 1; index++) {
    const next = points[index + 1]!;
    const current = points[index]!;
    path += ` Q${at(current)} ${at(index === points.length - 2 ? next : { x: (current.x + next.x) / 2, y: (current.y + next.y) / 2 })}`;
  }
  return points.length === 2 ? `${path} L${at(points[1]!)}` : path;
}
