import { describe, expect, it } from 'vitest';
import type { Refactoring, RefactoringKind } from '#model/refactoring.ts';
import type { FileRecord } from '#model/snapshot.ts';
import { judgedRole } from '#findings/judged-role.ts';
import { TreeFixture } from '../../test/incremental/tree-fixture.ts';
import { suggestRefactorings } from './suggest-refactorings.ts';

async function suggested(files: Readonly<Record<string, string>>): Promise<readonly Refactoring[]> {
  const tree = new TreeFixture();
  try {
    for (const [path, text] of Object.entries(files)) tree.write(path, text);
    const { snapshot } = await tree.open();
    try {
      const role = (path: string) => judgedRole(snapshot.fileByPath(path)!);
      const ofContent = <Value>(_file: FileRecord, _what: string, make: () => Value): Value => make();
      const project = {
        snapshot,
        files: snapshot.files(),
        role,
        architecture: undefined,
        history: undefined,
        ofContent,
      };
      const isAsked = (file: Parameters<typeof judgedRole>[0]): boolean => judgedRole(file) === 'source';
      return await suggestRefactorings({ snapshot, project, isAsked }, new AbortController().signal);
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}

const change = ({ changes }: Refactoring, metric: string): readonly [number, number] | undefined => {
  const found = changes.find((each) => each.metric.startsWith(metric));
  return found && [found.before, found.after];
};
const of = (list: readonly Refactoring[], kind: RefactoringKind): readonly Refactoring[] =>
  list.filter((each) => each.kind === kind);

/** Two unlike halves: reading lines, then adding up what was read. */
const tangled = `def report(path, limit, verbose):
    rows = []
    # parse the rows
    for line in path.split('\\n'):
        if line:
            parts = line.split(',')
            if len(parts) > 1:
                if parts[0] and parts[1]:
                    for part in parts:
                        if part.strip():
                            rows.append(part)
    total = 0
    for row in rows:
        if row.isdigit():
            if int(row) > limit:
                total += int(row)
            elif verbose:
                total -= 1
                if total < 0:
                    total = 0
    return total
`;
const script = `export function report(path, limit, verbose) {
  const rows = [];
  for (const line of path.split('\\n')) {
    if (line) {
      const parts = line.split(',');
      if (parts.length > 1) {
        if (parts[0] && parts[1]) {
          for (const part of parts) {
            if (part.trim()) {
              rows.push(part);
            }
          }
        }
      }
    }
  }
  let total = 0;
  for (const row of rows) {
    if (Number(row) > limit) {
      if (verbose) total += Number(row);
      else total -= 1;
    }
  }
  return total;
}
`;

describe('extract-function', () => {
  it.each([
    ['report.py', tangled, 'def _handle_rows(rows, line):', '_handle_rows(rows, line)'],
    ['report.ts', script, 'function handleRows(rows, line) {', 'handleRows(rows, line);'],
  ])('%s: what hangs together, with what goes in', async (path, text, head, call) => {
    const [found] = of(await suggested({ [path]: text }), 'extract-function');
    expect(found!.steps[0]).toContain(head);
    expect(found!.steps[1]).toContain(call);
    const [before, after] = change(found!, 'cognitive complexity of report')!;
    const [, made] = change(found!, 'cognitive complexity of the new')!;
    expect(after).toBeLessThan(before);
    expect(made).toBeLessThan(before);
    expect(found!.gain).toBeGreaterThan(0);
  });

  it('leaves alone what jumps out of the block, what yields, and what is short', async () => {
    const jumping = tangled
      .replace('rows.append(part)', 'return part')
      .replace('total = 0\n    return', 'return 1\n    return');
    const [found] = of(await suggested({ 'a.py': jumping }), 'extract-function');
    expect(found?.place.startLine ?? 12).toBeGreaterThan(11);
    expect(
      of(await suggested({ 'a.py': tangled.replace('rows.append(part)', 'yield part') }), 'extract-function').every(
        ({ place }) => place.startLine > 11,
      ),
    ).toBe(true);
    expect(await suggested({ 'a.py': 'def f(a):\n    if a:\n        return 1\n    return 2\n' })).toEqual([]);
  });
});

describe('the others', () => {
  const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const order = `class Order:\n    def __init__(self):\n${fields.map((name) => `        self.${name} = 1\n`).join('')}\n    def total(self):\n        return self.a\n\n\n`;

  it('move-method: coupling counted before and after', async () => {
    const list = await suggested({
      'a.py': `${order}class Printer:\n    def show(self):\n        order = Order()\n${fields.map((name) => `        x${name} = order.${name}\n`).join('')}        return xa\n`,
    });
    const [found] = of(list, 'move-method');
    expect(found).toMatchObject({ title: 'Move Printer.show to Order' });
    expect(change(found!, 'fields of other classes')).toEqual([7, 0]);
    expect(change(found!, 'classes that Printer')).toEqual([1, 0]);
    expect(
      of(
        await suggested({ 'a.py': `${order}class Printer:\n    def show(self):\n        return Order().total()\n` }),
        'move-method',
      ),
    ).toEqual([]);
  });

  it('split-class: by groups that share nothing', async () => {
    const methods = (field: string, joint = ''): string =>
      [0, 1, 2]
        .map(
          (i) => `    def ${field}${i}(self):\n${joint}        self.${field} += ${i}\n        return self.${field}\n\n`,
        )
        .join('');
    const two = (joint: string): string =>
      `class Two:\n    def __init__(self):\n        self.left = 1\n        self.right = 2\n\n${methods('left')}${methods('right', joint)}`;
    const [found] = of(await suggested({ 'a.py': two('') }), 'split-class');
    expect(change(found!, 'unconnected groups')).toEqual([2, 1]);
    expect(change(found!, 'methods of Two')).toEqual([6, 3]);
    expect(found!.steps[0]).toContain('`right0`, `right1` and `right2`');
    expect(of(await suggested({ 'a.py': two('        self.left += 1\n') }), 'split-class')).toEqual([]);
  });

  it('introduce-parameter-object: parameters counted', async () => {
    const clump = ['open', 'close', 'send', 'read']
      .map((name) => `def ${name}_it(host, port, user, password):\n    return host\n\n\n`)
      .join('');
    const [found] = of(await suggested({ 'a.py': clump }), 'introduce-parameter-object');
    expect(change(found!, 'parameters of these')).toEqual([16, 4]);
    expect(change(found!, 'most parameters')).toEqual([4, 1]);
  });

  it('break-cycle: the import that is needed for least', async () => {
    const list = await suggested({
      'a.ts': "import { b1, b2, b3 } from './b.ts';\nexport const a = () => b1() + b2() + b3();\n",
      'b.ts':
        "import { c } from './c.ts';\nexport const b1 = () => c();\nexport const b2 = () => 2;\nexport const b3 = () => 3;\n",
      'c.ts': "import { a } from './a.ts';\nexport const c = () => (globalThis.x ? a() : 1);\n",
    });
    const [found] = of(list, 'break-cycle');
    expect(change(found!, 'files in the circle')).toEqual([3, 0]);
    expect(change(found!, 'uses of')![0]).toBe(1);
    expect(
      of(
        await suggested({
          'a.ts': "import { b } from './b.ts';\nexport const a = () => b();\n",
          'b.ts': 'export const b = () => 1;\n',
        }),
        'break-cycle',
      ),
    ).toEqual([]);
  });

  it('split-file: parts that do not know each other', async () => {
    const chain = (name: string, count: number, last: string): string =>
      Array.from(
        { length: count },
        (_, i) =>
          `def ${name}${i}(a):\n${'    a += 1\n'.repeat(20)}    return ${i + 1 < count ? `${name}${i + 1}` : last}(a)\n\n\n`,
      ).join('');
    const [found] = of(await suggested({ 'a.py': chain('read', 12, 'int') + chain('draw', 8, 'int') }), 'split-file');
    expect(change(found!, 'code lines of a.py')).toEqual([20 * 22, 12 * 22]);
    expect(change(found!, 'parts in it')).toEqual([2, 1]);
    expect(of(await suggested({ 'a.py': chain('read', 12, 'draw0') + chain('draw', 8, 'int') }), 'split-file')).toEqual(
      [],
    );
  });
});
