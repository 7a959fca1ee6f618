/** UTF-16 units of a title that are kept. */
const LONGEST_TITLE = 200;

/** A heading as it is read: links by their words, no emphasis, code marks, anchors or tags. */
export function plainTitle(title: string): string {
  return title
    .slice(0, LONGEST_TITLE * 2)
    .replace(/!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, '$1')
    .replace(/\{#[^{}]*\}\s*$/, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/:[\w-]+:`([^`]*)`/g, '$1')
    .replace(/[`*]+|(?<![\w])_+|_+(?![\w])/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TITLE);
}
