import type { FlowGraphs } from '#flowgraph/flow-graph.ts';
import type { FlowStep } from '#flowgraph/flow-statement.ts';
import { enclosingFunction } from '../analysis/ecmascript-nodes.ts';
import { functionAround } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const opens =
  /^(?:open|io\.open|codecs\.open|gzip\.open|bz2\.open|lzma\.open|zipfile\.ZipFile|tarfile\.open|socket\.socket|os\.fdopen)$/;

/** Only what stays in its function: kept in a local name of which nothing but methods are called. */
export const rule = defineRule({
  id: 'resource-not-closed',
  title: 'File or socket that is never closed',
  reason:
    'It stays open until the collector comes, and what was written may still lie in a buffer. Open it in a `with` statement, or close it in `finally`.',
  category: 'bug',
  severity: 3,
  references: ['CWE-772', 'CWE-404', 'pylint R1732', 'ruff SIM115'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['consider-using-with', 'R1732', 'SIM115'],
  roles: ['source'],
  ecmascript: (file) => ({
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'Identifier' || init?.type !== 'CallExpression') return;
      if (!/^(?:fs\.)?openSync$/.test(file.slice(init.callee))) return;
      const around = enclosingFunction(file, id);
      const variable = file.scopes.variableOf(id);
      if (!around || !variable) return;
      const uses = variable.references.filter(({ isInit }) => !isInit);
      const isKept = uses.every(({ node }) => {
        const call = file.parent(node);
        return (
          call?.type === 'CallExpression' &&
          /^(?:fs\.)?(?:read|write|fsync|fstat|ftruncate|fchmod)\w*Sync$/.test(file.slice(call.callee))
        );
      });
      if (isKept) file.report(id, `\`${id.name}\` is opened here and never closed.`);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      /** `f.close()` and its like. */
      const isClose = (read: number): boolean => {
        const parent = nodes.parent(read);
        return (
          nodes.is(parent, 'attribute') &&
          nodes.child(parent, 'object') === read &&
          /^(?:close|shutdown)$/.test(nodes.slice(nodes.child(parent, 'attribute'))) &&
          nodes.is(nodes.parent(parent), 'call')
        );
      };
      /** A method is called, or it is gone through: it goes nowhere else by that. */
      const isPlainUse = (read: number): boolean => {
        const parent = nodes.parent(read);
        if (nodes.is(parent, 'for_statement')) return nodes.child(parent, 'right') === read;
        return (
          nodes.is(parent, 'attribute') &&
          nodes.child(parent, 'object') === read &&
          nodes.is(nodes.parent(parent), 'call') &&
          nodes.child(nodes.parent(parent), 'function') === parent &&
          !/^(?:close|shutdown|detach|makefile|__exit__|__enter__)$/.test(nodes.slice(nodes.child(parent, 'attribute')))
        );
      };
      return {
        assignment: (node) => {
          const left = nodes.child(node, 'left');
          const right = nodes.child(node, 'right');
          if (!nodes.is(left, 'identifier') || !nodes.is(right, 'call') || functionAround(nodes, node) < 0) return;
          const callee = nodes.slice(nodes.child(right, 'function'));
          const variable = file.python.variableOf(left);
          if (!opens.test(callee) || !variable || variable.scope.kind !== 'function') return;
          if (variable.bindings.length > 1) return;
          if (variable.reads.length === 0) return;
          const ending = variable.reads.filter((read) => !isPlainUse(read));
          if (ending.length === 0) {
            file.report(file.at(node), `\`${variable.name}\` is opened here and never closed.`);
            return;
          }
          // It is closed: on every way?
          const around = functionAround(nodes, node);
          if (ending.some((read) => !isClose(read) || functionAround(nodes, read) !== around)) return;
          const asked = new RegExp(
            `\\b(?:if|while|and|or|not)\\s+(?:not\\s+)?${variable.name}\\b(?!\\s*\\.(?!closed))`,
          );
          if (asked.test(nodes.slice(around))) return;
          const flow = file.flow(nodes.tree.start[around]!);
          const exit =
            flow &&
            leavesWithout(
              flow,
              nodes.tree.start[left]!,
              ending.map((read) => nodes.tree.start[read]!),
            );
          if (exit)
            file.report(
              file.at(node),
              `\`${variable.name}\` is opened here and stays open where line ${exit.startLine} leaves.`,
              {
                related: [
                  { start: exit.start, end: Math.min(exit.end, exit.start + 80), message: 'leaves without closing it' },
                ],
              },
            );
        },
        call: (node) => {
          // `open(path, "w").write(…)`: what is written may be lost.
          const callee = nodes.child(node, 'function');
          const object = nodes.is(callee, 'attribute') ? nodes.child(callee, 'object') : -1;
          if (!nodes.is(object, 'call') || nodes.slice(nodes.child(object, 'function')) !== 'open') return;
          const method = nodes.slice(nodes.child(callee, 'attribute'));
          if (method !== 'write' && method !== 'writelines') return;
          file.report(file.at(node), 'The file is written and never closed: what was written may be lost.');
        },
      };
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(path, wanted):\n    handle = open(path)\n    first = handle.readline()\n    if first != wanted:\n        return None\n    rest = handle.read()\n    handle.close()\n    return rest\n',
      good: 'def f(path, wanted):\n    handle = open(path)\n    first = handle.readline()\n    if first != wanted:\n        handle.close()\n        return None\n    rest = handle.read()\n    handle.close()\n    return rest\n',
    },
    {
      language: 'python',
      bad: 'def f(path):\n    handle = open(path)\n    try:\n        text = handle.read()\n    except UnicodeError:\n        return ""\n    handle.close()\n    return text\n',
      good: 'def f(path):\n    try:\n        handle = open(path)\n    except OSError:\n        return ""\n    try:\n        if handle.readable():\n            return handle.read()\n    finally:\n        handle.close()\n    return None\n',
    },
    {
      language: 'python',
      bad: 'def f(path):\n    handle = open(path)\n    return handle.read()\n',
      good: 'def f(path):\n    with open(path) as handle:\n        return handle.read()\n\n\ndef g(path):\n    handle = open(path)\n    return handle\n',
    },
    {
      language: 'python',
      bad: 'def f(path, text):\n    open(path, "w").write(text)\n',
      good: 'def f(path):\n    handle = open(path)\n    try:\n        return handle.read()\n    finally:\n        handle.close()\n',
    },
    {
      language: 'javascript',
      bad: 'import fs from "node:fs";\nexport function f(path) {\n  const fd = fs.openSync(path);\n  fs.writeSync(fd, "a");\n}\n',
      good: 'import fs from "node:fs";\nexport function f(path) {\n  const fd = fs.openSync(path);\n  fs.writeSync(fd, "a");\n  fs.closeSync(fd);\n}\n',
    },
  ],
});

/**
 * The step with which a way from where the name gets its value leaves the function without passing one of the closing places; ways by
 * exceptions that nothing catches do not count.
 */
function leavesWithout({ cfg, dfg }: FlowGraphs, opened: number, closed: readonly number[]): FlowStep | undefined {
  const from = dfg.definitions.find(({ at }) => at === opened)?.step;
  if (from === undefined) return undefined;
  const stops = new Set(
    cfg.steps.flatMap(({ uses }, step) => (uses.some(({ at }) => closed.includes(at)) ? [step] : [])),
  );
  const seen = new Set<number>();
  const queue: number[] = [];
  let leaving: FlowStep | undefined;
  const walk = (block: number, first: number): void => {
    const { steps } = cfg.blocks[block]!;
    for (let i = first; i < steps.length; i++) if (stops.has(steps[i]!)) return;
    const last = steps.at(-1);
    for (const { from: source, to, label } of cfg.edges) {
      if (source !== block) continue;
      // What raises while it is opened has opened nothing.
      if (label === 'exception' && last === from) continue;
      if (to === cfg.exit) {
        // What is raised on purpose counts.
        const step = last === undefined ? undefined : cfg.steps[last];
        if (label !== 'exception' && (label !== 'throw' || step?.text.startsWith('raise') === true)) leaving ??= step;
      } else if (!seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  };
  for (const { id, steps } of cfg.blocks) {
    const at = steps.indexOf(from);
    if (at >= 0) walk(id, at + 1);
  }
  for (const block of queue) walk(block, 0);
  return leaving;
}
