/** Where regular expressions stand in code: literals of ECMAScript, first arguments of Python's `re`. */
import type { EsFile, EsVisitor, Range, TreeFile, TreeVisitor } from '../rule.ts';
import { parts, plainString } from './python-nodes.ts';

export interface FoundRegex {
  readonly pattern: string;
  readonly flags: string;
  readonly range: Range;
}

export function ecmascriptRegexes(file: EsFile, look: (regex: FoundRegex) => void): EsVisitor {
  return {
    Literal: (node) => {
      const match = /^\/([^]*)\/([a-z]*)$/.exec('regex' in node ? file.slice(node) : '');
      if (match && !match[2]!.includes('v')) look({ pattern: match[1]!, flags: match[2]!, range: node });
    },
  };
}

export function pythonRegexes(file: TreeFile, look: (regex: FoundRegex) => void): TreeVisitor {
  const { nodes } = file;
  return {
    call: (node) => {
      const callee = nodes.slice(nodes.child(node, 'function'));
      if (!/^(?:re|regex)\.(?:compile|match|fullmatch|search|sub|subn|split|findall|finditer)$/.test(callee)) return;
      const [first, ...rest] = parts(nodes, nodes.child(node, 'arguments'));
      if (first === undefined || !/^[rR]["']/.test(nodes.slice(first))) return;
      const pattern = plainString(nodes, first);
      if (
        pattern === undefined ||
        rest.some((one) => /VERBOSE|re\.X\b/.test(nodes.slice(one))) ||
        /^\(\?[a-z]*x/.test(pattern)
      )
        return;
      look({ pattern, flags: '', range: file.at(first) });
    },
  };
}
