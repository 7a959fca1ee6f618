import { formatCount } from '#base/format-count.ts';
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { SurveyFile } from '#model/survey.ts';
import { escapeHtml } from './escape.ts';

interface Node {
  readonly name: string;
  readonly path: string;
  readonly children?: Node[];
  readonly file?: SurveyFile;
}

const WIDTH = 1200;
const HEIGHT = 620;
/** More rectangles than this are dust: the smallest files are summed up per folder. */
const MOST_FILES = 2500;

/**
 * Files as rectangles: area is code lines, colour is one of three measures that the page switches between. Each rectangle
 * carries its ranks (0 to 1) as attributes, so that the switch needs no data of its own.
 */
export function treemapSvg(files: readonly SurveyFile[]): string {
  const counted = files.filter(({ codeLines }) => codeLines > 0);
  if (counted.length === 0) return '<p class="empty">No code lines to draw.</p>';
  const shown = counted.toSorted((a, b) => b.codeLines - a.codeLines).slice(0, MOST_FILES);
  const left = counted.length - shown.length;
  const root = hierarchy(tree(shown), ({ children }) => children)
    .sum(({ file }) => file?.codeLines ?? 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.data.path < b.data.path ? -1 : 1));
  const laid = treemap<Node>()
    .size([WIDTH, HEIGHT])
    .tile(treemapSquarify)
    .paddingInner(1)
    .paddingOuter(2)
    .paddingTop((node) =>
      node.depth > 0 && node.depth < 3 && node.y1 - node.y0 > 40 && node.x1 - node.x0 > 60 ? 16 : 2,
    )
    .round(true)(root);
  const mostComplexity = Math.max(1, ...shown.map(({ complexity }) => complexity));
  const mostCommits = Math.max(1, ...shown.map(({ commits }) => commits));
  const parts: string[] = [];
  for (const node of laid.descendants()) {
    const width = node.x1 - node.x0;
    const height = node.y1 - node.y0;
    if (node.data.file) {
      const { path, codeLines, complexity, commits, language } = node.data.file;
      const heat = (
        Math.sqrt(complexity / mostComplexity) * (mostCommits > 1 ? Math.sqrt(commits / mostCommits) : 1)
      ).toFixed(3);
      const label =
        width > 70 && height > 16
          ? `<text x="${node.x0 + 3}" y="${node.y0 + 12}" clip-path="inset(0)">${escapeHtml(fitLabel(node.data.name, width))}</text>`
          : '';
      parts.push(
        `<g class="file"><rect x="${node.x0}" y="${node.y0}" width="${width}" height="${height}" data-heat="${heat}" data-complexity="${Math.sqrt(complexity / mostComplexity).toFixed(3)}" data-change="${Math.sqrt(commits / mostCommits).toFixed(3)}"><title>${escapeHtml(path)}\n${codeLines} code lines · ${language}\ncognitive complexity ${complexity} · ${commits} commits</title></rect>${label}</g>`,
      );
    } else if (node.depth > 0) {
      const label =
        node.depth < 3 && width > 60 && height > 40
          ? `<text class="folder" x="${node.x0 + 4}" y="${node.y0 + 12}">${escapeHtml(fitLabel(node.data.name, width))}</text>`
          : '';
      parts.push(
        `<rect class="folder depth-${Math.min(node.depth, 3)}" x="${node.x0}" y="${node.y0}" width="${width}" height="${height}"/>${label}`,
      );
    }
  }
  const note = left > 0 ? `<p class="note">${formatCount(left)} smaller files are not drawn.</p>` : '';
  return `<svg class="treemap" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Files by size; colour shows where change and complexity meet">${parts.join('')}</svg>${note}`;
}

function fitLabel(name: string, width: number): string {
  const most = Math.floor((width - 8) / 6.2);
  return name.length <= most ? name : `${name.slice(0, Math.max(1, most - 1))}…`;
}

function tree(files: readonly SurveyFile[]): Node {
  const root: Node & { children: Node[] } = { name: '', path: '', children: [] };
  const folders = new Map<string, Node & { children: Node[] }>([['', root]]);
  const folderOf = (path: string): Node & { children: Node[] } => {
    const known = folders.get(path);
    if (known) return known;
    const cut = path.lastIndexOf('/');
    const made = { name: path.slice(cut + 1), path, children: [] as Node[] };
    folderOf(cut === -1 ? '' : path.slice(0, cut)).children.push(made);
    folders.set(path, made);
    return made;
  };
  for (const file of files) {
    const cut = file.path.lastIndexOf('/');
    folderOf(cut === -1 ? '' : file.path.slice(0, cut)).children.push({
      name: file.path.slice(cut + 1),
      path: file.path,
      file,
    });
  }
  // Folders that hold nothing but one folder are one step, not two.
  let top: Node = root;
  while (top.children?.length === 1 && top.children[0]!.children) top = top.children[0]!;
  return top;
}
