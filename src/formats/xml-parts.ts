/** Tags and texts of an XML document, one after the other. No entity is expanded but the five of the standard, nothing is loaded. */

export type XmlPart =
  | {
      readonly kind: 'open';
      readonly tag: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** `<tag/>`: no `close` follows. */
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'close'; readonly tag: string }
  | { readonly kind: 'text'; readonly text: string };

const PART =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;

export function* xmlParts(xml: string): Generator<XmlPart> {
  for (const [, data, close, tag, words, empty, text] of xml.matchAll(PART)) {
    if (data !== undefined) yield { kind: 'text', text: data };
    else if (text !== undefined) yield { kind: 'text', text: plain(text) };
    else if (tag === undefined) continue;
    else if (close === '/') yield { kind: 'close', tag };
    else yield { kind: 'open', tag, attributes: attributesOf(words ?? ''), isEmpty: empty === '/' };
  }
}

function attributesOf(words: string): ReadonlyMap<string, string> {
  const found = words.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...found].map(([, name, one, other]) => [name!, plain(one ?? other ?? '')]));
}

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hexadecimal?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return names[name] ?? whole;
      const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const escapedXml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => escapes[sign]!);
