/** One walk over a file's tree-sitter tree serves all rules. */
import type { SyntaxTree } from '#model/syntax-tree.ts';
import type { Rule, TreeFile } from '#rules/rule.ts';
import type { OnFailure } from './walk-ecmascript.ts';

interface Listener {
  readonly rule: string;
  readonly handle: (node: number) => void;
}

export function walkTree(
  tree: SyntaxTree,
  language: string,
  rules: readonly Rule[],
  fileFor: (rule: string) => TreeFile,
  onFailure: OnFailure,
): void {
  const failed = new Set<string>();
  const attempt = (rule: string, work: () => void): void => {
    if (failed.has(rule)) return;
    try {
      work();
    } catch (error) {
      failed.add(rule);
      onFailure(rule, error);
    }
  };
  /** By node type number. */
  const listeners: (Listener[] | undefined)[] = [];
  const endings: { rule: string; handle: () => void }[] = [];
  const numbers = new Map<string, number[]>();
  for (const [type, name] of tree.typeNames.entries()) {
    const list = numbers.get(name);
    if (list) list.push(type);
    else numbers.set(name, [type]);
  }
  for (const rule of rules) {
    const make = rule.tree?.[language];
    if (!make) continue;
    attempt(rule.id, () => {
      for (const [name, handle] of Object.entries(make(fileFor(rule.id)))) {
        if (!handle) continue;
        if (name === 'end') endings.push({ rule: rule.id, handle: () => handle(0) });
        else for (const type of numbers.get(name) ?? []) (listeners[type] ??= []).push({ rule: rule.id, handle });
      }
    });
  }
  const { type, flags, count } = tree;
  for (let node = 0; node < count; node++) {
    const here = listeners[type[node]!];
    // Keywords share names with nodes (`lambda`, `yield`): only named nodes are asked about.
    if (!here || (flags[node]! & 1) === 0) continue;
    for (const listener of here) {
      if (failed.size > 0 && failed.has(listener.rule)) continue;
      try {
        listener.handle(node);
      } catch (error) {
        failed.add(listener.rule);
        onFailure(listener.rule, error);
      }
    }
  }
  for (const { rule, handle } of endings) attempt(rule, handle);
}
