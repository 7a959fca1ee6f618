import type { Healer } from './draft.ts';

const SIGNS =
  /SyntaxError|Unexpected token|Unexpected identifier|Invalid or unexpected|Numeric separators|Unterminated|Transform failed|Parse failure|Parsing error|Expected .{1,40} but found|IndentationError/i;
/** A module of the other format also fails to parse: not for reasons of syntax. */
const OTHER_FORMAT = /import statement outside a module|Unexpected token '?export|Cannot use 'import\.meta'/i;

/** Old engines and transforms do not know digits with separators, nor code points in braces. */
export const syntax: Healer = {
  kind: 'syntax',
  recognises: ({ reason, test }) => test === undefined && SIGNS.test(reason) && !OTHER_FORMAT.test(reason),
  repairs(draft) {
    if (draft.style.plainSyntax) return [];
    return [
      {
        what: 'writes numbers and texts as older parsers read them',
        draft: { ...draft, style: { ...draft.style, plainSyntax: true } },
      },
    ];
  },
};
