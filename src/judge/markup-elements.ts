/** Elements of HTML, Vue and Svelte files, by their tags: enough for rules about attributes and text, whatever is between. */
import type { MarkupElement } from '#rules/rule.ts';

const tag =
  /<!--[^]*?(?:-->|$)|<(script|style)\b[^]*?(?:<\/\1\s*>|$)|<(\/?)([a-zA-Z][\w:.-]*)((?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^"'{}>])*?)(\/?)>/g;
const attribute = /([^\s"'=<>/{}]+|\{[^{}]*\})(?:\s*=\s*("[^"]*"|'[^']*'|\{[^]*?\}|[^\s"'=<>`]+))?/g;
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Content that is not read here: huge pages are cut. */
const MOST = 200_000;

interface Open {
  readonly name: string;
  readonly start: number;
  readonly tagEnd: number;
  readonly attributes: string;
  readonly isHidden: boolean;
  readonly children: MarkupElement[];
}

/** In the order of their ends: what an element holds comes before it. */
export function markupElements(text: string): readonly MarkupElement[] {
  const found: MarkupElement[] = [];
  const open: Open[] = [];
  let count = 0;
  for (const match of text.matchAll(tag)) {
    const [whole, skipped, closing, name, attributes = '', selfClosing] = match;
    if (skipped !== undefined || name === undefined || ++count > MOST) continue;
    const start = match.index;
    if (closing === '') {
      const isHidden = open.at(-1)?.isHidden === true || hides(attributes);
      const one: Open = { name, start, tagEnd: start + whole.length, attributes, isHidden, children: [] };
      if (selfClosing === '/' || empty.has(name.toLowerCase())) close(one, one.tagEnd);
      else open.push(one);
      continue;
    }
    const at = open.findLastIndex((one) => one.name.toLowerCase() === name.toLowerCase());
    if (at < 0) continue;
    // What was never closed ends with what is around it.
    for (const one of open.splice(at + 1).reverse()) close(one, one.tagEnd);
    close(open.pop()!, start);
  }
  for (const one of open.reverse()) close(one, one.tagEnd);
  return found;

  function close(one: Open, end: number): void {
    const element = elementOf(one, text.slice(one.tagEnd, end));
    open.at(-1)?.children.push(element);
    found.push(element);
  }
}

/** By HTML, or by a style or class that usually does; a class that shows it again on wide screens takes that back. */
export function hides(attributes: string): boolean {
  return (
    /(?:^|\s)hidden(?=[\s=/]|$)(?!\s*=\s*["']?until-found)|(?:^|\s)style\s*=\s*["'][^"']*display:\s*none/.test(
      attributes,
    ) ||
    /(?:^|\s)class(?:Name)?\s*=\s*["'](?![^"']*:(?:block|flex|inline|grid))(?:[^"']*\s)?(?:hidden|hide|d-none|is-hidden|ng-hide)(?:\s[^"']*)?["']/.test(
      attributes,
    )
  );
}

function elementOf({ name, start, tagEnd, attributes, isHidden, children }: Open, content: string): MarkupElement {
  const values = new Map<string, string | undefined>();
  let hasSpread = false;
  for (const [, key, value] of attributes.matchAll(attribute)) {
    if (key!.startsWith('{') || key === 'v-bind' || key === 'v-on') {
      hasSpread = true;
      continue;
    }
    const plain = key!.replace(/^(?::|v-bind:|bind:)/, '');
    const isDynamic = plain !== key || (value ?? '').includes('{');
    values.set(eventName(plain), isDynamic ? undefined : (value ?? '').replace(/^(["'])([^]*)\1$/, '$2'));
  }
  const words = content.replace(/<!--[^]*?-->|<[^>]*>/g, ' ').trim();
  return {
    name,
    range: { start, end: tagEnd },
    has: (key) => values.has(key),
    value: (key) => values.get(key),
    hasSpread,
    isHidden,
    hasText: words !== '' || /<slot\b|v-html|v-text|\{@html/.test(content + attributes),
    children,
    keys: [...values.keys()],
  };
}

/** `@click`, `v-on:click`, `on:click` and `onclick` are one. */
function eventName(key: string): string {
  const event = /^(?:@|v-on:|on:)([a-z]+)/.exec(key);
  return (event ? `on${event[1]}` : key).toLowerCase();
}
