/** Where a markup file holds code of another language. */

export interface EmbeddedRegion {
  /** Identifier from the catalogue. */
  readonly language: string;
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export const hostLanguages: ReadonlySet<string> = new Set(['html', 'vue', 'svelte', 'astro']);

const scriptLanguages: Readonly<Record<string, string>> = {
  '': 'javascript',
  js: 'javascript',
  javascript: 'javascript',
  module: 'javascript',
  'text/javascript': 'javascript',
  'application/javascript': 'javascript',
  'text/ecmascript': 'javascript',
  babel: 'jsx',
  'text/babel': 'jsx',
  jsx: 'jsx',
  ts: 'typescript',
  typescript: 'typescript',
  'text/typescript': 'typescript',
  tsx: 'tsx',
  coffee: 'coffeescript',
};
const styleLanguages: Readonly<Record<string, string>> = {
  '': 'css',
  css: 'css',
  'text/css': 'css',
  postcss: 'css',
  scss: 'scss',
  sass: 'sass',
  less: 'less',
  stylus: 'stylus',
  styl: 'stylus',
};

/** Scripts and styles, in order. What names no language that we know (templates, JSON, import maps) is left out. */
export function embeddedRegions(text: string, language: string): readonly EmbeddedRegion[] {
  const regions: EmbeddedRegion[] = [];
  let at = 0;
  if (language === 'astro') {
    const fence = /^\s*---[^\S\n]*\n/.exec(text.slice(0, 200));
    const close = fence ? text.indexOf('\n---', fence[0].length - 1) : -1;
    if (fence && close >= 0) {
      regions.push({ language: 'typescript', start: fence[0].length, end: close + 1 });
      at = close + 4;
    }
  }
  const lower = text.toLowerCase();
  // A lower-case text of another length (a few letters change theirs) would shift all places.
  const searched = lower.length === text.length ? lower : text;
  for (;;) {
    const open = nextTag(searched, at);
    if (open === undefined) return regions;
    if (open.name === 'comment') {
      const close = searched.indexOf('-->', open.at);
      if (close < 0) return regions;
      at = close + 3;
      continue;
    }
    const tagEnd = endOfTag(text, open.at);
    if (tagEnd < 0) return regions;
    const attributes = text.slice(open.at, tagEnd);
    at = tagEnd;
    if (attributes.endsWith('/>')) continue;
    const close = searched.indexOf(`</${open.name}`, tagEnd);
    const end = close < 0 ? text.length : close;
    const named = (attribute(attributes, 'lang') ?? attribute(attributes, 'type') ?? '').toLowerCase();
    const known = open.name === 'script' ? scriptLanguages : styleLanguages;
    const found = Object.hasOwn(known, named) ? known[named] : undefined;
    if (found !== undefined && end > tagEnd) regions.push({ language: found, start: tagEnd, end });
    at = end;
  }
}

function nextTag(
  text: string,
  from: number,
): { readonly name: 'script' | 'style' | 'comment'; readonly at: number } | undefined {
  for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('!--', at + 1)) return { name: 'comment', at };
    for (const name of ['script', 'style'] as const) {
      if (text.startsWith(name, at + 1) && /[\s/>]/.test(text[at + 1 + name.length] ?? '')) return { name, at };
    }
  }
  return undefined;
}

/** After the `>` that closes the tag, quotes respected; −1 for none. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const here = text[at]!;
    if (quote !== '') {
      if (here === quote) quote = '';
    } else if (here === '"' || here === "'") quote = here;
    else if (here === '>') return at + 1;
  }
  return -1;
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** The text with everything but the regions blanked, so that offsets, lines and columns stay what they are. */
export function blankOutside(text: string, regions: readonly EmbeddedRegion[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of regions) {
    parts.push(text.slice(at, start).replace(/[^\r\n]/g, ' '), text.slice(start, end));
    at = end;
  }
  parts.push(text.slice(at).replace(/[^\r\n]/g, ' '));
  return parts.join('');
}
