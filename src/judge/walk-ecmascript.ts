/** One walk over a file's ESTree serves all rules. */
import { eachEsChild, type EsNode, type EsNodeOf } from '#languages/ecmascript-tree.ts';
import type { EsFile, Rule } from '#rules/rule.ts';

type Handler = (node: EsNode) => void;
interface Listener {
  readonly rule: string;
  readonly handle: Handler;
}

export type OnFailure = (rule: string, error: unknown) => void;

const functionTypes = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'] as const;

export function parentsOf(program: EsNode): ReadonlyMap<EsNode, EsNode> {
  const parents = new Map<EsNode, EsNode>();
  const stack: EsNode[] = [program];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const parent = node;
    eachEsChild(node, (child) => {
      parents.set(child, parent);
      stack.push(child);
    });
  }
  return parents;
}

/** A rule that throws is told to `onFailure` and sits out the rest of the file. */
export function walkEcmascript(
  program: EsNode,
  rules: readonly Rule[],
  fileFor: (rule: string) => EsFile,
  onFailure: OnFailure,
  onJsx: (node: EsNodeOf<'JSXElement'>) => void,
): void {
  const byType = new Map<string, Listener[]>();
  const endings: { rule: string; handle: () => void }[] = [];
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
  const listen = (type: string, rule: string, handle: Handler): void => {
    const list = byType.get(type);
    if (list) list.push({ rule, handle });
    else byType.set(type, [{ rule, handle }]);
  };
  for (const rule of rules) {
    if (!rule.ecmascript) continue;
    attempt(rule.id, () => {
      const visitor = rule.ecmascript!(fileFor(rule.id)) as Readonly<Record<string, Handler | undefined>>;
      for (const [type, handle] of Object.entries(visitor)) {
        if (!handle) continue;
        if (type === 'end') endings.push({ rule: rule.id, handle: handle as () => void });
        else if (type === 'anyFunction') for (const one of functionTypes) listen(one, rule.id, handle);
        else listen(type, rule.id, handle);
      }
    });
  }
  const visit = (node: EsNode): void => {
    const listeners = byType.get(node.type);
    if (listeners)
      for (const { rule, handle } of listeners) {
        if (failed.size > 0 && failed.has(rule)) continue;
        try {
          handle(node);
        } catch (error) {
          failed.add(rule);
          onFailure(rule, error);
        }
      }
    eachEsChild(node, visit);
    if (node.type === 'JSXElement') onJsx(node);
  };
  visit(program);
  for (const { rule, handle } of endings) attempt(rule, handle);
}
